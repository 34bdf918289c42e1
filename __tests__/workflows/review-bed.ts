/** What the tests of the forges share: a call centre whose state is on an HTTP backend, and an environment file of it. */
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { StateServer } from '../../testing/state-server';
import { system } from '../e2e/harness';

export class ReviewBed {
  private constructor(
    readonly emulator: Emulator,
    private readonly states: StateServer,
  ) {}

  static async start(): Promise<ReviewBed> {
    return new ReviewBed(await startEmulator({ data: system }), await StateServer.start());
  }

  /** An environment file with phones of these extensions. */
  file(extensions: readonly string[]): string {
    const address = this.states.url('production');
    const http = { address, lock_address: address, unlock_address: address };
    return JSON.stringify({
      version: 1,
      backend: { http },
      servers: { east: '10.0.0.11' },
      defaults: {
        ...{ protocol: 'SIP', local_gmt: '-5.00', outbound_cid: '7275551212', phone_full_name: 'Desk' },
        ...{ phone_login: '{extension}', dialplan_number: '{extension}', voicemail_id: '{extension}' },
        phone_pass: { variable: 'phone_pass' },
        registration_password: { variable: 'registration_password' },
      },
      phones: [{ server: 'east', extensions }],
    });
  }

  /** The extensions that the system has. */
  stored(): string[] {
    return this.emulator.store.phones.map(({ extension }) => String(extension)).sort();
  }

  async stop(): Promise<void> {
    await Promise.all([this.emulator.close(), this.states.close()]);
  }
}
