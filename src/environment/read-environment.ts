/** Reads environments: YAML, schema, bases, CSV files. */
import { basename, dirname, join, posix } from 'node:path';
import { identityKey } from '../model/identity';
import { buildEnvironment } from './build-environment';
import type { CsvTable } from './csv-file';
import { readCsv } from './csv-file';
import { phonesByLogin, type Environment, type EnvironmentBase } from './environment';
import type { EnvironmentFile } from './environment-file';
import { environmentFileName, environmentNames, folderSource, listedOnce, type FileSource } from './file-source';
import { placeOf } from './file-text';
import { parseFile, type ParsedFile } from './parse-file';
import { commitSource, resolveRef } from './git';
import { EnvironmentError, ProblemList, type Place } from './problems';
import { closest } from './strict-object';
import { isSameSystem } from './system-of-environment';

/**
 * Reads and validates an environment file, with its bases and CSV files.
 *
 * @param path of a YAML file; its name without the ending is the name of the environment
 * @throws EnvironmentError whose message has a line for each error: `FILE:LINE: FIELD: what is wrong`
 * @example
 * const { phones } = readEnvironment('stacks/environments/staging.yaml');
 */
export function readEnvironment(path: string): Environment {
  const folder = dirname(path);
  return new EnvironmentReader(folderSource(folder)).readFile(basename(path));
}

/** What the readers of a folder and of its commits share. */
interface SharedByReaders {
  /** The environments that are being read, for bases that lead back to themselves. */
  readonly open: string[];
  /** The readers of refs, by commit. */
  readonly readers: Map<string, EnvironmentReader>;
  /** Whether logins of other environments are taken as they are. */
  readonly ignoresOthers: boolean;
}

/** Reads the environments of one folder, each once. */
export class EnvironmentReader {
  readonly #environments = new Map<string, Environment | EnvironmentError>();
  readonly #shared: SharedByReaders;
  #phoneReader: EnvironmentReader | undefined;

  readonly source: FileSource;

  constructor(source: FileSource, shared: Partial<SharedByReaders> = {}) {
    this.source = listedOnce(source);
    this.#shared = { open: [], readers: new Map(), ignoresOthers: false, ...shared };
  }

  /** The names of the environments of the folder. */
  names(): string[] {
    return environmentNames(this.source);
  }

  /** The names of the environments that are deployed: all but abstract ones. A file with errors counts as deployed. */
  deployed(): string[] {
    return this.names().filter((name) => {
      try {
        return !this.read(name).abstract;
      } catch {
        return true;
      }
    });
  }

  /**
   * Reads an environment by its name.
   *
   * @throws EnvironmentError with all errors, Error where there is no such environment
   */
  read(name: string): Environment {
    return this.readFile(this.fileNameOf(name));
  }

  /**
   * The name of the file of an environment in the folder.
   *
   * @throws Error where there is no such environment
   */
  fileNameOf(name: string): string {
    const file = environmentFileName(this.source, name);
    if (file !== undefined) return file;
    const names = this.names();
    const near = closest(name, names);
    const known = `environments in ${this.source.folder}: ${names.join(', ') || 'none'}`;
    throw new Error(`unknown environment "${name}"; ${near === undefined ? known : `did you mean ${near}?`}`);
  }

  /** Reads an environment by the name of its file in the folder. */
  readFile(file: string): Environment {
    const known = this.#environments.get(file);
    const result = known ?? this.#tryRead(file);
    this.#environments.set(file, result);
    if (result instanceof EnvironmentError) throw result;
    return result;
  }

