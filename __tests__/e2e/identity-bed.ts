/** An emulator that answers after a random time, and a workspace with one parallelism: for the tests of identities. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requiredProviders } from '../../src/cli/install';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { systemData } from '../../src/emulator/system-data';
import type { Run } from '../../testing/engine';
import { findings, type Finding } from '../../testing/findings';
import { providerFile } from '../../testing/provider-file';
import { stateFile } from '../../testing/state-file';
import { Workspace } from '../../testing/workspace';
import { secrets, system, type Fields } from './harness';

const maxDelayMs = 8;

/** Objects by address. */
export type Objects = Readonly<Record<string, Fields>>;
export type Environment = Readonly<Record<string, string>>;

export interface Result extends Run {
  readonly findings: readonly Finding[];
  /** The codes of its errors, without repetition. */
  readonly errors: readonly string[];
  /** The codes of its warnings, without repetition. */
  readonly warnings: readonly string[];
}

export interface PrepareOptions {
  readonly tainted?: readonly string[];
  /** Addresses of objects in state that the server does not have. */
  readonly missing?: readonly string[];
  /** The system that they belong to; null for state of version 0.1.0. Default: the emulator. */
  readonly system?: string | null;
}

/** What an apply changed. */
export interface Changes {
  readonly writes: readonly string[];
  readonly server: boolean;
  readonly state: boolean;
}

/** Attributes that only state has. */
const stateOnly = ['system', 'adopted', 'deletion_protection'];

/** An emulator, and a workspace in which the engine runs with one parallelism. */
export class Bed {
  private constructor(
    readonly emulator: Emulator,
    readonly workspace: Workspace,
    readonly parallelism: number,
  ) {}

  static async create(parallelism: number, seed: number, file = providerFile): Promise<Bed> {
    const emulator = await startEmulator({ data: system, randomDelay: { seed, maxMs: maxDelayMs } });
    const workspace = await Workspace.create({
      file,
      environment: {
        VICIDIAL_URL: emulator.url,
        VICIDIAL_USER: 'planner',
        VICIDIAL_PASSWORD: secrets.api,
        // Identities do not depend on the reader: by default they are tested with the fewest calls.
        VICIDIAL_READ_FROM: process.env.PHONESTATE_READ_FROM ?? 'api',
      },
    });
    return new Bed(emulator, workspace, parallelism);
  }

