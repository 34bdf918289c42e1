/** Turns whatever is no success into a failure that its user can act on. Nothing of a reply's DATA is shown: it echoes passwords. */
import { blankWord, type FormParameters } from '../../model/diff';
import { fail, failure, PhonestateError, type FailureCode } from '../../model/failures';
import { Secret } from '../../model/secret';
import { meaningOf } from './reply-codes';
import { redact, secretsIn } from '../redaction';
import type { Reply } from './reply';
import type { HttpReply } from './transport';

export interface Asked {
  readonly function: string;
  readonly fields: FormParameters;
  /** The API user. */
  readonly user: string;
  readonly password: Secret;
}

/** A reply of the API that does not confirm the call. */
export function refusal(asked: Asked, reply: Reply): PhonestateError {
  const { code, field } = meaningOf(reply);
  const said = `VICIdial answered "${shown(asked, reply)}" to ${asked.function}${subject(asked.fields)} by user ${asked.user}.`;
  const value = field === undefined ? undefined : asked.fields[field];
  if (code === 'value-refused' && value === blankWord)
    return fail('field-not-clearable', { what: said, ...(field ? { field } : {}) });
  const sent =
    code !== 'value-refused' || value === undefined || value instanceof Secret ? '' : ` ${field} was "${value}".`;
  const remedy = remedyFor(code, asked.fields);
  return fail(code, { what: said + sent, ...(field ? { field } : {}), ...(remedy ? { remedy } : {}) });
}

/** What the server said, without the data behind it. A message that is not known may hold anything. */
export function shown(asked: Pick<Asked, 'fields' | 'password'>, reply: Reply): string {
  const said = [`${reply.outcome}:`, reply.function, reply.message].filter((part) => part !== '').join(' ');
  return meaningOf(reply).code === 'unrecognized-reply'
    ? redact(said, [asked.password, ...secretsIn(asked.fields)])
    : said;
}

/** The object that a call is about, for messages. */
function subject(fields: FormParameters): string {
  if (fields.alias_id !== undefined) return ` for ${String(fields.alias_id)}`;
  return fields.extension === undefined ? '' : ` for ${String(fields.server_ip)}/${String(fields.extension)}`;
}

/** What to do about an object that exists. Terraform does not tell a provider the address of a resource: NAME is for the user to fill in. */
export function remedyFor(code: FailureCode, fields: FormParameters): string | undefined {
  if (code === 'phone-exists')
    return `Import the phone (terraform import vicidial_phone.NAME ${String(fields.server_ip)}/${String(fields.extension)}), or choose another extension.`;
  if (code === 'alias-exists')
    return `Import the alias (terraform import vicidial_phone_alias.NAME ${String(fields.alias_id)}), or choose another alias_id.`;
  return undefined;
}

/** An answer that is none of the API, by its HTTP status and form. */
export function strangeAnswer({ status, contentType, location, body, retryAfterSeconds }: HttpReply): PhonestateError {
  if (status >= 300 && status < 400)
    return fail('redirected', { what: `The answer is a redirect (${status}) to ${location ?? 'nowhere'}.` });
  if (status === 502 || status === 503 || status === 504) {
    const wait = retryAfterSeconds === undefined ? '' : ` It asks to wait ${retryAfterSeconds} seconds.`;
    return new PhonestateError(failure('server-busy', { what: `The answer is HTTP ${status}.${wait}` }), {
      retryAfterSeconds,
    });
  }
  if (status >= 500)
    return fail('server-failed', { what: `The answer is HTTP ${status}${body === '' ? ' with nothing in it' : ''}.` });
  if (body.trim() === '') return fail('server-failed', { what: `The answer is HTTP ${status} with nothing in it.` });
  return fail('unexpected-response', {
    what: `The answer is HTTP ${status} with ${body.length} characters of ${contentType || 'no stated type'} that are no reply of the API.`,
  });
}
