/** Whether the API user may call a function. The server checks permission before fields, so a call without fields shows it and changes nothing. */
import type { VicidialClient } from './client';
import type { ApiFunction } from './request';

export class Permissions {
  readonly #checks = new Map<ApiFunction, Promise<void>>();

  constructor(private readonly client: VicidialClient) {}

  /**
   * Checks a permission, once for each function.
   *
   * @throws PhonestateError the refusal: `function-not-allowed`, `permission-missing` or one about the login
   */
  require(name: ApiFunction): Promise<void> {
    let check = this.#checks.get(name);
    if (!check) {
      check = this.#check(name);
      this.#checks.set(name, check);
    }
    return check;
  }

  async #check(name: ApiFunction): Promise<void> {
    const result = await this.client.send({ function: name, parameters: {} });
    if (!result.refusedField(undefined)) throw result.toError();
  }
}