  #tryRead(file: string): Environment | EnvironmentError {
    const problems = new ProblemList();
    const name = file.replace(/\.[^.]*$/u, '');
    const parsed = parseFile(this.source, file, problems);
    if (!parsed) return new EnvironmentError(problems.all);
    const { open, ignoresOthers } = this.#shared;
    open.push(this.#openName(name));
    try {
      const extended = this.#base(parsed, problems);
      if (extended === 'invalid') return new EnvironmentError(problems.all);
      const environment = buildEnvironment(parsed.file, {
        name,
        text: parsed.text,
        problems,
        base: extended?.environment,
        bases: extended?.bases ?? [],
        readCsv: (csv, path, hasServer) => this.#readCsv(csv, placeOf(parsed.text, path), hasServer, problems),
        otherEnvironment: (other, path) =>
          ignoresOthers ? undefined : this.#other(other, placeOf(parsed.text, path), problems),
        environmentsWithLogin: (login) => (ignoresOthers ? [] : this.#environmentsWithLogin(login, name, parsed.file)),
      });
      return problems.hasErrors ? new EnvironmentError(problems.all) : { ...environment, warnings: problems.all };
    } finally {
      open.pop();
    }
  }

  #openName(name: string): string {
    return `${this.source.commit ?? ''}:${name}`;
  }

  #base(
    { file, text }: ParsedFile,
    problems: ProblemList,
  ): { readonly environment: Environment; readonly bases: readonly EnvironmentBase[] } | undefined | 'invalid' {
    if (file.extends === undefined) return undefined;
    const { environment: name, ref } =
      typeof file.extends === 'string' ? { environment: file.extends, ref: undefined } : file.extends;
    const place = placeOf(text, ['extends']);
    try {
      const reader = ref === undefined ? this : this.#readerAt(ref, place, problems);
      const chain = [...this.#shared.open, reader.#openName(name)];
      if (this.#shared.open.includes(reader.#openName(name))) {
        problems.error(
          place,
          `leads back to ${name}: ${chain.map((each) => each.replace(/^.*:/u, '')).join(' extends ')}`,
        );
        return 'invalid';
      }
      const environment = reader.read(name);
      const { commit } = reader.source;
      return { environment, bases: [{ name, file: environment.file, ref, commit, environment }, ...environment.bases] };
    } catch (error) {
      if (error instanceof EnvironmentError) problems.addAll(error.problems);
      else problems.error(place, error instanceof Error ? error.message : String(error));
      return 'invalid';
    }
  }

  /** The environments at a Git ref. A branch is a warning: it changes without a change of this file. */
  #readerAt(ref: string, place: Place, problems: ProblemList): EnvironmentReader {
    const resolved = resolveRef(this.source.folder, ref);
    if (resolved.isBranch)
      problems.warning(
        place,
        `${ref} is a branch, which may change without a change of this file; name a tag or commit`,
      );
    const known = this.#shared.readers.get(resolved.commit);
    if (known) return known;
    const reader = new EnvironmentReader(commitSource(this.source.folder, resolved), this.#shared);
    this.#shared.readers.set(resolved.commit, reader);
    return reader;
  }

  #readCsv(csv: string, place: Place, hasServer: boolean, problems: ProblemList): CsvTable | undefined {
    const path = posix.normalize(csv);
    const bytes = posix.isAbsolute(path) ? undefined : this.source.read(path);
    if (!bytes) {
      problems.error(
        place,
        `${join(this.source.folder, csv)} does not exist; the path is relative to the folder of this file`,
      );
      return undefined;
    }
    const table = readCsv(this.source.nameOf(path), bytes, hasServer);
    problems.addAll(table.problems);
    return table;
  }

  /**
   * Reads the phones of other environments. Two files may list each other's phones, so what they list in turn is left
   * to the reading of that file itself.
   */
  get #phones(): EnvironmentReader {
    this.#phoneReader ??= new EnvironmentReader(this.source, { ignoresOthers: true });
    return this.#phoneReader;
  }

  /** Another environment, whose phones an alias lists. */
  #other(name: string, place: Place, problems: ProblemList): Environment | undefined {
    try {
      return this.#phones.read(name);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      problems.error(place, error instanceof EnvironmentError ? `environment ${name} has errors` : message);
      return undefined;
    }
  }

  /** The other environments of the same system that have a phone login. */
  #environmentsWithLogin(login: string, own: string, { provider = {} }: EnvironmentFile): string[] {
    return this.names().filter((name) => {
      if (name === own) return false;
      try {
        const other = this.#phones.read(name);
        const isSame = isSameSystem(other.provider, { url: provider.url ?? null });
        return isSame && phonesByLogin(other.phones).has(identityKey(login));
      } catch {
        // A file with errors is reported where it is read itself.
        return false;
      }
    });
  }
}
