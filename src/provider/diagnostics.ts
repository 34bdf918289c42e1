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
   */
  report(failures: readonly Failure[], attributes: Attributes): Diagnostic[] {
    return failures.map((failure) => toDiagnostic(this.#abbreviate(failure), attributes));
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

/** Terraform prints the line that a diagnostic points at, so none points at a secret: its value may be written there. */
function toDiagnostic(failure: Failure, attributes: Attributes): Diagnostic {
  const attribute = failure.field === undefined ? undefined : attributes[failure.field];
  const path = failure.field !== undefined && attribute && !attribute.sensitive ? { path: [failure.field] } : {};
  const severity = properties(failure).severity ?? 'error';
  return { severity, summary: failure.summary, detail: failure.detail, ...path };
}