  /** The value of `system` where no name is set. */
  get system(): string {
    return this.emulator.url.replace(/^https?:\/\//u, '');
  }

  /** Puts objects into state, and onto the server: as an apply leaves them. */
  prepare(objects: Objects, options: PrepareOptions = {}): void {
    const { tainted = [], missing = [], system: home = this.system } = options;
    const entries = Object.entries(objects);
    this.workspace.write(
      'terraform.tfstate',
      stateFile(
        entries.map(([address, attributes]) => ({
          address,
          attributes: { system: home, ...attributes },
          tainted: tainted.includes(address),
        })),
      ),
    );
    this.serve(...entries.flatMap(([address, fields]) => (missing.includes(address) ? [] : [fields])));
  }

  /** Puts phones and aliases onto the server only, as someone does on the admin pages. */
  serve(...objects: readonly Fields[]): void {
    const isAlias = (fields: Fields) => 'alias_id' in fields;
    const { phones, aliases } = systemData.parse({
      ...system,
      phones: objects.filter((fields) => !isAlias(fields)).map(columns),
      aliases: objects.filter(isAlias).map(sent),
    });
    for (const row of phones) this.emulator.store.putPhone(row);
    for (const row of aliases) this.emulator.store.putAlias({ ...row, phone_logins: row.phone_logins.join(',') });
    this.emulator.journal.clear();
  }

  /** Declares resources by address, without an instance key, and what else the configuration has. */
  declare(resources: Objects, more: Readonly<Record<string, unknown>> = {}): void {
    this.workspace.configure({ ...byType(resources), ...more });
  }

  /** Writes a module into a folder of its name, and makes it known as `init` does. */
  writeModule(name: string, resources: Objects): void {
    mkdirSync(join(this.workspace.folder, name));
    mkdirSync(join(this.workspace.folder, '.terraform', 'modules'), { recursive: true });
    this.workspace.write(join(name, 'versions.tf'), requiredProviders());
    this.workspace.write(join(name, 'main.tf.json'), JSON.stringify(byType(resources)));
    const modules = [
      { Key: '', Source: '', Dir: '.' },
      { Key: name, Source: `./${name}`, Dir: name },
    ];
    this.workspace.write(join('.terraform', 'modules', 'modules.json'), JSON.stringify({ Modules: modules }));
  }

  /** `plan`, saved for `applyPlan`. */
  plan(flags: readonly string[] = [], environment: Environment = {}): Promise<Result> {
    return this.#run(['plan', '-input=false', '-detailed-exitcode', '-out=plan.out', ...flags], environment);
  }

  apply(flags: readonly string[] = [], environment: Environment = {}): Promise<Result> {
    return this.#run(['apply', '-input=false', '-auto-approve', ...flags], environment);
  }

  /** Applies the saved plan. */
  applyPlan(environment: Environment = {}): Promise<Result> {
    return this.#run(['apply', '-input=false', 'plan.out'], environment);
  }

  async expectNoChanges(flags: readonly string[] = [], environment: Environment = {}): Promise<Result> {
    return expectCode(0, await this.plan(flags, environment));
  }

  async expectApply(flags: readonly string[] = [], environment: Environment = {}): Promise<Result> {
    return expectCode(0, await this.apply(flags, environment));
  }

  /** Applies, and says what that changed. */
  async applyAndCompare(flags: readonly string[] = [], environment: Environment = {}) {
    const server = () => JSON.stringify([this.emulator.store.phones, this.emulator.store.aliases]);
    const before = { server: server(), state: this.stateText() };
    const result = await this.apply(flags, environment);
    const after = { server: server(), state: this.stateText() };
    const changes: Changes = {
      writes: this.writes(),
      server: before.server !== after.server,
      state: before.state !== after.state,
    };
    return { ...result, changes };
  }

  /** Expects an apply to fail with one of some codes and no other, and to change neither the server nor the state. */
  async expectRefusal(codes: readonly string[], flags: readonly string[] = [], environment: Environment = {}) {
    const { changes, ...result } = await this.applyAndCompare(flags, environment);
    expectCode(1, result);
    expectErrors(result, codes);
    expect(changes).toEqual({ writes: [], server: false, state: false });
    return result;
  }

  /** The calls made to write since the last time, one line each: function, key, names of the fields. */
  writes(): string[] {
    const { journal } = this.emulator;
    const lines = journal.writes.map(({ function: name, fields }) => {
      const { server_ip: server, extension, alias_id: alias, ...sent } = fields;
      return [name, alias ?? `${server}/${extension}`, Object.keys(sent).sort().join(',')].join(' ');
    });
    journal.clear();
    return lines;
  }

  /** The phones on the server: key and login. */
  phones(): Record<string, string | undefined> {
    return Object.fromEntries(
      this.emulator.store.phones.map(({ server_ip, extension, phone_login }) => [
        `${server_ip}/${extension}`,
        phone_login ?? undefined,
      ]),
    );
  }

  /** The objects in state: address and id. */
  state(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this.workspace.state()).map(([address, { id }]) => [address, id]));
  }

  attributes(address: string): Readonly<Record<string, unknown>> {
    return this.workspace.state()[address] ?? {};
  }

  /** The state file as it is, with taints and deposed objects. */
  stateText(): string {
    return readFileSync(join(this.workspace.folder, 'terraform.tfstate'), 'utf8');
  }

  async close(): Promise<void> {
    this.workspace.remove();
    await this.emulator.close();
  }

  async #run([command = '', ...args]: readonly string[], environment: Environment): Promise<Result> {
    // The record of refused logins is in the folder for temporary files.
    const own = { TMPDIR: this.workspace.folder, ...environment };
    const run = await this.workspace.run([command, '-json', `-parallelism=${this.parallelism}`, ...args], own);
    const found = findings(run.stdout);
    const codes = (severity: Finding['severity']) => [
      ...new Set(found.filter((each) => each.severity === severity).map(({ code, summary }) => code ?? summary)),
    ];
    return { ...run, findings: found, errors: codes('error').sort(), warnings: codes('warning').sort() };
  }
}

/** Resources by type and name, as the configuration has them; nothing where there are none. */
function byType(resources: Objects): Record<string, unknown> {
  const resource: Record<string, Record<string, Fields>> = {};
  for (const [address, fields] of Object.entries(resources)) {
    const [type = '', name = ''] = address.split('.');
    (resource[type] ??= {})[name] = fields;
  }
  return Object.keys(resource).length > 0 ? { resource } : {};
}

export function expectCode(code: number, result: Result): Result {
  if (result.code !== code) {
    const printed = result.findings.map(({ severity, summary, detail, code }) =>
      severity === 'error' ? `error: ${summary}\n${detail.replaceAll(/^/gmu, '  ')}` : `warning: ${code ?? summary}`,
    );
    throw new Error(
      `expected exit code ${code}, not ${result.code}:\n${[...new Set(printed)].join('\n') || result.output}`,
    );
  }
  return result;
}

/** Expects at least one error, and no code outside of a set. */
export function expectErrors(
  { errors, findings: found }: Pick<Result, 'errors' | 'findings'>,
  codes: readonly string[],
) {
  expect(errors).not.toEqual([]);
  const others = found.filter(({ severity, code = '' }) => severity === 'error' && !codes.includes(code));
  expect(others).toEqual([]);
}

/** The columns of a phone: its fields as strings. */
function columns(fields: Fields): Record<string, string> {
  // What a phone has are strings, but for the ring timeout.
  const values = Object.entries(sent(fields) as Readonly<Record<string, string | number>>);
  return Object.fromEntries(values.map(([name, value]) => [name, String(value)]));
}

/** Without the attributes that only state has. */
function sent(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !stateOnly.includes(name)));
}
