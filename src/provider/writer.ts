/** Writes one object in apply, and reads what was stored. */
import { setTimeout as pause } from 'node:timers/promises';
import { PhonestateError } from '../model/failures';
import type { ObjectRef, Operation } from '../model/operation';
import type { Executed } from '../vicidial/api/execute';
import { lookUp, type LookupResult } from '../vicidial/api/lookup';
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
    // A replica still has what was just deleted.
    const look = operation.action === 'create' ? (object: ObjectRef) => this.#look(object) : undefined;
    const executed = await execute(client, operation, { look });
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

  /** Whether a new object exists. Where it can be read that is proof; else it may be hidden, or a replica may lag. */
  async #look(object: ObjectRef): Promise<LookupResult> {
    // Whatever the reader throws, the API can be asked.
    const stored = await this.readBefore().catch(() => undefined);
    this.#lastRead = stored;
    return stored ? 'found' : lookUp(await this.context.client(), object);
  }
}
