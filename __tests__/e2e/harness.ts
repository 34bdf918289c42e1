/** A dialer and a Terraform workspace for each test, and the phones that the tests declare. */
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/emulator';
import { samplePhone } from '../../testing/sample-phone';
import { Workspace } from '../../testing/workspace';

export type Fields = Readonly<Record<string, unknown>>;

/** Passwords that stand nowhere else: a test can look for them in all that is printed. */
export const secrets = { api: 'apiSecret7431', agent: 'agentSecret9127', device: 'deviceSecret5806' };

export const users = [
  { user: 'planner', password: secrets.api },
  { user: 'nodelete', password: secrets.api, delete_phones: false },
  { user: 'sales', password: secrets.api, user_group: 'SALES' },
];

/** A phone with what add_phone requires, and these passwords. */
export function phone(extension: string, fields: Fields = {}): Record<string, unknown> {
  return samplePhone(extension, { phone_pass: secrets.agent, registration_password: secrets.device, ...fields });
}

/** So many phones, by the names of their resources: `p55000` and on. */
export function fleet(count: number): Record<string, Fields> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`p${55_000 + index}`, phone(String(55_000 + index))]),
  );
}

export interface Stage {
  readonly dialer: Emulator;
  readonly workspace: Workspace;
  /** The calls made to write since the last time, one line each; secrets are masked. */
  writes(): string[];
  /** Declares phones and aliases by the names of their resources, and nothing else. */
  declare(phones: Readonly<Record<string, Fields>>, aliases?: Readonly<Record<string, Fields>>): void;
}

/** Sets the stage before each test of a file, and clears it afterwards. */
export function useStage(options: EmulatorOptions = {}): Stage {
  let dialer: Emulator;
  let workspace: Workspace;

  beforeEach(async () => {
    dialer = await startEmulator({
      data: {
        servers: ['10.0.0.11', '10.0.0.12'],
        templates: ['SIP_generic'],
        user_groups: [{ name: 'ADMIN' }, { name: 'SALES', viewable_groups: ['SALES'] }],
        users,
      },
      ...options,
    });
    workspace = await Workspace.create({
      VICIDIAL_URL: dialer.url,
      VICIDIAL_USER: 'planner',
      VICIDIAL_PASSWORD: secrets.api,
    });
    await workspace.init();
  });

  afterEach(async () => {
    workspace.remove();
    await dialer.close();
  });

  return {
    get dialer() {
      return dialer;
    },
    get workspace() {
      return workspace;
    },
    writes() {
      const lines = dialer.journal.writes.map(String);
      dialer.journal.clear();
      return lines;
    },
    declare(phones, aliases = {}) {
      const resource = {
        ...(Object.keys(phones).length > 0 ? { vicidial_phone: phones } : {}),
        ...(Object.keys(aliases).length > 0 ? { vicidial_phone_alias: aliases } : {}),
      };
      workspace.configure(Object.keys(resource).length > 0 ? { resource } : {});
    },
  };
}
