/** The text of an environment file that extends another one. */
import { Document, isMap, type YAMLMap } from 'yaml';
import type { EnvironmentChanges } from '../environment/environment-file';

/** Writes a derived environment: only what it changes. */
export function writeDerived(base: string, changes: EnvironmentChanges, version: string): string {
  const document = new Document({ version: 1, extends: base, ...changes }, { compat: 'yaml-1.1' });
  document.commentBefore = ` Written by phonestate clone ${version}. A change of ${base} is a change of this environment too.`;
  // The document was made of an object.
  const contents = document.contents as unknown as YAMLMap;
  for (const { value } of contents.items) if (isMap(value)) flowEntries(value);
  return document.toString({ lineWidth: 0, nullStr: '~' });
}

/** Each entry of a block on a line of its own. */
function flowEntries(map: YAMLMap): void {
  for (const { value } of map.items) if (isMap(value)) value.flow = true;
}
