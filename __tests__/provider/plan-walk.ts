/** A walk in process, of a plan or an apply: the provider's own functions, called as Terraform calls them, against an emulator. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../../src/emulator/emulator';
import { vicidialProvider } from '../../src/provider/provider';
import type { Diagnostic } from '../../src/terraform/diagnostic';
import type { Provider, Resource } from '../../src/terraform/provider';
import { withoutWriteOnly } from '../../src/terraform/rpc/write-only';
import type { ObjectValue, Value } from '../../src/terraform/value';
import { useTemporaryFolder } from '../temporary-folder';

/** Holds a folder for each provider: the refused logins of one must not count for another. */
const temporary = useTemporaryFolder('file');

export type Arguments = Readonly<Record<string, Value>>;

export interface Outcome {
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  /** The codes of all diagnostics, errors first. */
  readonly codes: readonly string[];
  readonly planned: ObjectValue | null | undefined;
  /** The planned private data: what the second half of a replacement is planned with. */
  readonly marker: Uint8Array;
}

/** A resource or data source, as far as its schema. */
type Block = Pick<Resource, 'schema'>;

interface CallResult {
  readonly planned: ObjectValue | null | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly marker?: Uint8Array | undefined;
}

/** One configured provider, as one process of Terraform has it. */
export class PlanWalk {
  private constructor(private readonly provider: Provider) {}

  /**
   * Configures a provider.
   *
   * @param settings arguments of the provider block
   * @param variables of the environment, in place of those that the emulator needs; an empty one is not set
   * @throws Error where the configuration is refused
   */
  static async start(
    emulator: Pick<Emulator, 'url'>,
    settings: Arguments = {},
    variables: Readonly<Record<string, string>> = {},
  ): Promise<PlanWalk> {
    const environment = {
      VICIDIAL_URL: emulator.url,
      VICIDIAL_USER: '6666',
      VICIDIAL_PASSWORD: 'admin1234',
      // Tests of reading choose a reader themselves.
      VICIDIAL_READ_FROM: 'api',
      ...variables,
    };
    const loginFolder = mkdtempSync(join(temporary.path, 'logins-'));
    const provider = vicidialProvider(environment, { loginFolder });
    const config = { ...nulls(provider.schema.attributes), ...settings };
    const diagnostics = await provider.configure(config, { terraformVersion: '1.11.4' });
    if (diagnostics.some(({ severity }) => severity === 'error')) throw new Error(JSON.stringify(diagnostics));
    return new PlanWalk(provider);
  }

  /** Closes the connections, as the end of the process does. */
  async end(): Promise<void> {
    await this.provider.close?.();
  }

  /** Plans an object: without `prior` a create, without `config` a delete. */
  async plan(
    type: string,
    config: Arguments | null,
    prior: Arguments | null = null,
    priorPrivate: Uint8Array = new Uint8Array(),
  ): Promise<Outcome> {
    const resource = this.resource(type);
    return this.#outcome(resource, async () => {
      const request = {
        config: config && complete(resource, config),
        prior: prior && complete(resource, prior),
        proposed: null,
        priorPrivate,
      };
      const { planned, diagnostics = [], private: marker } = await resource.plan(request);
      return { planned, diagnostics, marker };
    });
  }

  /** Reads an object of the state. */
  async read(type: string, state: Arguments): Promise<Outcome> {
    const resource = this.resource(type);
    return this.#outcome(resource, async () => {
      const request = { state: complete(resource, state), private: new Uint8Array() };
      const { state: planned, diagnostics = [] } = await resource.read(request);
      return { planned, diagnostics };
    });
  }

  /** Shows an object of the state, as every walk begins: UpgradeResourceState. */
  async show(type: string, state: Arguments): Promise<Outcome> {
    const resource = this.resource(type);
    return this.#outcome(resource, () => {
      const diagnostics = resource.onPriorState?.(complete(resource, state)) ?? [];
      return { planned: undefined, diagnostics };
    });
  }

  /** Shows and reads an object of the state, as a plan walk begins. */
  async refresh(type: string, state: Arguments): Promise<Outcome> {
    const shown = await this.show(type, state);
    return shown.errors.length > 0 ? shown : this.read(type, state);
  }

  /** Plans an object that does not change. */
  async planNoOp(type: string, state: Arguments): Promise<Outcome> {
    const resource = this.resource(type);
    return this.#outcome(resource, async () => {
      const prior = complete(resource, state);
      const planned = await resource.planNoOp?.({ prior: () => prior, priorPrivate: new Uint8Array() });
      return { planned: prior, diagnostics: planned?.diagnostics ?? [], marker: planned?.private };
    });
  }

  /** Creates, updates or deletes an object, as an apply walk does after it has planned. The outcome has the new state. */
  async apply(
    type: string,
    planned: ObjectValue | null,
    prior: Arguments | null = null,
    marker: Uint8Array = new Uint8Array(),
  ): Promise<Outcome> {
    const resource = this.resource(type);
    return this.#outcome(resource, async () => {
      const before = prior && complete(resource, prior);
      if (planned === null) {
        const { diagnostics = [] } = await resource.delete({ prior: before ?? {}, private: marker });
        return { planned: null, diagnostics };
      }
      const request = { config: planned, planned, private: marker };
      const result = await (before ? resource.update({ ...request, prior: before }) : resource.create(request));
      return { planned: result.state, diagnostics: result.diagnostics ?? [], marker: result.private };
    });
  }

  async import(type: string, id: string): Promise<Outcome> {
    const resource = this.resource(type);
    return this.#outcome(resource, async () => {
      const { state, diagnostics = [] } = (await resource.import?.(id)) ?? {};
      return { planned: state, diagnostics };
    });
  }

  /** Reads a data source; the outcome has its state. */
  async readData(type: string, config: Arguments = {}): Promise<Outcome> {
    const source = this.provider.dataSources?.[type];
    if (!source) throw new Error(`no data source ${type}`);
    return this.#outcome(source, async () => {
      const { state, diagnostics = [] } = await source.read(complete(source, config));
      return { planned: state, diagnostics };
    });
  }

  resource(type: string): Resource {
    const resource = this.provider.resources[type];
    if (!resource) throw new Error(`no resource ${type}`);
    return resource;
  }

  /** The object is what Terraform gets: without the values of write-only arguments, and null where nothing is set. */
  async #outcome({ schema }: Block, work: () => CallResult | Promise<CallResult>): Promise<Outcome> {
    try {
      const { planned, diagnostics, marker } = await work();
      const sent = planned && withoutWriteOnly(schema, complete({ schema }, planned));
      return outcomeOf(diagnostics, sent, marker);
    } catch (error) {
      const described = this.provider.describeError?.(error, schema);
      if (!described) throw error;
      return outcomeOf(described, undefined);
    }
  }
}

function outcomeOf(
  diagnostics: readonly Diagnostic[],
  planned: ObjectValue | null | undefined,
  marker: Uint8Array = new Uint8Array(),
): Outcome {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
  const codes = [...errors, ...warnings].map(({ detail = '' }) => /Code: (\S+)$/mu.exec(detail)?.[1] ?? detail);
  return { errors, warnings, codes, planned, marker };
}

/** With null for each attribute that is not set. */
function complete({ schema }: Block, values: Arguments): ObjectValue {
  return { ...nulls(schema.attributes), ...values };
}

function nulls(attributes: Readonly<Record<string, unknown>>): Record<string, null> {
  return Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));
}
