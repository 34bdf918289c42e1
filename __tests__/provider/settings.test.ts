/** How the provider reports its settings, and what it knows of them when resources are validated. */
import { vicidialProvider } from '../../src/provider/provider';
import type { Diagnostic } from '../../src/terraform/diagnostic';
import { unknown, type Value } from '../../src/terraform/value';
import { phone } from './server';

const url = 'https://vicidial.example.com/vicidial/non_agent_api.php';
const login = { VICIDIAL_URL: url, VICIDIAL_USER: '6666', VICIDIAL_PASSWORD: 'admin1234' };
const version = { terraformVersion: '1.11.4' };

/** A provider as one process has it. */
class Process {
  readonly #provider;

  constructor(environment: NodeJS.ProcessEnv = {}) {
    this.#provider = vicidialProvider(environment);
  }

  validateBlock(settings: Readonly<Record<string, Value>> = {}) {
    return this.#provider.validate?.(this.#block(settings)) ?? [];
  }

  configure(settings: Readonly<Record<string, Value>> = {}) {
    return this.#provider.configure(this.#block(settings), version);
  }

  async validate(fullName = 'Front desk'): Promise<readonly Diagnostic[]> {
    return (await this.#resource.validate?.(this.#config(fullName))) ?? [];
  }

  async plan(fullName = 'Front desk'): Promise<readonly Diagnostic[]> {
    const config = this.#config(fullName);
    const request = { config, prior: null, proposed: config, priorPrivate: new Uint8Array() };
    return this.#diagnose(async () => (await this.#resource.plan(request)).diagnostics);
  }

  async import(): Promise<readonly Diagnostic[]> {
    return this.#diagnose(async () => (await this.#resource.import?.('10.0.0.11/55000'))?.diagnostics);
  }

  async readServers(): Promise<readonly Diagnostic[]> {
    const source = this.#provider.dataSources?.vicidial_servers;
    return this.#diagnose(async () => (await source?.read({}))?.diagnostics);
  }

  get #resource() {
    const resource = this.#provider.resources.vicidial_phone;
    if (!resource) throw new Error('there is no vicidial_phone');
    return resource;
  }

  #config(fullName: string) {
    const nothing = Object.fromEntries(Object.keys(this.#resource.schema.attributes).map((name) => [name, null]));
    return { ...nothing, ...phone('55000'), phone_full_name: fullName };
  }

  #block(settings: Readonly<Record<string, Value>>) {
    const nothing = Object.fromEntries(Object.keys(this.#provider.schema.attributes).map((name) => [name, null]));
    return { ...nothing, ...settings };
  }

  async #diagnose(work: () => Promise<readonly Diagnostic[] | undefined>): Promise<readonly Diagnostic[]> {
    try {
      return (await work()) ?? [];
    } catch (error) {
      const described = this.#provider.describeError?.(error);
      if (!described) throw error;
      return described;
    }
  }
}

const texts = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ detail }) => detail).join('\n');

describe('letters of other scripts', () => {
  test('are not refused while non_latin is not known: in a test with a mock, and where its value is unknown', async () => {
    const mock = new Process();
    expect(await mock.validate('Käthe')).toEqual([]);
    for (const prepare of ['validateBlock', 'configure'] as const) {
      const process = new Process(login);
      expect(await process[prepare]({ non_latin: unknown })).toEqual([]);
      expect(await process.validate('Käthe')).toEqual([]);
    }
  });

  test('are refused by the plan where the provider block does not set non_latin', async () => {
    const process = new Process(login);
    expect(await process.configure()).toEqual([]);
    expect(texts(await process.validate('Käthe'))).toContain('value-characters');
    expect(texts(await process.plan('Käthe'))).toContain('value-characters');
  });

  test.each([
    ['1', []],
    ['false', [expect.objectContaining({ path: ['phone_full_name'] })]],
  ])(
    'are judged by the environment before there is a configuration: VICIDIAL_NON_LATIN=%s',
    async (value, expected) => {
      expect(await new Process({ VICIDIAL_NON_LATIN: value }).validate('Käthe')).toEqual(expected);
    },
  );

  test('are judged by the block where it says more than the environment', async () => {
    const process = new Process({ VICIDIAL_NON_LATIN: 'true' });
    expect(await process.validateBlock({ non_latin: false })).toEqual([]);
    expect(texts(await process.validate('Käthe'))).toContain('value-characters');
  });

  test.each([
    [true, false],
    [false, true],
  ])('are not refused where one of the instances of a block allows them: %s, %s', async (first, second) => {
    const process = new Process(login);
    await process.validateBlock({ non_latin: first });
    await process.validateBlock({ non_latin: second });
    expect(await process.validate('Käthe')).toEqual([]);
  });
});

describe('a wrong variable of the environment', () => {
  const wrong = { ...login, VICIDIAL_URL: `${url}\n`, VICIDIAL_VERIFY_WRITES: 'yes' };

  test('is reported by the provider block where that sets something', async () => {
    const process = new Process(wrong);
    for (const diagnostics of [
      await process.validateBlock({ user: '6666' }),
      await process.configure({ user: '6666' }),
    ])
      expect(texts(diagnostics)).toMatch(/VICIDIAL_URL[^]*VICIDIAL_VERIFY_WRITES/u);
  });

  test('is reported by the first object where the block is empty', async () => {
    const process = new Process(wrong);
    expect(texts(await process.validate())).toMatch(/VICIDIAL_URL[^]*VICIDIAL_VERIFY_WRITES/u);
    expect(await process.validate()).toEqual([]);
  });

  test.each(['plan', 'import', 'readServers'] as const)(
    'stops everything that is done for an object without a validation before: %s',
    async (call) => {
      const process = new Process({ ...wrong, VICIDIAL_PASSWORD: '' });
      expect(await process.validateBlock()).toEqual([]);
      expect(await process.configure()).toEqual([]);
      const diagnostics = await process[call]();
      expect(diagnostics).toHaveLength(1);
      expect(texts(diagnostics)).toMatch(/VICIDIAL_URL.*VICIDIAL_VERIFY_WRITES.*password is not set/u);
    },
  );

  test('where nothing is wrong but something is missing, one error of the block names it all', async () => {
    const process = new Process();
    expect(await process.validate()).toEqual([]);
    const diagnostics = await process.configure();
    expect(diagnostics).toHaveLength(1);
    expect(texts(diagnostics)).toContain('VICIDIAL_URL, VICIDIAL_USER, VICIDIAL_PASSWORD');
  });
});

describe('a line of the configuration that may have a secret in it', () => {
  test.each<Readonly<Record<string, Value>>>([
    { password: 'p@ss' },
    { database_url: 'mysql:/reader:word@db' },
    { url: 'https://6666:word@vicidial.example.com/' },
    { admin_url: 'https://vicidial.example.com/admin.php?pass=word' },
  ])('is not pointed at: %j', async (settings) => {
    const diagnostics = await new Process(login).validateBlock({ user: '6666', ...settings });
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.path).toBeUndefined();
  });

  test('is not pointed at where it may be all of the provider block', async () => {
    const process = new Process(login);
    expect(await process.validateBlock({ password: 'p@ss' })).toEqual([]);
    expect(texts(await process.validate())).toContain('password is not valid');
  });

  test('another line is pointed at', async () => {
    expect(await new Process(login).validateBlock({ verify_writes: true, user: 'api user' })).toMatchObject([
      { path: ['user'] },
    ]);
  });
});
