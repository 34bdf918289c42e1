/** A diagnostic in the form of the wire. */
import type { Diagnostic, Path } from '../diagnostic';
import type { diagnostic as diagnosticSpec } from './tfplugin6';
import type { Message } from './protobuf';

/** Any other number is dropped by Terraform without a word, 0 above all. */
const severities = { error: 1, warning: 2 } as const;

export function diagnosticMessages(diagnostics: readonly Diagnostic[] = []): Message<typeof diagnosticSpec>[] {
  return diagnostics.map(({ severity, summary, detail = '', path }) => ({
    severity: severities[severity],
    summary,
    detail,
    ...(path === undefined ? {} : { attribute: pathMessage(path) }),
  }));
}

export function pathMessage(path: Path): NonNullable<Message<typeof diagnosticSpec>['attribute']> {
  return {
    steps: path.map((step) => {
      if (typeof step === 'string') return { attribute_name: step };
      return typeof step === 'number' ? { element_key_int: step } : { element_key_string: step.key };
    }),
  };
}
