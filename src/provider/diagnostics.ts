/** Where failures become Terraform diagnostics: the only place. */
import type { Failure } from '../model/failures';
import type { Diagnostic } from '../terraform/diagnostic';

/**
 * A failure as Terraform shows it.
 *
 * @param attributes those that the diagnostic may point at; a failure about another field points nowhere
 */
export function diagnostic(
  failure: Failure,
  attributes: Readonly<Record<string, unknown>>,
  severity: Diagnostic['severity'] = 'error',
): Diagnostic {
  const path = failure.field !== undefined && failure.field in attributes ? { path: [failure.field] } : {};
  return { severity, summary: failure.summary, detail: failure.detail, ...path };
}
