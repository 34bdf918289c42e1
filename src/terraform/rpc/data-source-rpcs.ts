/** The RPCs of data sources. */
import { PluginError } from '../failures';
import type { DataSource, Provider } from '../provider';
import { diagnosticMessages } from '../wire/diagnostic-message';
import type { Request, Response } from '../wire/tfplugin6';
import { withDiagnostics } from './failure-diagnostics';
import type { Handlers } from './handlers';
import { decodeConfig, encodeObject } from './object-codec';

/** The handlers of every RPC of data sources. */
export function dataSourceRpcs(provider: Provider): Handlers<'ValidateDataResourceConfig' | 'ReadDataSource'> {
  /** Finds the data source that a request names, and has it answer. */
  const withSource =
    <Req extends { readonly type_name?: string }, Res extends object>(
      handle: (source: DataSource, request: Req) => Promise<Res>,
    ) =>
    (request: Req) => {
      const schema = provider.dataSources?.[request.type_name ?? '']?.schema;
      return withDiagnostics(provider, () => handle(dataSourceOf(provider, request), request), schema);
    };

  return { ValidateDataResourceConfig: withSource(validate), ReadDataSource: withSource(read) };
}

async function validate(
  source: DataSource,
  { config }: Request<'ValidateDataResourceConfig'>,
): Promise<Response<'ValidateDataResourceConfig'>> {
  return { diagnostics: diagnosticMessages(await source.validate?.(decodeConfig(source.schema, config))) };
}

async function read(source: DataSource, { config }: Request<'ReadDataSource'>): Promise<Response<'ReadDataSource'>> {
  const { state, diagnostics } = await source.read(decodeConfig(source.schema, config));
  return { state: encodeObject(source.schema, state), diagnostics: diagnosticMessages(diagnostics) };
}

function dataSourceOf(provider: Provider, { type_name: name = '' }: { readonly type_name?: string }): DataSource {
  const source = provider.dataSources?.[name];
  if (!source) throw new PluginError('data-source-unknown', `The provider ${provider.address} has no ${name}.`);
  return source;
}
