/** Where failures of the plugin layer, and what a provider throws, become diagnostics: the only place. */
import type { Diagnostic } from '../diagnostic';
import { PluginError, pluginFailures } from '../failures';
import { log } from '../logger';
import type { Provider } from '../provider';
import type { Block } from '../schema';
import { diagnosticMessages } from '../wire/diagnostic-message';
import type { Message } from '../wire/tfplugin6';

/** The text of a failure: what happened, why, what to do, and its code. */
export function failureDiagnostic({ code, what, path }: PluginError): Diagnostic {
  const { summary, cause, remedy } = pluginFailures[code];
  const detail = [what, cause, remedy, `Code: ${code}`].join('\n\n');
  return { severity: 'error', summary, detail, ...(path ? { path } : {}) };
}

/**
 * Diagnostics of what was thrown: the provider's own, the plugin layer's, or else a bug of the provider.
 *
 * @param schema of the block that the call is about
 */
export function thrownDiagnostics(provider: Provider, thrown: unknown, schema?: Block): readonly Diagnostic[] {
  const described = provider.describeError?.(thrown, schema);
  if (described) return described;
  if (thrown instanceof PluginError) return [failureDiagnostic(thrown)];
  const { message, stack = message } = thrown instanceof Error ? thrown : new Error(String(thrown));
  log.trace(stack);
  return [failureDiagnostic(new PluginError('provider-bug', `The provider ${provider.address} failed: ${message}`))];
}

/** A response of nothing but diagnostics, which every response but one has. */
interface FailureResponse {
  readonly diagnostics: readonly Message<'Diagnostic'>[];
}

/** Runs a handler; what it throws becomes a response with its diagnostics and nothing else. */
export async function withDiagnostics<T extends object>(
  provider: Provider,
  handle: () => Promise<T> | T,
  schema?: Block,
): Promise<T | FailureResponse> {
  try {
    return await handle();
  } catch (error) {
    return { diagnostics: diagnosticMessages(thrownDiagnostics(provider, error, schema)) };
  }
}
