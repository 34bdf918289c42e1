/** The emulated API without HTTP, to see what the server stores after the calls of a diff. */
import { NonAgentApi } from '../../src/emulator/non-agent-api';
import type { Phone } from '../../src/emulator/store';
import { sampleSystem, systemData } from '../../src/emulator/system-data';
import type { Operation } from '../../src/model/operation';
import { Secret } from '../../src/model/secret';

const login = { user: '6666', pass: 'admin1234', source: 'test' };

export class EmulatedApi {
  readonly #api: NonAgentApi;

  /**
   * @param servers more servers, beside those of the sample system
   * @param templates ids of the templates that exist; VICIdial has none of fewer than two bytes
   */
  constructor({ servers = [], templates = [], nonLatin = false }: EmulatedSystem = {}) {
    this.#api = new NonAgentApi(
      systemData.parse({
        ...sampleSystem,
        servers: [...sampleSystem.servers, ...servers],
        templates: templates.filter((id) => Buffer.byteLength(id) >= 2),
        use_non_latin: nonLatin,
      }),
    );
  }

  /** The row of the only phone. */
  get phone(): Phone | undefined {
    const [phone, other] = this.#api.store.phones;
    if (other) throw new Error('There is more than one phone.');
    return phone;
  }

  /** Executes an operation, and returns whether the server answers SUCCESS. */
  execute({ function: name, parameters }: Operation): boolean {
    const sent = Object.entries(parameters).map(
      ([field, value]) => [field, value instanceof Secret ? value.open() : value] as const,
    );
    return this.#api
      .call(new Map([['function', name], ...sent, ...Object.entries(login)]))
      .body.startsWith('SUCCESS: ');
  }
}

interface EmulatedSystem {
  readonly servers?: readonly string[];
  readonly templates?: readonly string[];
  readonly nonLatin?: boolean;
}
