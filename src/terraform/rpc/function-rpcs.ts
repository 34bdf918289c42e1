/** The RPC of functions. An error of a function is a text in place of diagnostics. */
import { PluginError } from '../failures';
import type { Provider } from '../provider';
import { decodeValue, encodeValue } from '../wire/dynamic-value';
import type { Request, Response } from '../wire/tfplugin6';
import { thrownDiagnostics } from './failure-diagnostics';
import type { Handlers } from './handlers';

/** The handler of the RPC that calls functions. */
export function functionRpcs(provider: Provider): Handlers<'CallFunction'> {
  return { CallFunction: (request) => call(provider, request) };
}

function call(
  provider: Provider,
  { name = '', arguments: given = [] }: Request<'CallFunction'>,
): Response<'CallFunction'> {
  const called = provider.functions?.[name];
  try {
    if (!called) throw new PluginError('function-unknown', `The provider ${provider.address} has no function ${name}.`);
    const args = called.parameters.map(({ type }, index) => decodeValue(type, given[index]?.msgpack));
    return { result: { msgpack: encodeValue(called.returns, called.call(...args)) } };
  } catch (error) {
    const text = thrownDiagnostics(provider, error)
      .map(({ summary, detail = '' }) => `${summary}\n\n${detail}`)
      .join('\n\n');
    return { error: { text, ...(called?.parameters.length === 1 ? { function_argument: 0 } : {}) } };
  }
}
