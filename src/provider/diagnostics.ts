/** Turns failures into Terraform diagnostics. This is the only place where that happens. */
import { properties, type Failure, type FailureCode } from '../model/failures';
import type { Diagnostic } from '../terraform/diagnostic';

/** The attributes that a diagnostic may point at. */
type Attributes = Readonly<Record<string, { readonly sensitive?: boolean }>>;

/** The diagnostics of one run. A failure of the whole run is explained in full once, and in one line after that. */
export class RunDiagnostics {
  readonly #explained = new Set<FailureCode>();

  /**
   * The diagnostics of some failures.
   *
   * @param attributes those of the block that the call is about; a failure about another field points at none
   * @param object the object that the call is about, `vicidial_phone SERVER_IP/EXTENSION`: a provider does not
   *   get addresses, so this is what programs can find in a diagnostic
   */
  report(failures: readonly Failure[], attributes: Attributes, object?: string): Diagnostic[] {
    return failures
      .filter((failure) => !this.#isRepeatedWarning(failure))
      .map((failure) => toDiagnostic(withObjects(this.#abbreviate(failure), object), attributes));
  }

  /** Says once in a run what is a warning about the whole run and names no object. */
  #isRepeatedWarning(failure: Failure): boolean {
    const { code } = failure;
    if (properties(failure).once !== true) return false;
    const isRepeated = this.#explained.has(code);
    this.#explained.add(code);
    return isRepeated;
  }

  /** Terraform merges warnings of one summary and shows the text of one of them, so a warning always has its whole text. */
  #abbreviate(failure: Failure): Failure {
    const { scope, severity } = properties(failure);
    if (scope !== 'run' || severity === 'warning') return failure;
    if (!this.#explained.has(failure.code)) {
      this.#explained.add(failure.code);
      return failure;
    }
    const detail = `${failure.what} See the first error with this code for the cause and what to do.\n\nCode: ${failure.code}`;
    return { ...failure, detail };
  }
}

/** A failure about other objects than that of the call names these: the calls of two objects come in any order. */
function withObjects(failure: Failure, object: string | undefined): Failure {
  const { objects = object === undefined ? [] : [object] } = failure;
  return { ...failure, detail: [failure.detail, ...objects.map((each) => `Object: ${each}`)].join('\n') };
}

/** Terraform prints the line that a diagnostic points at, so none points at a secret: its value may be written there. */
function toDiagnostic(failure: Failure, attributes: Attributes): Diagnostic {
  const attribute = failure.field === undefined ? undefined : attributes[failure.field];
  const path = failure.field !== undefined && attribute && !attribute.sensitive ? { path: [failure.field] } : {};
  const severity = properties(failure).severity ?? 'error';
  return { severity, summary: failure.summary, detail: failure.detail, ...path };
}
