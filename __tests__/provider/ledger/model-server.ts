/** A server with what VICIdial checks about keys and phone logins. */
import { identityKey } from '../../../src/model/identity';
export interface Phone {
  readonly key: string;
  readonly login: string;
}

/** What VICIdial checks about keys and logins (vicidial-api.md, sections 4 and 5). */
export class ModelServer {
  readonly #phones = new Map<string, Phone>();

  constructor(phones: readonly Phone[]) {
    for (const phone of phones) this.#phones.set(identityKey(phone.key), phone);
  }

  find(key: string): Phone | undefined {
    return this.#phones.get(identityKey(key));
  }

  usersOf(login: string): Phone[] {
    return [...this.#phones.values()].filter((phone) => identityKey(phone.login) === identityKey(login));
  }

  /** update_phone refuses a login only for phones of another server and another extension. */
  isRefusedOnUpdate(key: string, login: string): boolean {
    const [server, extension] = identityKey(key).split('/');
    return this.usersOf(login).some((user) => {
      const [otherServer, otherExtension] = identityKey(user.key).split('/');
      return otherServer !== server && otherExtension !== extension;
    });
  }

  add(key: string, login: string): void {
    if (this.find(key)) throw new Error(`${key} exists`);
    if (this.usersOf(login).length > 0) throw new Error(`${login} is in use`);
    this.#phones.set(identityKey(key), { key, login });
  }

  update(key: string, login: string): void {
    if (!this.find(key)) throw new Error(`${key} does not exist`);
    if (this.isRefusedOnUpdate(key, login)) throw new Error(`${login} is in use`);
    this.#phones.set(identityKey(key), { key, login });
  }

  delete(key: string): void {
    this.#phones.delete(identityKey(key));
  }
}

export type Operation = { readonly call: 'add' | 'update' | 'delete'; readonly key: string; readonly login: string };
