/** Turns failures into Terraform diagnostics. This is the only place where that happens. */
import { properties, type Failure, type FailureCode } from '../model/failures';
import type { Diagnostic } from '../terraform/diagnostic';

/** The attributes that a diagnostic may point at. */
type Attributes = Readonly<Record<string, { readonly sensitive?: boolean; readonly writeOnly?: boolean }>>;

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

  /** Terraform shows the text of one warning of those that it merges, and may drop others: each has its whole text. */
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

/**
 * Names the object, or the objects that it is about where the calls of two come in any order. Terraform merges warnings of
 * one summary and shows one of them: what one says of its object alone would be lost, so its summary is its own.
 */
function withObjects(failure: Failure, object: string | undefined): Failure {
  const { objects = object === undefined ? [] : [object] } = failure;
  if (objects.length === 0) return failure;
  const detail = [failure.detail, ...objects.map((each) => `Object: ${each}`)].join('\n');
  const { severity, scope, alike } = properties(failure);
  if (severity !== 'warning' || scope === 'run' || alike) return { ...failure, detail };
  const names = objects.join(', ');
  const subject = failure.field === undefined ? names : `${failure.field} of ${names}`;
  return { ...failure, summary: `${failure.summary}: ${subject}`, detail };
}

/** Terraform prints the line that a diagnostic points at, so none points at a secret: its value may be written there. */
function toDiagnostic(failure: Failure, attributes: Attributes): Diagnostic {
  const attribute = failure.field === undefined ? undefined : attributes[failure.field];
  const isShown = attribute !== undefined && !attribute.sensitive && !attribute.writeOnly && !failure.mayShowSecret;
  const path = failure.field !== undefined && isShown ? { path: [failure.field] } : {};
  const severity = properties(failure).severity ?? 'error';
  return { severity, summary: failure.summary, detail: failure.detail, ...path };
}
