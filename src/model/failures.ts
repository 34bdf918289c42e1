/**
 * Failures: everything that Phonestate reports as wrong. Each has a stable code and a row in the catalogue. A failure
 * says what happened (`what`, particular), why (`cause`) and what to do (`remedy`).
 */
import { catalogue, type CatalogueEntry, type Condition } from './failure-catalogue';

export type FailureCode = keyof typeof catalogue;

export interface Failure {
  readonly code: FailureCode;
  /** One line, without a full stop. */
  readonly summary: string;
  /** What happened in this case. */
  readonly what: string;
  /** What happened, why, and what to do, with the code at the end. */
  readonly detail: string;
  /** The field or setting that it is about, by its API name. */
  readonly field?: string;
  /** The objects that it is about, such as `vicidial_phone SERVER_IP/EXTENSION`, where that is not the one of the call. */
  readonly objects?: readonly string[];
  /** The value as it is written may have a secret in it, so no line of the configuration is shown. */
  readonly mayShowSecret?: true;
}

export interface FailureParticulars {
  /** What happened, in a sentence or two. Never contains a secret or an unredacted reply. */
  readonly what: string;
  readonly field?: string | undefined;
  readonly objects?: readonly string[] | undefined;
  /** Replaces the remedy of the catalogue where more is known. */
  readonly remedy?: string | undefined;
  readonly mayShowSecret?: boolean;
}

/** Terraform plans before it destroys, and with -refresh=false it does not (plugin-protocol.md, section 3). */
const destroyAdvice = 'If this stops terraform destroy, run it with -refresh=false.';

/** Makes a failure from the catalogue's texts and the particulars of this one. */
export function failure(
  code: FailureCode,
  { what, field, objects, remedy, mayShowSecret }: FailureParticulars,
): Failure {
  const entry = catalogue[code];
  const advice = [remedy ?? entry.remedy, ...(entry.stopsDestroy ? [destroyAdvice] : [])].join(' ');
  const detail = [what, entry.cause, advice, `Code: ${code}`].join('\n\n');
  return {
    ...{ code, summary: entry.summary, what, detail },
    ...(field === undefined ? {} : { field }),
    ...(objects === undefined ? {} : { objects }),
    ...(mayShowSecret ? { mayShowSecret } : {}),
  };
}

/** The catalogue's row of a failure: severity, scope, whether it is transient, and what is known of the outcome. */
export function properties({ code }: Pick<Failure, 'code'>): CatalogueEntry {
  return catalogue[code];
}

/** A failure that is thrown. Its message is the failure's text, so that it reads well wherever it is printed. */
export class PhonestateError extends Error {
  /** What the server asked to wait before the next attempt. */
  readonly retryAfterSeconds: number | undefined;
  /** What is known of the call: what the catalogue says, unless less is known in this case. */
  readonly outcome: CatalogueEntry['outcome'];

  constructor(
    readonly failure: Failure,
    options?: {
      readonly cause?: unknown;
      readonly retryAfterSeconds?: number | undefined;
      readonly outcome?: 'unknown';
    },
  ) {
    super(`${failure.summary}: ${failure.detail}`, options);
    this.name = 'PhonestateError';
    this.retryAfterSeconds = options?.retryAfterSeconds;
    this.outcome = options?.outcome ?? properties(failure).outcome;
  }

  /**
   * Makes the error of a failure, to be thrown.
   *
   * @param cause the error that led to it
   */
  static of(code: FailureCode, particulars: FailureParticulars, cause?: unknown): PhonestateError {
    return new PhonestateError(failure(code, particulars), { cause });
  }
}

/** Whether the same call may succeed later. */
export function isTransient(error: unknown): error is PhonestateError {
  return error instanceof PhonestateError && properties(error.failure).transient === true;
}

/** Whether it is not known if the call was carried out. */
export function isOutcomeUnknown(error: unknown): error is PhonestateError {
  return error instanceof PhonestateError && error.outcome === 'unknown';
}

/** Whether an error is a failure of a certain condition, whatever its object: `already-exists`, `not-found`, … */
export function hasCondition(error: unknown, condition: Condition): error is PhonestateError {
  return error instanceof PhonestateError && properties(error.failure).condition === condition;
}
