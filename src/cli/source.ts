/** What a command reads: an environment file, or a system by environment variables. */
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Environment } from '../environment/environment';
import type { EnvironmentReader } from '../environment/read-environment';
import { readWholeSystem, type ReadSystem } from './system-session';

/** What may be written for a source, for the help of commands. */
export const sourceForms =
  'an environment (its name, or its file), "system" (by the VICIDIAL_* variables), or "system:PREFIX" (by PREFIX_VICIDIAL_URL and so on)';

/** Where environments are that are given by name. */
export const defaultFolder = 'stacks/environments';

export type Source =
  | { readonly kind: 'system'; readonly label: string; readonly variables: NodeJS.ProcessEnv }
  | { readonly kind: 'environment'; readonly environment: Environment; readonly reader: EnvironmentReader };

/**
 * Finds what an argument means. An environment is read, a system is not yet.
 *
 * @param folder of environments that are given by name
 * @throws Error where there is no such environment, or its file has errors
 */
export async function findSource(argument: string, folder: string = defaultFolder): Promise<Source> {
  const [, prefix] = /^system(?::([A-Za-z0-9_]+))?$/u.exec(argument) ?? [];
  if (argument === 'system' || prefix !== undefined) {
    return { kind: 'system', label: argument, variables: variablesOf(prefix) };
  }
  const [{ EnvironmentReader }, { folderSource }] = await Promise.all([
    import('../environment/read-environment'),
    import('../environment/file-source'),
  ]);
  const isFile = /\.ya?ml$/u.test(argument) && existsSync(argument);
  const reader = new EnvironmentReader(folderSource(isFile ? dirname(argument) : folder));
  const environment = isFile ? reader.readFile(basename(argument)) : reader.read(argument);
  for (const { message, field } of environment.warnings)
    console.error(`warning: ${environment.file}: ${field}: ${message}`);
  return { kind: 'environment', environment, reader };
}

/** Reads the system of a source. */
export function readSourceSystem(
  { label, variables }: Extract<Source, { readonly kind: 'system' }>,
  options: { readonly references?: boolean } = {},
): Promise<ReadSystem> {
  return readWholeSystem(variables, { ...options, label: `Reading ${label}` });
}

/** The variables of a prefix, under the names that settings have. Those without the prefix are of another system. */
function variablesOf(prefix: string | undefined): NodeJS.ProcessEnv {
  if (prefix === undefined) return process.env;
  const start = `${prefix}_VICIDIAL_`;
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith(start) ? [[name.slice(prefix.length + 1), value]] : [],
    ),
  );
}
