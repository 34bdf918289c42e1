/** A headless Chromium for tests of pages, through its debugging protocol over two pipes. It loads local files only. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import which from 'which';

/** The program; undefined where none is installed. */
export function findChromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  return names.map((name) => which.sync(name, { nothrow: true })).find((path) => path !== null) ?? undefined;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class Chromium {
  /** What the page wrote to the console, and what failed in it. */
  readonly problems: string[] = [];
  /** The addresses that the page has loaded. */
  readonly requests: string[] = [];
  readonly #waiting = new Map<number, Waiting>();
  #received = '';
  #session: string | undefined;
  #lastId = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly input: Writable,
    private readonly folder: string,
  ) {}

  /** Starts the program with one page. */
  static async start(program: string): Promise<Chromium> {
    const folder = mkdtempSync(join(tmpdir(), 'phonestate-chromium-'));
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
    const child = spawn(program, [...flags, '--remote-debugging-pipe', `--user-data-dir=${folder}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      // A group of its own: its processes write into the folder until the last of them has ended.
      detached: true,
    });
    // The two pipes of the protocol, which the types of spawn do not know.
    const [input, output] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
    const chromium = new Chromium(child, input, folder);
    output.setEncoding('utf8').on('data', (text: string) => chromium.#receive(text));
    const { targetId } = await chromium.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
    const attached = await chromium.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
    chromium.#session = attached.sessionId;
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await chromium.send(`${domain}.enable`);
    return chromium;
  }

  /** Calls a method of the protocol. */
  send<T>(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<T> {
    this.#lastId += 1;
    const id = this.#lastId;
    const session = this.#session === undefined ? {} : { sessionId: this.#session };
    this.input.write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    return new Promise<T>((resolve, reject) => {
      // The caller names the result of the method that it calls.
      this.#waiting.set(id, { resolve: (result) => resolve(result as T), reject });
    });
  }

  /** Opens a page and waits until it is loaded. */
  async open(url: string): Promise<void> {
    await this.send('Page.navigate', { url });
    for (let tries = 0; tries < 200; tries += 1) {
      const isLoaded = `document.readyState === 'complete' && location.href === ${JSON.stringify(url)}`;
      if (await this.evaluate<boolean>(isLoaded)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${url} is not loaded after ten seconds.`);
  }

  /** The value of an expression in the page. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result } = await this.send<{ result: { value: T } }>('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    return result.value;
  }

  /** Presses and releases a key. */
  async press(key: string, text?: string): Promise<void> {
    const code = keyCodes[key] ?? key.toUpperCase().charCodeAt(0);
    const event = { key, windowsVirtualKeyCode: code, ...(text === undefined ? {} : { text }) };
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
  }

  async type(text: string): Promise<void> {
    for (const character of text) await this.press(character, character);
  }

  /** Sets the size of the window and the colour scheme. */
  async show(width: number, scheme: 'light' | 'dark'): Promise<void> {
    await this.send('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: false });
    const features = [{ name: 'prefers-color-scheme', value: scheme }];
    await this.send('Emulation.setEmulatedMedia', { features });
  }

  /** The picture of the window, as PNG. */
  async screenshot(): Promise<Buffer> {
    const { data } = await this.send<{ data: string }>('Page.captureScreenshot', { format: 'png' });
    return Buffer.from(data, 'base64');
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    if (this.child.exitCode === null && this.child.pid !== undefined) process.kill(-this.child.pid, 'SIGKILL');
    await ended;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  #receive(text: string): void {
    const parts = (this.#received + text).split('\0');
    this.#received = parts.pop() ?? '';
    // Chromium writes messages of this form.
    for (const part of parts) this.#handle(JSON.parse(part) as Message);
  }

  #handle({ id, method, params, result, error }: Message): void {
    if (method === 'Network.requestWillBeSent') this.requests.push(requestUrl(params));
    else if (method !== undefined && problemEvents.includes(method)) this.problems.push(JSON.stringify(params));
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || !waiting) return;
    this.#waiting.delete(id);
    if (error) waiting.reject(new Error(error.message));
    else waiting.resolve(result);
  }
}

const problemEvents = ['Runtime.consoleAPICalled', 'Runtime.exceptionThrown', 'Log.entryAdded'];

const keyCodes: Readonly<Record<string, number>> = { Tab: 9, Enter: 13, Escape: 27, ' ': 32, '/': 191 };

function requestUrl(params: Readonly<Record<string, unknown>> = {}): string {
  const { request } = params as { readonly request?: { readonly url: string } };
  return request?.url ?? '';
}
