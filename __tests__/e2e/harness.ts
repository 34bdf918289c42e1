/** What the end-to-end tests share: an emulator for each file, a workspace for each test, and phones to declare. */
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/emulator';
import { resetEmulator } from '../../testing/reset-emulator';
import { samplePhone } from '../../testing/sample-phone';
import { stateFile } from '../../testing/state-file';
import { Workspace, type WorkspaceOptions } from '../../testing/workspace';

export type Fields = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, Fields>>;

/** Passwords that are used for nothing else: a test can search all output for them. */
export const secrets = { api: 'apiSecret7431', agent: 'agentSecret9127', device: 'deviceSecret5806' };

/** The system that each test begins with: `planner` may do everything, the other users may not. */
export const system = {
  servers: ['10.0.0.11', '10.0.0.12'],
  templates: ['SIP_generic'],
  user_groups: [{ name: 'ADMIN' }, { name: 'SALES', viewable_groups: ['SALES'] }],
  users: [
    { user: 'planner', password: secrets.api },
    { user: 'nodelete', password: secrets.api, delete_phones: false },
    { user: 'sales', password: secrets.api, user_group: 'SALES' },
  ],
};

/** A phone with what add_phone requires, and the passwords above. */
export function phone(extension: string, fields: Fields = {}): Record<string, unknown> {
  return samplePhone(extension, { phone_pass: secrets.agent, registration_password: secrets.device, ...fields });
}

/** That many phones, by the names of their resources: `p55000` and so on. */
export function fleet(count: number): Record<string, Fields> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`p${55_000 + index}`, phone(String(55_000 + index))]),
  );
}

export interface Testbed {
  readonly emulator: Emulator;
  readonly workspace: Workspace;
  /** The calls made to write since the last time, one line each; secrets are masked. */
  writes(): string[];
  /** Declares phones and aliases by the names of their resources, and nothing else. */
  declare(phones: Resources, aliases?: Resources): void;
  /** Puts phones and aliases onto the server only, as someone does on the admin pages. */
  serve(phones: Resources, aliases?: Resources): void;
  /** Puts phones and aliases into state and onto the server, as an apply leaves them, without a run of the engine. */
  store(phones: Resources, aliases?: Resources): void;
}

export interface TestbedOptions extends Pick<WorkspaceOptions, 'provider' | 'file' | 'isSparing'> {
  readonly emulator?: EmulatorOptions;
  /** More variables for every run; asked for before each test. */
  readonly environment?: () => Readonly<Record<string, string>>;
}

/**
 * Starts an emulator for all tests of a file or a `describe`, resets it before each of them, and makes a workspace for
 * each. To be called where `beforeAll` may be.
 */
export function useTestbed({
  emulator: options = {},
  environment = () => ({}),
  ...workspaceOptions
}: TestbedOptions = {}): Testbed {
  const data = options.data ?? system;
  let emulator: Emulator;
  let workspace: Workspace;

  beforeAll(async () => {
    emulator = await startEmulator({ ...options, data });
  });

  beforeEach(async () => {
    resetEmulator(emulator, data);
    workspace = await Workspace.create({
      environment: {
        VICIDIAL_URL: emulator.url,
        VICIDIAL_USER: 'planner',
        VICIDIAL_PASSWORD: secrets.api,
        ...environment(),
      },
      ...workspaceOptions,
    });
  });

  afterEach(() => workspace.remove());
  afterAll(() => emulator.close());

  return {
    get emulator() {
      return emulator;
    },
    get workspace() {
      return workspace;
    },
    writes() {
      const lines = emulator.journal.writes.map(String);
      emulator.journal.clear();
      return lines;
    },
    declare(phones, aliases = {}) {
      const resource = Object.fromEntries(
        Object.entries({ vicidial_phone: phones, vicidial_phone_alias: aliases }).filter(
          ([, declared]) => Object.keys(declared).length > 0,
        ),
      );
      workspace.configure(Object.keys(resource).length > 0 ? { resource } : {});
    },
    serve(phones, aliases = {}) {
      for (const fields of Object.values(phones)) emulator.store.putPhone(columns(fields));
      for (const fields of Object.values(aliases)) {
        emulator.store.putAlias({ alias_id: '', alias_name: '', phone_logins: '', ...columns(fields) });
      }
    },
    store(phones, aliases = {}) {
      this.serve(phones, aliases);
      const home = emulator.url.replace(/^https?:\/\//u, '');
      const objects = Object.entries({ vicidial_phone: phones, vicidial_phone_alias: aliases }).flatMap(([type, all]) =>
        Object.entries(all).map(([name, fields]) => ({
          address: `${type}.${name}`,
          attributes: { system: home, ...fields },
        })),
      );
      workspace.write('terraform.tfstate', stateFile(objects));
    },
  };
}

/** The columns of an object: a list is joined with commas. */
function columns(fields: Fields): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
}
