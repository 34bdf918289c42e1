/** Whether the API user may call a function, by a call that changes nothing: permission is checked before the fields are. */
import type { VicidialClient, ApiFunction } from './client';
import { meaningOf } from './reply-codes';

export class Permissions {
  readonly #asked = new Map<ApiFunction, Promise<void>>();

  constructor(private readonly client: VicidialClient) {}

  /**
   * Asks once for each function, however often it is needed.
   *
   * @throws PhonestateError the refusal: `function-not-allowed`, `permission-missing` or one about the login
   */
  require(name: ApiFunction): Promise<void> {
    let asked = this.#asked.get(name);
    if (!asked) {
      asked = this.#ask(name);
      this.#asked.set(name, asked);
    }
    return asked;
  }

  async #ask(name: ApiFunction): Promise<void> {
    const reply = await this.client.call(name);
    const { code, field } = meaningOf(reply);
    const passed = code === 'value-refused' && field === undefined;
    if (!passed) throw this.client.refusal(name, {}, reply);
  }
}
