/** Writes one object in apply, and reads what was stored. */
import { setTimeout as pause } from 'node:timers/promises';
import { PhonestateError } from '../model/failures';
import type { ObjectRef, Operation } from '../model/operation';
import type { Executed } from '../vicidial/api/execute';
import type { LookupResult } from '../vicidial/api/lookup';
import type { StoredValues } from '../vicidial/reader';
import type { RunContext } from './context';
import type { Executor } from './create';
import type { AnyReader } from './reader-choice';

/** What a read after a write showed. */
export type ReadBack =
  | { readonly status: 'read'; readonly stored: StoredValues }
  /** Nothing is read: there is no reader, verification is switched off, or the object is hidden now. */
  | { readonly status: 'not-read' }
  | { readonly status: 'failed'; readonly reason: string };

/** A replica lags: its row is read again after so many milliseconds each, as long as it does not agree. */
const lagPausesMs = [50, 100, 200, 400, 800, 1600];

export class Writer implements Executor {
  /** What verified the last create; spares a second reading of the same. */
  #lastRead: StoredValues | undefined;
  #isHidden = false;

  constructor(
    private readonly context: RunContext,
    private readonly object: ObjectRef,
  ) {}

  async execute(operation: Operation): Promise<Executed> {
    await this.context.checkSystem();
    const [client, { execute }] = await Promise.all([this.context.client(), import('../vicidial/api/execute')]);
    this.#lastRead = undefined;
    const executed = await execute(client, operation, { read: () => this.#readAfter(operation) });
    this.#isHidden ||= executed.hidden;
    return executed;
  }

  async isHidden(operation: Operation, error: unknown): Promise<boolean> {
    const [client, { isHidden }] = await Promise.all([this.context.client(), import('../vicidial/api/execute')]);
    this.#isHidden ||= await isHidden(client, operation, error);
    return this.#isHidden;
  }

  /**
   * Reads what is stored now.
   *
   * @param isAsPlanned whether that is what was sent: a replica is read until it is, for some seconds
   */
  async readBack(isAsPlanned: (stored: StoredValues) => boolean): Promise<ReadBack> {
    if (this.#lastRead && isAsPlanned(this.#lastRead)) return { status: 'read', stored: this.#lastRead };
    try {
      const reader = this.context.verifiesWrites && !this.#isHidden ? await this.context.reader() : undefined;
      return reader ? await this.#readUntil(reader, isAsPlanned) : { status: 'not-read' };
    } catch (error) {
      // Whatever was thrown, the object was written.
      return { status: 'failed', reason: error instanceof PhonestateError ? error.failure.what : String(error) };
    }
  }

  /** What is stored before an update; undefined where it cannot be read. */
  async readBefore(): Promise<StoredValues | undefined> {
    try {
      const reading = await (await this.context.reader())?.readAgain(this.object);
      return reading?.status === 'found' ? reading.values : undefined;
    } catch (error) {
      if (error instanceof PhonestateError) return undefined;
      throw error;
    }
  }

  async #readUntil(reader: AnyReader, isAsPlanned: (stored: StoredValues) => boolean): Promise<ReadBack> {
    // The admin pages show the database that the API writes to.
    const mayLag = reader.source === 'database' && (await reader.replica()) !== 'primary';
    const pauses = mayLag ? lagPausesMs : [];
    for (let read = 0; ; read += 1) {
      const reading = await reader.readAgain(this.object);
      const isDone = reading.status === 'found' && isAsPlanned(reading.values);
      const pauseMs = pauses[read];
      if (isDone || pauseMs === undefined) {
        if (reading.status === 'found') return { status: 'read', stored: reading.values };
        if (reading.status === 'hidden') return { status: 'not-read' };
        return { status: 'failed', reason: `The ${this.object.type.noun} ${this.object.id} was not found there.` };
      }
      await pause(pauseMs);
    }
  }

  /**
   * What a reader shows after a create or delete. "Found" is proof of a create. "Not found" is proof of a delete if the
   * database is no replica: the admin pages show a hidden object in the same way.
   */
  async #readAfter({ action }: Operation): Promise<LookupResult | undefined> {
    try {
      const reader = await this.context.reader();
      if (!reader) return undefined;
      if (action === 'create') {
        const reading = await reader.readAgain(this.object);
        this.#lastRead = reading.status === 'found' ? reading.values : undefined;
        return this.#lastRead && 'found';
      }
      if (reader.source === 'admin' || (await reader.replica()) !== 'primary') return undefined;
      const { status } = await reader.readAgain(this.object);
      return status === 'not-found' ? status : undefined;
    } catch {
      // Whatever the reader throws, the API can be asked.
      return undefined;
    }
  }
}
