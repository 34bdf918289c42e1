/** A folder with a Terraform configuration, and the real `terraform` that runs in it with the bundled provider. */
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { cliConfig, hostPlatform, install, requiredProviders } from '../src/cli/install';

/** The bundled provider, as `npm run build` makes it. */
export const bundle = join(__dirname, '..', 'dist', 'terraform-provider-vicidial.js');
const runLimitMs = 600_000;

/**
 * The engine to run: `terraform`, or `tofu` where there is no terraform.
 *
 * @throws Error that says what to install
 */
export function findEngine(): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = ['terraform', 'tofu'].find((name) => folders.some((folder) => isExecutable(join(folder, name))));
  if (!found)
    throw new Error('Neither terraform nor tofu is on the PATH: install Terraform 1.5 or later, or OpenTofu.');
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface Run {
  readonly code: number;
  /** Standard output and error, as a user sees them. */
  readonly output: string;
}

/** One resource's change in the JSON of a plan. */
export interface PlannedChange {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly unknown: Readonly<Record<string, unknown>>;
}

export class Workspace {
  private constructor(
    readonly folder: string,
    private readonly environment: Record<string, string>,
  ) {}

  /**
   * Makes the folder, with the provider in a mirror of its own.
   *
   * @param environment variables for every run, `VICIDIAL_URL` and the like
   */
  static async create(environment: Record<string, string>): Promise<Workspace> {
    const folder = mkdtempSync(join(tmpdir(), 'phonestate-e2e-'));
    const mirror = join(folder, 'mirror');
    await install({ bundle, mirror, platforms: [hostPlatform()] });
    writeFileSync(join(folder, 'terraform.rc'), cliConfig(mirror));
    const workspace = new Workspace(folder, environment);
    workspace.write('versions.tf', requiredProviders());
    return workspace;
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** Sets the whole configuration, besides the provider's version, in Terraform's JSON syntax. */
  configure(configuration: Readonly<Record<string, unknown>>): void {
    this.write('main.tf.json', JSON.stringify(configuration, null, 2));
  }

  /** The environment of a run: nothing of this process but its PATH. */
  environmentOf(more: Record<string, string> = {}): NodeJS.ProcessEnv {
    const own = {
      HOME: this.folder,
      TF_CLI_CONFIG_FILE: join(this.folder, 'terraform.rc'),
      TF_IN_AUTOMATION: '1',
      CHECKPOINT_DISABLE: '1',
    };
    return { PATH: process.env.PATH, ...own, ...this.environment, ...more };
  }

  /** Runs `terraform` and waits for it, whatever its exit code. */
  run(args: readonly string[], environment: Record<string, string> = {}): Promise<Run> {
    const env = this.environmentOf(environment);
    return new Promise((resolve, reject) => {
      const options = { cwd: this.folder, env, timeout: runLimitMs, maxBuffer: 64 * 1024 * 1024 };
      execFile(findEngine(), [...args], options, (error, stdout, stderr) => {
        const output = stdout + stderr;
        if (!error) resolve({ code: 0, output });
        else if (typeof error.code === 'number') resolve({ code: error.code, output });
        else reject(new Error(`terraform ${args.join(' ')} did not end by itself: ${error.message}\n${output}`));
      });
    });
  }

  init(): Promise<Run> {
    return this.expectSuccess(['init', '-input=false', '-no-color']);
  }

  /** `terraform plan`; with `-detailed-exitcode`: 0 nothing to do, 1 error, 2 changes. The plan is kept for `changes`. */
  plan(...flags: string[]): Promise<Run> {
    rmSync(join(this.folder, 'plan.out'), { force: true });
    return this.run(['plan', '-input=false', '-no-color', '-detailed-exitcode', '-out=plan.out', ...flags]);
  }

  /** What the last plan would do, resource by resource. */
  async changes(): Promise<PlannedChange[]> {
    const { resource_changes: changes = [] } = JSON.parse(
      (await this.expectSuccess(['show', '-json', 'plan.out'])).output,
    ) as PlanJson;
    return changes
      .filter(({ change }) => change.actions.join() !== 'no-op')
      .map(({ address, change }) => ({
        address,
        actions: change.actions,
        before: change.before,
        after: change.after,
        unknown: change.after_unknown ?? {},
      }));
  }

  apply(...flags: string[]): Promise<Run> {
    return this.run(['apply', '-input=false', '-no-color', '-auto-approve', ...flags]);
  }

  async expectApply(...flags: string[]): Promise<Run> {
    return this.expectSuccess(['apply', '-input=false', '-no-color', '-auto-approve', ...flags]);
  }

  async expectSuccess(args: readonly string[]): Promise<Run> {
    const run = await this.run(args);
    if (run.code !== 0) throw new Error(`terraform ${args.join(' ')} ended with ${run.code}:\n${run.output}`);
    return run;
  }

  /** The attributes of every object in state, by address. */
  state(): Record<string, Readonly<Record<string, unknown>>> {
    const file = join(this.folder, 'terraform.tfstate');
    if (!existsSync(file)) return {};
    const { resources } = JSON.parse(readFileSync(file, 'utf8')) as StateJson;
    return Object.fromEntries(
      resources.flatMap(({ type, name, instances }) =>
        instances.map(({ index_key: key, attributes }) => [
          `${type}.${name}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`,
          attributes,
        ]),
      ),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Record<string, unknown> | null;
      readonly after: Record<string, unknown> | null;
      readonly after_unknown?: Record<string, unknown>;
    };
  }[];
}

interface StateJson {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly index_key?: string | number;
      readonly attributes: Record<string, unknown>;
    }[];
  }[];
}
