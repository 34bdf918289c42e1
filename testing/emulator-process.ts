/** The emulator in a process of its own, as a user starts it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { request } from 'undici';
import type { Phone } from '../src/emulator/store';

const command = join(__dirname, '..', 'dist', 'phonestate.js');
/** A user of the sample system. */
const user = { VICIDIAL_USER: '6666', VICIDIAL_PASSWORD: 'admin1234' };

export class EmulatorProcess {
  private constructor(
    private readonly process: ChildProcess,
    /** The address of the API. */
    readonly url: string,
  ) {}

  /** Starts it; without a `--data` among the flags, with its sample system. */
  static async start(...flags: readonly string[]): Promise<EmulatorProcess> {
    const child = spawn(process.execPath, [command, 'emulator', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: child.stdout })) {
      const [url] = /http\S+non_agent_api\.php/u.exec(line) ?? [];
      if (url) return new EmulatorProcess(child, url);
    }
    throw new Error('The emulator did not start.');
  }

  /** The environment variables with which the provider reaches it. */
  get environment(): Record<string, string> {
    return { VICIDIAL_URL: this.url, ...user };
  }

  /** The number of calls that write since it started, with `--inspect`. */
  async writes(): Promise<number> {
    const journal = await this.view<{ readonly writing: boolean }>('journal');
    return journal.filter(({ writing }) => writing).length;
  }

  /** The number of calls or of admin pages since it started, with `--inspect`. */
  async count(view: 'journal' | 'pages'): Promise<number> {
    return (await this.view(view)).length;
  }

  /** The phones that it has, with their passwords, with `--inspect`. */
  phones(): Promise<readonly Phone[]> {
    return this.view<Phone>('phones?secrets=1');
  }

  /** @returns the exit code; null where it did not handle the signal */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.process.exitCode === null) {
      this.process.kill(signal);
      await once(this.process, 'exit');
    }
    return this.process.exitCode;
  }

  private async view<T>(name: string): Promise<readonly T[]> {
    const { body } = await request(new URL(`/_emulator/${name}`, this.url));
    return (await body.json()) as readonly T[];
  }
}
