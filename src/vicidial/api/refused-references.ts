/** What an object refers to and the server does not have: refused once in a run, it is not sent for sixty more objects. */
import { PhonestateError, type FailureCode } from '../../model/failures';
import { identityKey } from '../../model/identity';
import type { Operation } from '../../model/operation';
import type { ApiResult } from './api-result';

/** The failures that say so, with the parameter that has the reference. */
const references: Partial<Record<FailureCode, string>> = {
  'template-not-found': 'template_id',
  'server-not-found': 'server_ip',
};

export class RefusedReferences {
  readonly #refused = new Map<string, FailureCode>();

  /** @param origin of the server, for messages */
  constructor(private readonly origin: string) {}

  /** Notes the reply to an operation. */
  note(operation: Operation, { code }: ApiResult): void {
    const field = code && references[code];
    if (field !== undefined) this.#refused.set(entry(field, operation), code as FailureCode);
  }

  /** @throws PhonestateError where the server has refused a reference of the operation before */
  check(operation: Operation): void {
    for (const field of Object.values(references)) {
      const code = this.#refused.get(entry(field, operation));
      if (code === undefined) continue;
      const what = `${this.origin} has no ${field} "${valueOf(field, operation)}", as it answered to an earlier call of this run. The call for ${operation.object.id} was not sent.`;
      throw PhonestateError.of(code, { what, field });
    }
  }
}

function entry(field: string, operation: Operation): string {
  return `${field} ${identityKey(valueOf(field, operation))}`;
}

function valueOf(field: string, { parameters }: Operation): string {
  const value = parameters[field];
  return typeof value === 'string' ? value : '';
}
