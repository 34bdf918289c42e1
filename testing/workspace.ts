/** A folder with a Terraform configuration, and the engine that runs in it with the bundled provider. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { address, version } from '../src/address';
import { cliConfig, hostPlatform, install, registries, requiredProviders } from '../src/cli/install';
import { runEngine, startEngine, type EngineProcess, type Run } from './engine';
import { bundle, nodeProviderFile, providerFile } from './provider-file';
import { sparingVariables } from './sparing-variables';

export interface WorkspaceOptions {
  /** Variables for every run: `VICIDIAL_URL` and the like. */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * How the engine finds the provider. With `override` it takes the bundle from where it was built, needs no `init`, and
   * warns in each run. With `mirror` the provider is installed as a user installs it, and a run needs `init` before it.
   * Default: `override`.
   */
  readonly provider?: 'override' | 'mirror';
  /** The file of the provider. Default: as PHONESTATE_PROVIDER says; from a mirror, that of Node.js. */
  readonly file?: string;
  /**
   * Whether the runs are without what short runs with the executable do not need (testing/sparing-variables.ts). Default: in a
   * test of the executable from where it was built. All runs in tests are without the engine's garbage collection.
   */
  readonly isSparing?: boolean;
}

/** The change of one resource in the JSON form of a plan. */
export interface PlannedChange {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly unknown: Readonly<Record<string, unknown>>;
}

/** The attributes of an object in state. */
export type Attributes = Readonly<Record<string, unknown>>;

export class Workspace {
  private constructor(
    readonly folder: string,
    private environment: Readonly<Record<string, string>>,
  ) {}

  /** Makes the folder, with the CLI configuration and the version of the provider. */
  static async create({
    environment = {},
    provider = 'override',
    // Engines hash what they have installed in each run, which takes long for an executable.
    file = provider === 'mirror' ? nodeProviderFile : providerFile,
    isSparing = provider === 'override' && file !== bundle,
  }: WorkspaceOptions = {}): Promise<Workspace> {
    const folder = mkdtempSync(join(tmpdir(), 'phonestate-e2e-'));
    const workspace = new Workspace(folder, isSparing ? { ...sparingVariables, ...environment } : environment);
    workspace.write('versions.tf', requiredProviders());
    const mirror = join(folder, 'mirror');
    if (provider === 'mirror') await installInto(mirror, file);
    workspace.write('terraform.rc', provider === 'mirror' ? cliConfig(mirror) : overrideConfig(file));
    return workspace;
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** Sets the whole configuration, besides the provider's version, in Terraform's JSON syntax. */
  configure(configuration: Readonly<Record<string, unknown>>): void {
    this.write('main.tf.json', JSON.stringify(configuration, null, 2));
  }

  /** Runs another bundle of the provider from now on, from where it was built. */
  useBundle(file: string): void {
    this.write('terraform.rc', overrideConfig(file));
  }

  /** Sets an environment variable of the runs from now on. */
  setVariable(name: string, value: string): void {
    this.environment = { ...this.environment, [name]: value };
  }

  /** Runs the engine and waits for it, whatever its exit code. */
  run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Run> {
    return runEngine(args, { folder: this.folder, environment: this.environmentOf(environment) });
  }

  /** Starts the engine in a process group of its own, to be signalled. */
  start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): EngineProcess {
    return startEngine(args, {
      folder: this.folder,
      environment: this.environmentOf(environment),
      ownGroup: true,
    });
  }

  async expectSuccess(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Run> {
    const run = await this.run(args, environment);
    if (run.code !== 0) throw new Error(`${args.join(' ')} ended with exit code ${run.code}:\n${run.output}`);
    return run;
  }

  init(): Promise<Run> {
    return this.expectSuccess(['init', ...plain]);
  }

  /** `plan -detailed-exitcode`: 0 no changes, 1 error, 2 changes. The plan is kept for `changes`. */
  plan(flags: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Promise<Run> {
    rmSync(join(this.folder, 'plan.out'), { force: true });
    return this.run(['plan', ...plain, '-detailed-exitcode', '-out=plan.out', ...flags], environment);
  }

  /** What the last plan would do, resource by resource. */
  async changes(): Promise<PlannedChange[]> {
    const { stdout } = await this.expectSuccess(['show', '-json', 'plan.out']);
    const { resource_changes: changes = [] } = JSON.parse(stdout) as PlanJson;
    return changes
      .filter(({ change }) => change.actions.join() !== 'no-op')
      .map(({ address, change: { actions, before, after, after_unknown: unknown = {} } }) => ({
        address,
        actions,
        before,
        after,
        unknown,
      }));
  }

  apply(flags: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Promise<Run> {
    return this.run([...applyCommand, ...flags], environment);
  }

  expectApply(flags: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Promise<Run> {
    return this.expectSuccess([...applyCommand, ...flags], environment);
  }

  /** Starts an apply in a process group of its own, to be signalled. */
  startApply(flags: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): EngineProcess {
    return this.start([...applyCommand, ...flags], environment);
  }

  /** Forgets objects without deleting them. */
  forget(...addresses: readonly string[]): Promise<Run> {
    return this.expectSuccess(['state', 'rm', ...addresses]);
  }

  import(address: string, id: string): Promise<Run> {
    return this.run(['import', ...plain, address, id]);
  }

  /** The attributes of every object in state, by address. */
  state(): Readonly<Record<string, Attributes>> {
    const file = join(this.folder, 'terraform.tfstate');
    // OpenTofu leaves a file of 0 bytes where it is killed while it writes its state.
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return {};
    const { resources } = JSON.parse(readFileSync(file, 'utf8')) as StateJson;
    return Object.fromEntries(
      resources.flatMap(({ module, type, name, instances }) =>
        instances.map(({ index_key: key, attributes }) => [
          `${module === undefined ? '' : `${module}.`}${type}.${name}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`,
          attributes,
        ]),
      ),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private environmentOf(more: Readonly<Record<string, string>>): Record<string, string> {
    const own = { HOME: this.folder, TF_CLI_CONFIG_FILE: join(this.folder, 'terraform.rc'), TF_IN_AUTOMATION: '1' };
    return { ...own, ...this.environment, ...more };
  }
}

const plain = ['-input=false', '-no-color'];
const applyCommand = ['apply', ...plain, '-auto-approve'];

/** Puts a provider into a mirror. An executable is not copied: it has 100 MB. */
async function installInto(mirror: string, file: string): Promise<void> {
  if (file === bundle) {
    await install({ bundle, mirror, platforms: [hostPlatform()] });
    return;
  }
  for (const registry of registries) {
    const versionFolder = join(mirror, registry, address, version);
    mkdirSync(versionFolder, { recursive: true });
    symlinkSync(dirname(file), join(versionFolder, hostPlatform()));
  }
}

/** A CLI configuration with which the engine starts a bundle from where it was built. */
function overrideConfig(file: string): string {
  return `provider_installation {
  dev_overrides {
    "${address}" = "${dirname(file)}"
  }
  direct {}
}`;
}

interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: Pick<PlannedChange, 'actions' | 'before' | 'after'> & {
      readonly after_unknown?: PlannedChange['unknown'];
    };
  }[];
}

interface StateJson {
  readonly resources: readonly {
    readonly module?: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly index_key?: string | number; readonly attributes: Attributes }[];
  }[];
}
