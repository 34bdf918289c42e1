/** What every data source does. Its own file says what it reads. */
import type { DataSourceDefinition } from '../model/data-sources';
import { PhonestateError } from '../model/failures';
import type { DataSource } from '../terraform/provider';
import type { ObjectValue } from '../terraform/value';
import type { RunContext } from './context';
import { dataSourceSchema } from './data-source-schema';
import type { AnyReader } from './reader-choice';

/** Gives the context of the current configuration. */
export type CurrentContext = () => RunContext;

/**
 * Makes a data source. What fails is thrown as a PhonestateError; the provider turns it into diagnostics.
 *
 * @param read gives every attribute that is no argument
 */
export function dataSource(
  definition: DataSourceDefinition,
  context: CurrentContext,
  read: (context: RunContext, config: ObjectValue) => Promise<ObjectValue>,
): DataSource {
  const schema = dataSourceSchema(definition);
  return {
    schema,
    validate() {
      const current = context();
      return current.diagnostics.report(current.leftToObjects.takeInvalid(), schema.attributes);
    },
    async read(config) {
      const current = context();
      current.leftToObjects.requireValid();
      const values = await read(current, config);
      const warnings = await current.readingWarnings();
      return {
        state: { ...config, ...values },
        diagnostics: current.diagnostics.report(warnings, schema.attributes),
      };
    },
  };
}

/**
 * The reader of the run, for what the API cannot read.
 *
 * @throws PhonestateError `reader-missing` where only the API is used; `provider-argument` while a setting is not known
 */
export async function requireReader(context: RunContext): Promise<AnyReader> {
  const reader = await context.reader();
  if (reader) return reader;
  // Without a reader the API is used, or a setting is not known yet; then there is no client either.
  await context.client();
  const limitation = (await context.readingWarnings()).find(({ code }) => code === 'reading-limited');
  throw PhonestateError.of('reader-missing', { what: limitation?.what ?? 'read_from is "api".' });
}

/** Objects as a map by their ids. */
export function mapById<T>(objects: readonly T[], id: (object: T) => string, encode: (object: T) => ObjectValue) {
  return Object.fromEntries(objects.map((object): [string, ObjectValue] => [id(object), encode(object)]));
}

/** A string that is not empty, else null. */
export function textOrNull(text: string): string | null {
  return text === '' ? null : text;
}
