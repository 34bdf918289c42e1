/**
 * The keys that this process has created, adopted or updated. It never sends the deletion of one of them: whatever
 * went wrong in the plan, the phone that is there now is one that the configuration asked for. With adopt_existing and
 * create_before_destroy, for example, the new object adopts the phone that the deletion of the old one is about.
 *
 * It holds for the whole process, the time after the first Apply included, in which the ledger has ended.
 */
import type { ObjectType } from './claims';
import { objectKey } from './object-key';

export class WrittenKeys {
  readonly #keys = new Set<string>();

  /** Call it before the first call of a creation, adoption or update goes out: its outcome may stay unknown. */
  add(type: ObjectType, key: string): void {
    this.#keys.add(objectKey(type, key));
  }

  /** Whether a deletion must be refused. Call it immediately before the deletion goes out. */
  has(type: ObjectType, key: string): boolean {
    return this.#keys.has(objectKey(type, key));
  }
}
