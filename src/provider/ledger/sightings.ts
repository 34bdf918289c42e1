/** What a walk has seen of stored objects before it plans them, by key. */
import type { ObjectType } from './claims';
import { objectKey } from './object-key';

interface Sighting {
  /** Objects of this key in state, whether this walk plans them or not. */
  stored: number;
  imported: number;
  /** How often Read has found the key on the server. */
  found: number;
  /** How many objects with this prior key were planned. */
  planned: number;
  /** The login in state of the object that was read, the last one if there are several. */
  login: string | undefined;
}

export class Sightings {
  readonly #byKey = new Map<string, Sighting>();

  of(type: ObjectType, key: string): Sighting {
    const at = objectKey(type, key);
    const sighting = this.#byKey.get(at) ?? { stored: 0, imported: 0, found: 0, planned: 0, login: undefined };
    this.#byKey.set(at, sighting);
    return sighting;
  }

  /**
   * Whether the planning of a creation with this key, without private data, is taken for that of a tainted object: Read
   * has found the key, and the object that was read has not been planned yet.
   */
  isTainted(type: ObjectType, key: string): boolean {
    const { found, planned } = this.of(type, key);
    return found > planned;
  }

  /** Whether state has the key, or this walk has imported it. */
  isStored(type: ObjectType, key: string): boolean {
    const { stored, imported } = this.of(type, key);
    return stored + imported > 0;
  }
}
