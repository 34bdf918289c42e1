/** Records the requests for admin pages in order, apart from the calls of the API. */
const maxEntries = 200_000;

export interface ServedPage {
  /** When it was answered, in milliseconds since 1970. */
  readonly at: number;
  /** The user of the login, whether it succeeded or not. */
  readonly user: string;
  /** The parameter `ADD`, which selects the page. */
  readonly add: string;
  /** The object asked for: SERVER_IP/EXTENSION, or the id of an alias; empty for lists. */
  readonly key: string;
  readonly status: number;
  /** The size of the body as it was sent: compressed, and as far as a fault let it through. */
  readonly bytes: number;
  /** The kind of the fault, where one applied. */
  readonly fault?: string;
}

export interface PageJournalEntry extends ServedPage {
  readonly sequence: number;
}

export class PageJournal {
  #entries: PageJournalEntry[] = [];
  #sequence = 0;

  /** The recorded pages; beyond 200,000 the oldest are dropped. */
  get entries(): readonly PageJournalEntry[] {
    return this.#entries;
  }

  clear(): void {
    this.#entries = [];
  }

  add(served: ServedPage): void {
    this.#sequence += 1;
    this.#entries.push({ sequence: this.#sequence, ...served });
    if (this.#entries.length > maxEntries) this.#entries.splice(0, maxEntries / 2);
  }
}
