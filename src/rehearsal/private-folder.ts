/**
 * The folder in which a rehearsal runs: a copy of the configuration and of its local modules, with a backend of its own.
 * It holds the state with its passwords, so only this user may read it, and it is removed at the end, also after a signal.
 */
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import * as z from 'zod';

/** The last of the override files: no other one sets the backend after it. */
const overrideName = 'zzzz_phonestate_rehearsal_override.tf.json';

/** Files of plans and states, and folders that no configuration consists of. */
const left = /^(?:\.terraform|\.git|node_modules|.*\.tfstate(?:\..*)?|.*\.tfplan|tfplan)$/u;

const maxBytes = 200 * 1024 * 1024;

const manifest = z.object({ Modules: z.array(z.object({ Dir: z.string() })) });

export class PrivateFolder {
  readonly #remove = () => this.remove();

  private constructor(
    private readonly root: string,
    /** The copy of the configuration: where the engine runs. */
    readonly folder: string,
  ) {
    process.once('exit', this.#remove);
  }

  /**
   * Copies a configuration.
   *
   * @param dataFolder in which the engine keeps the modules and providers of the configuration
   * @param variableFiles of `--var-file`, which are read in this order after the others
   * @throws Error where a folder is too large to be a configuration
   */
  static create(source: string, dataFolder: string, variableFiles: readonly string[] = []): PrivateFolder {
    const modules = localModules(source, dataFolder);
    const top = commonFolder([resolve(source), ...modules]);
    // Created with mode 0700.
    const root = mkdtempSync(join(tmpdir(), 'phonestate-rehearsal-'));
    const copyOf = (folder: string) => join(root, relative(top, folder));
    const copy = new PrivateFolder(root, copyOf(resolve(source)));
    try {
      const size = new Size();
      for (const folder of [resolve(source), ...modules]) copyFolder(folder, copyOf(folder), size);
      copyDownloads(dataFolder, join(copy.folder, '.terraform'));
      variableFiles.forEach((file, index) => copy.#addVariables(file, index));
      const backend = { local: { path: 'terraform.tfstate' } };
      writeFileSync(join(copy.folder, overrideName), JSON.stringify({ terraform: { backend } }));
      return copy;
    } catch (error) {
      copy.remove();
      throw error;
    }
  }

  /** Writes a file into the copy, readable by this user only. */
  write(name: string, content: string): void {
    writeFileSync(join(this.folder, name), content, { mode: 0o600 });
  }

  /** The kind of backend that the engine uses in the copy; undefined before `init`. */
  get backend(): string | undefined {
    const file = join(this.folder, '.terraform', 'terraform.tfstate');
    if (!existsSync(file)) return undefined;
    const { data } = z
      .object({ backend: z.object({ type: z.string() }) })
      .safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return data?.backend.type;
  }

  remove(): void {
    process.removeListener('exit', this.#remove);
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Under a name that is read without being asked for, after the variables of the configuration itself. */
  #addVariables(file: string, index: number): void {
    const ending = file.endsWith('.json') ? '.auto.tfvars.json' : '.auto.tfvars';
    this.write(
      `zzzz_${String(index).padStart(3, '0')}_${basename(file).replace(/\W/gu, '_')}${ending}`,
      readFileSync(file, 'utf8'),
    );
  }
}

/** The folders of local modules that are outside of the configuration, as the engine has noted them. */
function localModules(source: string, dataFolder: string): string[] {
  const file = join(dataFolder, 'modules', 'modules.json');
  if (!existsSync(file)) return [];
  const { data } = manifest.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  const folders = new Set((data?.Modules ?? []).map(({ Dir }) => resolve(source, Dir)));
  return [...folders].filter((folder) => !isWithin(folder, resolve(source)) && !isWithin(folder, resolve(dataFolder)));
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

/** The folder that all of these are in. Relative paths between them stay the same in a copy. */
function commonFolder(folders: readonly string[]): string {
  const [first = '', ...others] = folders;
  return others.every((each) => isWithin(each, first)) ? first : commonFolder([dirname(first), ...others]);
}

/** Counts what is copied, so that the folder of a whole disk is not. */
class Size {
  #bytes = 0;

  add(bytes: number, folder: string): void {
    this.#bytes += bytes;
    if (this.#bytes <= maxBytes) return;
    throw new Error(
      `${folder} holds more than ${maxBytes / 1024 / 1024} MB, which is too much for a configuration. Keep the configuration in a folder of its own.`,
    );
  }
}

function copyFolder(from: string, to: string, size: Size): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((each) => !left.test(each))) {
    cpSync(join(from, name), join(to, name), {
      recursive: true,
      dereference: true,
      filter: (path) => {
        if (left.test(basename(path))) return false;
        const found = lstatSync(path);
        if (found.isFile()) size.add(found.size, from);
        return found.isFile() || found.isDirectory() || found.isSymbolicLink();
      },
    });
  }
}

/**
 * What `init` has downloaded, so that it is not downloaded again. Packages of providers are large and never changed: each
 * is linked, as the engines themselves do it with their cache.
 */
function copyDownloads(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  if (existsSync(join(from, 'modules'))) cpSync(join(from, 'modules'), join(to, 'modules'), { recursive: true });
  linkPackages(join(from, 'providers'), join(to, 'providers'), packageDepth);
}

/** HOST/NAMESPACE/TYPE/VERSION/PLATFORM */
const packageDepth = 5;

function linkPackages(from: string, to: string, depth: number): void {
  if (!existsSync(from)) return;
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (depth === 1) symlinkSync(resolve(from, name), join(to, name), 'dir');
    else if (statSync(join(from, name)).isDirectory()) linkPackages(join(from, name), join(to, name), depth - 1);
  }
}
