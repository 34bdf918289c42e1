import { setTimeout as pause } from 'node:timers/promises';

/** Simulates the time that calls take: a PHP process each, and writes that queue for one table (vicidial-api.md, section 1). */
export class Latency {
  #lastWrite: Promise<void> = Promise.resolve();

  /**
   * @param latencyMs the time of each call; a write also locks the table for a tenth of it
   */
  constructor(private readonly latencyMs: number) {}

  /** Waits as long as a call takes. */
  async wait(writing: boolean): Promise<void> {
    if (this.latencyMs === 0) return;
    await pause(this.latencyMs);
    if (!writing) return;
    this.#lastWrite = this.#lastWrite.then(() => pause(this.latencyMs / 10));
    await this.#lastWrite;
  }
}
