/** Takes secrets out of a text that came from the server, before anybody sees it. */
import { characters, strip } from '../phone/characters';
import type { FormFields } from '../phone/diff';
import { Secret } from '../phone/secret';

/** The same text without any of the secrets, nor what the server's stripping leaves of them. */
export function redact(text: string, secrets: readonly Secret[]): string {
  return secrets
    .flatMap((secret) => [secret.open(), strip(secret.open(), characters.word)])
    .filter((value) => value !== '')
    .reduce((shown, value) => shown.replaceAll(value, '(sensitive)'), text);
}

/** The secrets among the fields of a call. */
export function secretsIn(fields: FormFields): Secret[] {
  return Object.values(fields).filter((value) => value instanceof Secret);
}
