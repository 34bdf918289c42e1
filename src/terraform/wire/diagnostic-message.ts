/** A diagnostic in the form of the wire. */
import type { Diagnostic, Path } from '../diagnostic';
import { enums, type Message } from './tfplugin6';

/** Terraform silently drops a diagnostic of any other severity, 0 above all (plugin-protocol.md, section 1). */
const severities = {
  error: enums['Diagnostic.Severity'].ERROR,
  warning: enums['Diagnostic.Severity'].WARNING,
} as const;

/** Diagnostics as messages; none where there are none. */
export function diagnosticMessages(diagnostics: readonly Diagnostic[] = []): Message<'Diagnostic'>[] {
  return diagnostics.map(({ severity, summary, detail = '', path }) => ({
    severity: severities[severity],
    summary,
    detail,
    ...(path === undefined ? {} : { attribute: pathMessage(path) }),
  }));
}

/** The path of an attribute as a message. */
export function pathMessage(path: Path): Message<'AttributePath'> {
  return {
    steps: path.map((step) => {
      if (typeof step === 'string') return { attribute_name: step };
      return typeof step === 'number' ? { element_key_int: step } : { element_key_string: step.key };
    }),
  };
}
