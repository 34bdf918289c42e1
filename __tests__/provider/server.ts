/** What the tests of the provider share: an emulated server for each test, and phones to declare, store and plan. */
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { sampleSystem, type SystemInput } from '../../src/emulator/system-data';
import type { ObjectValue, Value } from '../../src/terraform/value';
import { samplePhone } from '../../testing/sample-phone';
import { PlanWalk, type Arguments, type Outcome } from './plan-walk';

/** A phone as it is declared. */
export function phone(extension: string, fields: Arguments = {}): Arguments {
  // A sample phone has strings only.
  return samplePhone(extension, fields) as Readonly<Record<string, Value>>;
}

/** A phone as the state has it. */
export function inState(extension: string, fields: Arguments = {}): Arguments {
  return { ...phone(extension, fields), id: `10.0.0.11/${extension}` };
}

export const desks: Arguments = { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000'] };

export class Server {
  #emulator: Emulator | undefined;

  get emulator(): Emulator {
    if (!this.#emulator) throw new Error('The emulator is started before each test.');
    return this.#emulator;
  }

  async open(): Promise<void> {
    this.#emulator = await startEmulator({ data: sampleSystem });
  }

  /** Configures a provider that connects to this server. */
  start(settings: Arguments = {}): Promise<PlanWalk> {
    return PlanWalk.start(this.emulator, settings);
  }

  /** Adds a phone by hand. */
  store(extension: string, fields: Record<string, string> = {}): void {
    this.emulator.store.putPhone({ server_ip: '10.0.0.11', extension, phone_login: extension, ...fields });
  }

  stored(extension: string) {
    return this.emulator.store.phone('10.0.0.11', extension);
  }

  /** Changes the API user. */
  asUser(changes: Partial<SystemInput['users'][number]>): void {
    Object.assign(this.emulator.store.users.get('6666') ?? {}, changes);
  }

  /** The calls that changed something, one line each. */
  writes(): string[] {
    return this.emulator.journal.entries.filter(({ changed }) => changed).map(String);
  }
}

/** A server for each test of a file. To be called where `beforeEach` may be. */
export function useServer(): Server {
  const server = new Server();
  beforeEach(() => server.open());
  afterEach(() => server.emulator.close());
  return server;
}

/** The texts of all diagnostics. */
export function details({ errors, warnings }: Outcome): string {
  return [...errors, ...warnings].map(({ detail }) => detail).join('\n');
}

/** The object that an outcome has, without which its test makes no sense. */
export function plannedBy({ planned, codes }: Outcome): ObjectValue {
  if (!planned) throw new Error(`nothing is planned: ${codes.join(', ')}`);
  return planned;
}
