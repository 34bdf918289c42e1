/** One emulated system as each reader sees it: what tests of reading share. */
import type { Phone } from '../../src/emulator/store';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import type { SystemInput } from '../../src/emulator/system-data';
import { PlanWalk, type Arguments } from './plan-walk';

export const system: SystemInput = {
  servers: ['10.0.0.11', '10.0.0.12'],
  templates: ['SIP_generic', 'WebRTC'],
  user_groups: [{ name: 'ADMIN' }, { name: 'SALES', viewable_groups: ['SALES'] }],
  users: [
    { user: '6666', password: 'admin1234' },
    { user: 'nodelete', password: 'admin1234', delete_phones: false },
  ],
};

/** A phone in state, of which only the key is known, but for the fields given. */
export function inState(extension: string, fields: Arguments = {}): Arguments {
  return { id: `10.0.0.11/${extension}`, server_ip: '10.0.0.11', extension, ...fields };
}

export interface ReadSystem {
  readonly reader: string;
  readonly emulator: Emulator;
  /** Stores a phone of 10.0.0.11 by other means than the API. What is not given is NULL, or the column's default. */
  store(extension: string, columns: Phone): Promise<void>;
  start(settings?: Arguments): Promise<PlanWalk>;
}

/** The admin pages of an emulator. */
class AdminSystem implements ReadSystem {
  readonly reader = 'admin';
  #emulator: Emulator | undefined;

  get emulator(): Emulator {
    if (!this.#emulator) throw new Error('The emulator is started before the tests.');
    return this.#emulator;
  }

  async open(): Promise<void> {
    this.#emulator = await startEmulator({ data: system });
  }

  async close(): Promise<void> {
    await this.emulator.close();
  }

  store(extension: string, columns: Phone): Promise<void> {
    this.emulator.store.putPhone({ server_ip: '10.0.0.11', extension, ...columns });
    return Promise.resolve();
  }

  start(settings: Arguments = {}): Promise<PlanWalk> {
    return PlanWalk.start(this.emulator, { read_from: this.reader, ...settings });
  }
}

/** The systems, one for each reader. To be called where `beforeAll` may be. */
export function useReaders(): readonly ReadSystem[] {
  const systems = [new AdminSystem()];
  beforeAll(() => Promise.all(systems.map((each) => each.open())));
  afterAll(() => Promise.all(systems.map((each) => each.close())));
  return systems;
}
