/** The time that calls take. */
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from './faults';

/** A random time for each call, so that calls overtake each other. The same seed gives the same times. */
export interface RandomDelay {
  readonly seed: number;
  readonly maxMs: number;
}

export interface LatencyOptions {
  /** The time of each call; a write also locks the table for a tenth of it. Default: 0. */
  readonly latencyMs?: number | undefined;
  /** Added to the time of each call. Default: none. */
  readonly randomDelay?: RandomDelay | undefined;
}

/** Simulates the time that calls take: a PHP process each, and writes that queue for one table (vicidial-api.md, section 1). */
export class Latency {
  readonly #latencyMs: number;
  readonly #maxRandomMs: number;
  readonly #random: () => number;
  #lastWrite: Promise<void> = Promise.resolve();

  constructor({ latencyMs = 0, randomDelay = { seed: 0, maxMs: 0 } }: LatencyOptions) {
    this.#latencyMs = latencyMs;
    this.#maxRandomMs = randomDelay.maxMs;
    this.#random = seededRandom(randomDelay.seed);
  }

  /** Waits as long as a call takes. */
  async wait(writing: boolean): Promise<void> {
    const duration = this.#latencyMs + this.#random() * this.#maxRandomMs;
    if (duration === 0) return;
    await pause(duration);
    if (!writing || this.#latencyMs === 0) return;
    this.#lastWrite = this.#lastWrite.then(() => pause(this.#latencyMs / 10));
    await this.#lastWrite;
  }
}
