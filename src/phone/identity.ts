/**
 * Identity of a phone: `server_ip` and `extension`, written `SERVER_IP/EXTENSION`. Of an alias: its `alias_id`.
 * The server compares text without regard to case, so ids that differ only in case are one object.
 */
import { fail } from './failures';

export interface PhoneKey {
  readonly server_ip: string;
  readonly extension: string;
}

/** The id of a phone in state, and the id to import it by. */
export function phoneId(key: PhoneKey): string {
  return `${key.server_ip}/${key.extension}`;
}

/**
 * Reads `SERVER_IP/EXTENSION`.
 *
 * @throws PhonestateError `import-id` when it is anything else
 */
export function parsePhoneId(id: string): PhoneKey {
  const [server_ip, extension, ...rest] = id.split('/');
  if (!server_ip || !extension || rest.length > 0) {
    throw fail('import-id', {
      what: `"${id}" is not the id of a phone. It is SERVER_IP/EXTENSION, for example 10.0.0.11/55000.`,
    });
  }
  return { server_ip, extension };
}

/** Whether the server takes two texts for the same key. */
export function sameKey(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase();
}
