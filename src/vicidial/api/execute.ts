/**
 * Calls that write, with what they take to be believed: SUCCESS is no proof, and a lost answer no failure.
 */
import type { Call } from '../../model/diff';
import { fail, PhonestateError, type FailureCode } from '../../model/failures';
import type { VicidialClient } from './client';
import { confirms, isRemoval } from './reply-codes';
import { findAlias, findPhone, type Presence } from './lookup';
import { isPassing } from '../retry';

/** Failures that leave open whether the call was carried out, or show that it never arrived. */
const doubtful: ReadonlySet<FailureCode> = new Set([
  'server-unreachable',
  'connection-lost',
  'request-timeout',
  'server-busy',
  'server-failed',
  'unexpected-response',
]);

/**
 * Makes a call that writes.
 *
 * An update is sent again while its answer is lost: twice the same is the same. A creation or deletion is not: where it
 * is in doubt, a harmless look at the server tells whether it happened, and it is sent once more only if it did not.
 *
 * @throws PhonestateError for everything but the success of this very call
 */
export async function write(client: VicidialClient, call: Call): Promise<void> {
  if (!isCreation(call) && !isRemoval(call)) return send(client, call, false);
  const done: Presence = isRemoval(call) ? 'absent' : 'present';
  try {
    await send(client, call, true);
  } catch (error) {
    if (!leavesOpen(error)) throw error;
    if ((await find(client, call)) === done) return;
    // What came in full, if broken, would come again.
    if (!isPassing(error)) throw error;
    await send(client, call, true);
  }
  if (client.verifyWrites) await verify(client, call, done);
}

/**
 * Looks whether what was answered with SUCCESS is so. A look that fails, because the run was interrupted or the server
 * went away meanwhile, leaves the SUCCESS standing: to forget an object that was made would be worse.
 */
async function verify(client: VicidialClient, call: Call, done: Presence): Promise<void> {
  const presence = await find(client, call).catch((error: unknown) => {
    if (error instanceof PhonestateError) return done;
    throw error;
  });
  if (presence === done) return;
  throw fail('write-not-applied', {
    what: `VICIdial answered SUCCESS to ${call.function}, but the ${nounOf(call)} ${idOf(call)} is ${done === 'present' ? 'not there' : 'still there'}.`,
  });
}

async function send(client: VicidialClient, { function: name, fields }: Call, once: boolean): Promise<void> {
  const reply = await client.call(name, fields, { once });
  if (!confirms(reply, { function: name, fields })) throw client.refusal(name, fields, reply);
}

function isCreation({ function: name }: Call): boolean {
  return name === 'add_phone' || name === 'add_phone_alias';
}

function leavesOpen(error: unknown): boolean {
  return error instanceof PhonestateError && doubtful.has(error.failure.code);
}

function find(client: VicidialClient, call: Call): Promise<Presence> {
  const { server_ip, extension, alias_id, phone_login } = call.fields;
  if (alias_id !== undefined) return findAlias(client, String(alias_id));
  return findPhone(
    client,
    { server_ip: String(server_ip), extension: String(extension) },
    phone_login === undefined ? undefined : String(phone_login),
  );
}

function nounOf({ fields }: Call): string {
  return fields.alias_id === undefined ? 'phone' : 'alias';
}

function idOf({ fields }: Call): string {
  return fields.alias_id === undefined
    ? `${String(fields.server_ip)}/${String(fields.extension)}`
    : String(fields.alias_id);
}
