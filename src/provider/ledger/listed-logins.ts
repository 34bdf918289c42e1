/** The phone logins that the phone aliases of a plan list. */
import { identityKey } from '../../model/identity';
import type { PlannedObject } from './claims';

export class ListedLogins {
  readonly #aliases = new Map<string, Set<PlannedObject>>();

  add(alias: PlannedObject, login: string): void {
    const at = identityKey(login);
    this.#aliases.set(at, (this.#aliases.get(at) ?? new Set()).add(alias));
  }

  /** The aliases that list a login. */
  of(login: string): PlannedObject[] {
    return [...(this.#aliases.get(identityKey(login)) ?? [])];
  }
}
