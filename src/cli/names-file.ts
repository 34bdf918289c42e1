/** The file of `--names`: names of servers by `server_ip`. It is written, edited and read again. */
import { existsSync, writeFileSync } from 'node:fs';
import { Document, Scalar, type YAMLMap } from 'yaml';
import * as z from 'zod';
import { nameErrors } from '../export/names';
import { readYaml } from '../yaml-file';

const schema = z.strictObject({ servers: z.record(z.string(), z.string()).default({}) });

/**
 * Reads the file; one that does not exist has no names.
 *
 * @throws Error with a line for each error
 */
export function readNames(file: string): ReadonlyMap<string, string> {
  if (!existsSync(file)) return new Map();
  const names = new Map(Object.entries(readYaml(file, schema).data.servers));
  const errors = nameErrors(names);
  if (errors.length > 0) throw new Error(errors.map((error) => `${file}: ${error}`).join('\n'));
  return names;
}

/** Writes the names in the order of the addresses. Names of servers that were not exported stay. */
export function writeNames(file: string, names: ReadonlyMap<string, string>): void {
  const document = new Document({ servers: {} });
  document.commentBefore =
    ' Names of servers by server_ip, for phonestate export --names. Edit them before the first apply.';
  // The document was made of an object with this key.
  const servers = document.get('servers') as YAMLMap;
  servers.flow = false;
  for (const [ip, name] of [...names].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))) {
    servers.add(document.createPair(new Scalar(ip), name));
  }
  writeFileSync(file, document.toString({ lineWidth: 0 }));
}
