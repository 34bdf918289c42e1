/**
 * A walk over RPCs: requests and responses with the bytes of the wire in between, against an emulator. What a provider
 * answers is kept, so that a test can search all of it.
 */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../../src/emulator/emulator';
import { vicidialProvider } from '../../src/provider/provider';
import type { Provider, Resource } from '../../src/terraform/provider';
import { unknown, type ObjectValue, type Value } from '../../src/terraform/value';
import { decodeValue } from '../../src/terraform/wire/dynamic-value';
import { impliedType } from '../../src/terraform/wire/implied-type';
import type { UnaryRpc } from '../../src/terraform/wire/rpc-names';
import type { Message, Request, Response } from '../../src/terraform/wire/tfplugin6';
import { useTemporaryFolder } from '../temporary-folder';
import { dynamicValue, exchangeWith } from '../terraform/rpc/exchange';
import type { Arguments } from './plan-walk';

const temporary = useTemporaryFolder('file');

const capable = { client_capabilities: { write_only_attributes_allowed: true } };

/** One process of a provider of one resource type. */
export class RpcWalk {
  /** All that the provider answered. */
  readonly answers: string[] = [];
  readonly #resource: Resource;
  readonly #send: ReturnType<typeof exchangeWith>;

  private constructor(
    readonly provider: Provider,
    private readonly type: string,
  ) {
    const resource = provider.resources[type];
    if (!resource) throw new Error(`There is no resource ${type}.`);
    this.#resource = resource;
    this.#send = exchangeWith(provider);
  }

  /** @param settings arguments of the provider block */
  static async start(emulator: Pick<Emulator, 'url'>, settings: Arguments = {}, type = 'vicidial_phone') {
    const environment = {
      VICIDIAL_URL: emulator.url,
      VICIDIAL_USER: '6666',
      VICIDIAL_PASSWORD: 'admin1234',
      VICIDIAL_READ_FROM: 'api',
    };
    const provider = vicidialProvider(environment, { loginFolder: mkdtempSync(join(temporary.path, 'logins-')) });
    const walk = new RpcWalk(provider, type);
    await walk.send('ConfigureProvider', { config: dynamicValue(provider.schema, settings) });
    return walk;
  }

  /** Closes the connections, as the end of the process does. */
  async end(): Promise<void> {
    await this.provider.close?.();
  }

  /** Sends any RPC. */
  async send<Rpc extends UnaryRpc>(rpc: Rpc, request: Request<Rpc>): Promise<Response<Rpc>> {
    const response = await this.#send(rpc, request);
    this.answers.push(JSON.stringify(response, asText));
    return response;
  }

  async validate(config: Arguments, capabilities = capable): Promise<readonly string[]> {
    const request = { type_name: this.type, config: this.value(config), ...capabilities };
    return answerOf(await this.send('ValidateResourceConfig', request)).codes;
  }

  /** Plans an object: without `prior` a create, without `config` a delete. */
  async plan(config: Arguments | null, prior: Arguments | null = null, priorPrivate: Uint8Array = new Uint8Array()) {
    const { planned_state: planned, ...response } = await this.send('PlanResourceChange', {
      type_name: this.type,
      config: this.value(config),
      prior_state: this.value(prior),
      proposed_new_state: this.value(config && this.#proposed(config, prior)),
      prior_private: priorPrivate,
      ...capable,
    });
    const replaces = (response.requires_replace ?? []).length > 0;
    return { ...answerOf(response), object: this.decode(planned), private: response.planned_private, replaces };
  }

  /** Plans as an apply does, and applies: without `prior` a create. */
  async apply(config: Arguments, prior: Arguments | null = null) {
    const planned = await this.plan(config, prior);
    if (!planned.object || planned.isRefused) return planned;
    return this.applyPlanned(planned.object, config, prior);
  }

  /** Applies what was planned. */
  async applyPlanned(planned: ObjectValue, config: Arguments, prior: Arguments | null = null) {
    const { new_state: state, ...response } = await this.send('ApplyResourceChange', {
      type_name: this.type,
      config: this.value(config),
      prior_state: this.value(prior),
      planned_state: this.value(planned),
    });
    return { ...answerOf(response), object: this.decode(state), private: response.private, replaces: false };
  }

  async read(state: Arguments) {
    const { new_state: read, ...response } = await this.send('ReadResource', {
      type_name: this.type,
      current_state: this.value(state),
    });
    return { ...answerOf(response), object: this.decode(read), private: response.private, replaces: false };
  }

  /** An object as Terraform sends it. */
  value(object: Arguments | null): Message<'DynamicValue'> {
    return dynamicValue(this.#resource.schema, object);
  }

  /** As Terraform proposes: computed attributes that are not declared keep what they have, write-only ones are null. */
  #proposed(config: Arguments, prior: Arguments | null): Arguments {
    return Object.fromEntries(
      Object.entries(this.#resource.schema.attributes).map(([name, { computed, writeOnly }]): [string, Value] => {
        const proposed = computed ? (prior ? (prior[name] ?? null) : unknown) : null;
        return [name, writeOnly ? null : (config[name] ?? proposed)];
      }),
    );
  }

  /** An object as the provider answered it. */
  decode(value: Message<'DynamicValue'> | undefined): ObjectValue | null | undefined {
    return value && (decodeValue(impliedType(this.#resource.schema), value.msgpack) as ObjectValue | null);
  }
}

function answerOf({ diagnostics = [] }: { readonly diagnostics?: readonly Message<'Diagnostic'>[] }) {
  const texts = diagnostics.map(({ summary = '', detail = '' }) => `${summary}\n${detail}`);
  const codes = texts.map((text) => /Code: (\S+)$/mu.exec(text)?.[1] ?? text);
  return { codes, text: texts.join('\n'), isRefused: diagnostics.some(({ severity }) => severity === 1) };
}

/** Bytes as the text that they hold. */
function asText(_name: string, value: unknown): unknown {
  const bytes = value as { readonly type?: unknown; readonly data?: unknown } | null;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  return bytes?.type === 'Buffer' && Array.isArray(bytes.data) ? Buffer.from(bytes.data).toString('latin1') : value;
}
