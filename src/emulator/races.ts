/** Calls that race: the server checks first and writes later, and others check between (vicidial-api.md, section 1). */
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from './faults';

/** A call starts at any moment within the longest one, and writes after up to an eighth of it. */
const writeShare = 1 / 8;

export interface RaceOptions {
  readonly seed: number;
  readonly max_ms: number;
}

/** The random moments of calls that race; without options there are none. The same seed gives the same moments. */
export class Races {
  /** Whether calls race. Without it, nothing may come between the checks of a call and its write. */
  readonly areOn: boolean;
  readonly #maxMs: number;
  readonly #random: () => number;

  constructor(options?: RaceOptions) {
    this.areOn = options !== undefined;
    this.#maxMs = options?.max_ms ?? 0;
    this.#random = seededRandom(options?.seed ?? 0);
  }

  beforeChecks(): Promise<void> {
    return this.#pause(this.#maxMs);
  }

  beforeWriting(): Promise<void> {
    return this.#pause(this.#maxMs * writeShare);
  }

  async #pause(maxMs: number): Promise<void> {
    await pause(this.#random() * maxMs);
  }
}
