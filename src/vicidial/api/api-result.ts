/** A reply together with the call that it answers, classified once. */
import { quote } from '../../model/characters';
import { deposedWayOut } from '../../model/failure-catalogue';
import { PhonestateError, type FailureCode } from '../../model/failures';
import { equalIdentities, importCommand } from '../../model/identity';
import { blankWord } from '../../model/operation';
import { Secret } from '../../model/secret';
import { redact } from '../redaction';
import type { Reply } from './reply';
import { classifyReply } from './reply-codes';
import type { ApiRequest } from './request';

/** Who made a call, and where. */
export interface Caller {
  readonly url: string;
  readonly user: string;
  /** What must not be shown of a message that is not known: all secrets that were sent in this run. */
  readonly secrets: Iterable<Secret>;
}

export class ApiResult {
  /** Undefined where the call was carried out. */
  readonly code: FailureCode | undefined;
  /** The field that a refusal is about, by its API name. */
  readonly field: string | undefined;

  constructor(
    readonly request: ApiRequest,
    private readonly reply: Reply,
    private readonly caller: Caller,
  ) {
    const { code, field } = classifyReply(request, reply);
    this.code = code;
    this.field = field;
  }

  /** Whether the call was refused because of a field, `undefined` for the required fields as a whole. */
  refusedField(field: string | undefined): boolean {
    return this.code === 'value-refused' && this.field === field;
  }

  /** Outcome and message of the reply. Its data is never shown: it echoes passwords. */
  describe(): string {
    const { outcome, function: name, message } = this.reply;
    const text = [`${outcome}:`, name, message].filter((part) => part !== '').join(' ');
    // A message that is not known may contain anything, and may be the one to another call.
    if (this.code !== 'unrecognized-reply') return text;
    return redact(text, [...this.caller.secrets]);
  }

  /** The failure that a reply amounts to which does not confirm the call. */
  toError(): PhonestateError {
    const { code = 'unrecognized-reply', field, request, caller } = this;
    const about = request.object ? ` for ${request.object.id}` : '';
    const answered = `${new URL(caller.url).origin} answered "${this.describe()}" to ${request.function}${about} by user ${caller.user}.`;
    const value = field === undefined ? undefined : request.parameters[field];
    if (code === 'alias-login-unknown')
      return PhonestateError.of(code, { what: answered + this.#unknownLogins(), field });
    if (code !== 'value-refused') return PhonestateError.of(code, { what: answered, field, remedy: this.#remedy() });
    if (value === blankWord) return PhonestateError.of('field-not-clearable', { what: answered, field });
    const sent = value === undefined || value instanceof Secret ? '' : ` ${field} was "${value}".`;
    return PhonestateError.of(code, { what: answered + sent, field });
  }

  /** The login that is missing is in the data of the reply. Only what was sent as a login is shown of that. */
  #unknownLogins(): string {
    const { phone_logins: sent } = this.request.parameters;
    const logins = typeof sent === 'string' ? sent.split(',') : [];
    const [, ...missing] = this.reply.data;
    const unknown = logins.find((login) => missing.some((part) => equalIdentities(part.trim(), login)));
    if (unknown !== undefined) return ` No phone has the login ${quote(unknown)}.`;
    return logins.length === 0 ? '' : ` It was asked for the logins ${logins.map(quote).join(', ')}.`;
  }

  #remedy(): string | undefined {
    const { object } = this.request;
    if (!object || !isAlreadyExists(this.code)) return undefined;
    return alreadyExistsRemedy(object);
  }
}

function isAlreadyExists(code: FailureCode | undefined): boolean {
  return code === 'phone-exists' || code === 'alias-exists';
}

/** What to do about an object that exists already. */
export function alreadyExistsRemedy(object: NonNullable<ApiRequest['object']>): string {
  const { noun, idFields } = object.type;
  return `Where the ${noun} is in this state under another address, use a moved block. Otherwise import it (${importCommand(object)}), or choose another ${idFields.at(-1)}. ${deposedWayOut}`;
}
