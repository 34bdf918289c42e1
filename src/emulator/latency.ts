import { setTimeout as pause } from 'node:timers/promises';

/** How long calls take on a dialer: a PHP process each, and one table that is locked by whoever writes. */
export class Latency {
  #last: Promise<void> = Promise.resolve();

  /**
   * @param latencyMs of each call; a write holds the table for a tenth of it
   */
  constructor(private readonly latencyMs: number) {}

  /** Waits as long as a call takes. */
  async wait(writing: boolean): Promise<void> {
    if (this.latencyMs === 0) return;
    await pause(this.latencyMs);
    if (!writing) return;
    this.#last = this.#last.then(() => pause(this.latencyMs / 10));
    await this.#last;
  }
}
