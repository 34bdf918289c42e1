/** Calls that race: the server checks first and writes later, and others check between (vicidial-api.md, section 1). */
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from './faults';

/** A call starts at any moment within the longest one, and writes after up to an eighth of it. */
const writeShare = 1 / 8;

export interface RaceOptions {
  readonly seed: number;
  readonly max_ms: number;
}

/** The random moments of calls that race; without the setting there are none. The same seed gives the same moments. */
export class Races {
  #options: RaceOptions | undefined;
  #random: () => number = seededRandom(0);

  /**
   * @param settings may change while calls are made
   */
  constructor(private readonly settings: { readonly races?: RaceOptions | undefined }) {}

  /** Whether calls race. Without it, nothing may come between the checks of a call and its write. */
  get areOn(): boolean {
    return this.settings.races !== undefined;
  }

  beforeChecks(): Promise<void> {
    return this.#pause(1);
  }

  beforeWriting(): Promise<void> {
    return this.#pause(writeShare);
  }

  async #pause(share: number): Promise<void> {
    const { races } = this.settings;
    if (races !== this.#options) {
      this.#options = races;
      this.#random = seededRandom(races?.seed ?? 0);
    }
    await pause(this.#random() * (races?.max_ms ?? 0) * share);
  }
}
