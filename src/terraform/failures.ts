/**
 * The failures of the plugin layer itself, each with a stable code: what no provider has to think of. A provider's own
 * failures come through its `describeError`. They become diagnostics in rpc/failure-diagnostics.ts.
 */
import type { Path } from './diagnostic';

interface FailureText {
  /** One line, without a full stop. */
  readonly summary: string;
  /** Why. What happened is said where it happens. */
  readonly cause: string;
  /** What to do. */
  readonly remedy: string;
}

export const pluginFailures = {
  'provider-bug': {
    summary: 'The provider failed',
    cause: 'This is always a bug in the provider and should be reported to its developers.',
    remedy: 'Run the command again with TF_LOG_PROVIDER=trace, and add what it logs to the report.',
  },
  'stored-state-invalid': {
    summary: 'The stored state does not fit the schema',
    cause: 'The state was edited by hand, or it was written by a version of the provider that this one cannot upgrade.',
    remedy: 'Restore an earlier state file, or remove the object from the state (terraform state rm) and import it.',
  },
  'resource-type-unknown': {
    summary: 'Unknown resource type',
    cause: 'The schema that Terraform works with is that of another version of the provider.',
    remedy: 'Run terraform init -upgrade. In debug mode, start Terraform again.',
  },
  'data-source-unknown': {
    summary: 'Unknown data source',
    cause: 'The schema that Terraform works with is that of another version of the provider.',
    remedy: 'Run terraform init -upgrade. In debug mode, start Terraform again.',
  },
  'import-unsupported': {
    summary: 'Import is not supported',
    cause: 'The provider cannot read an object of this type from its id alone.',
    remedy: 'Declare the resource and let Terraform create it.',
  },
  'move-unsupported': {
    summary: 'Move between resource types is not supported',
    cause: 'The provider cannot turn the state of one resource type into that of another.',
    remedy:
      'Remove the moved block. Take the old object out of the state (a removed block), and import it as the new type.',
  },
  'write-only-unsupported': {
    summary: 'Write-only argument is not supported',
    cause: 'Write-only arguments need Terraform 1.11 or later, or OpenTofu 1.11 or later.',
    remedy: 'Upgrade the engine, or use the argument that is stored in state in place of the write-only one.',
  },
  'identity-unsupported': {
    summary: 'Resource identity is not supported',
    cause: 'The provider identifies objects of this type by their id only.',
    remedy: 'Use id instead of identity in the import block.',
  },
  'ephemeral-resource-unsupported': {
    summary: 'Ephemeral resources are not supported',
    cause: 'The provider has no ephemeral resource at all.',
    remedy: 'Remove the ephemeral block.',
  },
  'function-unknown': {
    summary: 'Unknown function',
    cause: 'The schema that Terraform works with is that of another version of the provider.',
    remedy: 'Run terraform init -upgrade. In debug mode, start Terraform again.',
  },
  'action-unknown': {
    summary: 'Unknown action',
    cause: 'The schema that Terraform works with is that of another version of the provider.',
    remedy: 'Run terraform init -upgrade. In debug mode, start Terraform again.',
  },
  'list-unsupported': {
    summary: 'List of resources is not supported',
    cause: 'The provider cannot find out which objects of this type exist.',
    remedy: 'Remove the list block, and import objects by their ids.',
  },
} as const satisfies Readonly<Record<string, FailureText>>;

export type PluginFailureCode = keyof typeof pluginFailures;

/** A failure of the plugin layer, to throw. */
export class PluginError extends Error {
  /**
   * @param what what happened in this case, in a sentence; never holds a value
   * @param path the attribute that it is about
   */
  constructor(
    readonly code: PluginFailureCode,
    readonly what: string,
    readonly path?: Path,
  ) {
    super(`${pluginFailures[code].summary}: ${what}`);
    this.name = 'PluginError';
  }
}
