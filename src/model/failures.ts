/**
 * The catalogue of failures: everything that Phonestate tells its user went wrong, each with a stable code.
 * A failure says what happened (`what`, particular), why (`cause`) and what to do (`remedy`).
 */
import { catalogue } from './failure-catalogue';

export type FailureCode = keyof typeof catalogue;

export interface Failure {
  readonly code: FailureCode;
  /** One line, without a full stop. */
  readonly summary: string;
  /** What happened in this case. */
  readonly what: string;
  /** What happened, why, and what to do, with the code at the end. */
  readonly detail: string;
  /** The field it is about, by its API name. */
  readonly field?: string;
}

/** A failure on its way up. Its message is the failure's text, so that it reads well wherever it ends. */
export class PhonestateError extends Error {
  /** What the server asked to wait before the next try. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly failure: Failure,
    options?: { readonly cause?: unknown; readonly retryAfterSeconds?: number | undefined },
  ) {
    super(`${failure.summary}: ${failure.detail}`, options);
    this.name = 'PhonestateError';
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
}

export interface FailureParticulars {
  /** What happened, in a sentence or two. Never holds a secret nor an unredacted reply. */
  readonly what: string;
  readonly field?: string;
  /** Replaces the catalogue's remedy where more is known. */
  readonly remedy?: string;
}

/** Makes a failure of the catalogue's text and what is particular to this one. */
export function failure(code: FailureCode, particulars: FailureParticulars): Failure {
  const entry = catalogue[code];
  const paragraphs = [particulars.what, entry.cause, particulars.remedy ?? entry.remedy, `Code: ${code}`];
  return {
    code,
    summary: entry.summary,
    what: particulars.what,
    detail: paragraphs.join('\n\n'),
    ...(particulars.field === undefined ? {} : { field: particulars.field }),
  };
}

/** The same as an error to throw. */
export function fail(code: FailureCode, particulars: FailureParticulars, cause?: unknown): PhonestateError {
  return new PhonestateError(failure(code, particulars), { cause });
}
