/** Persists the phones and phone aliases of a system in the file that describes it. */
import { renameSync, statSync, writeFileSync } from 'node:fs';
import type { YamlFile } from '../yaml-file';
import type { SystemData } from './system-data';
import type { Store } from './store';

/** Long enough to write the file once for a burst of calls. */
const writeDelayMs = 200;

/**
 * Writes the file shortly after each change. The rest of the file stays as it is, comments included.
 *
 * @param onError gets why the file could not be written; the next change is written again
 * @returns a function that writes pending changes at once
 */
export function persistToFile(
  file: string,
  { document }: YamlFile<SystemData>,
  store: Store,
  onError: (error: Error) => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    if (!timer) return;
    clearTimeout(timer);
    timer = undefined;
    const aliases = store.aliases.map((alias) => ({ ...alias, phone_logins: alias.phone_logins.split(',') }));
    document.set('phones', document.createNode(store.phones));
    document.set('aliases', document.createNode(aliases));
    const content = file.endsWith('.json') ? `${JSON.stringify(document.toJS(), null, 2)}\n` : document.toString();
    try {
      replaceFile(file, content);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      onError(new Error(`The phones could not be saved in ${file} (${code}).`, { cause: error }));
    }
  };
  store.onChange = () => {
    timer ??= setTimeout(flush, writeDelayMs);
  };
  return flush;
}

/** Replaces a file atomically: a reader gets the old content or the new, never a part. */
function replaceFile(file: string, content: string): void {
  const temporary = `${file}.new`;
  // The file has passwords, and keeps its permissions.
  writeFileSync(temporary, content, { mode: statSync(file).mode & 0o777 });
  renameSync(temporary, file);
}
