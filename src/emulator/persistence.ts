/** Keeps the phones and aliases of a system in the file that describes it. */
import { renameSync, statSync, writeFileSync } from 'node:fs';
import type { YamlFile } from '../yaml-file';
import type { SystemData } from './system-data';
import type { Store } from './store';

/** Long enough for a burst of calls to become one write. */
const writeDelayMs = 200;

/**
 * Writes the file a moment after each change. What else is in it stays, comments too.
 *
 * @returns writes at once what is not written yet
 */
export function persistToFile(file: string, { document }: YamlFile<SystemData>, store: Store): () => void {
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    if (!timer) return;
    clearTimeout(timer);
    timer = undefined;
    document.set('phones', document.createNode(store.phones));
    document.set(
      'aliases',
      document.createNode(store.aliases.map((alias) => ({ ...alias, phone_logins: alias.phone_logins.split(',') }))),
    );
    // Whoever reads the file meanwhile sees the old one or the new one, never a part.
    writeFileSync(
      `${file}.new`,
      file.endsWith('.json') ? `${JSON.stringify(document.toJS(), null, 2)}\n` : document.toString(),
      {
        // It has passwords: who could not read it before must not read it now.
        mode: statSync(file).mode & 0o777,
      },
    );
    renameSync(`${file}.new`, file);
  };
  store.onChange = () => {
    timer ??= setTimeout(flush, writeDelayMs);
  };
  return flush;
}
