/** An emulated system with a reader of its admin pages, for the tests of this folder. */
import { startEmulator, type Emulator, type EmulatorOptions } from '../../../src/emulator/emulator';
import { sampleSystem, type SystemInput } from '../../../src/emulator/system-data';
import { objectRef } from '../../../src/model/identity';
import type { ObjectRef } from '../../../src/model/operation';
import { phoneAliasType } from '../../../src/model/phone-alias-fields';
import { phoneType } from '../../../src/model/phone-fields';
import { readSettings, requireSettings, type GivenSettings } from '../../../src/settings/read-settings';
import { AdminReader } from '../../../src/vicidial/admin/admin-reader';
import type { VicidialClient } from '../../../src/vicidial/api/client';
import type { RetryPolicy } from '../../../src/vicidial/retry';
import { connectClient, singleAttempt } from '../../../testing/client';

type SystemUser = Partial<SystemInput['users'][number]>;

export class EmulatedSystem {
  /** What was logged, as it was given to the log. */
  readonly logged: unknown[] = [];
  readonly #opened: { close(): Promise<void> }[] = [];
  #emulator: Emulator | undefined;

  get emulator(): Emulator {
    if (!this.#emulator) throw new Error('the emulator is not started');
    return this.#emulator;
  }

  async start(data: Partial<SystemInput> = {}, options: Omit<EmulatorOptions, 'data'> = {}): Promise<void> {
    this.#emulator = await startEmulator({ ...options, data: { ...sampleSystem, ...data } });
  }

  /** Starts a system whose only user has these properties. */
  startWithUser(user: SystemUser, data: Partial<SystemInput> = {}): Promise<void> {
    return this.start({ ...data, users: [{ user: '6666', password: 'admin1234', ...user }] });
  }

  /** An API client and a reader that share one session. */
  connect(
    settings: GivenSettings = {},
    retryPolicy: RetryPolicy = singleAttempt,
  ): { readonly client: VicidialClient; readonly reader: AdminReader } {
    const collect = (...parts: unknown[]) => void this.logged.push(parts);
    const options = { retryPolicy, log: { debug: collect, warn: collect } };
    const client = connectClient(this.emulator.url, settings, options);
    const given = { url: this.emulator.url, user: '6666', password: 'admin1234', ...settings };
    const reader = new AdminReader(requireSettings(readSettings(given, {})), client.session);
    this.#opened.push(client, reader);
    return { client, reader };
  }

  /** The pages that were asked for, by the value of `ADD`. */
  get pages(): string[] {
    return this.emulator.pages.entries.map(({ add }) => add);
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.splice(0).map((each) => each.close()));
    await this.#emulator?.close();
    this.#emulator = undefined;
    this.logged.length = 0;
  }
}

export function phoneRef(extension: string, server_ip = '10.0.0.11'): ObjectRef {
  return objectRef(phoneType, { extension, server_ip });
}

export function aliasRef(alias_id: string): ObjectRef {
  return objectRef(phoneAliasType, { alias_id });
}
