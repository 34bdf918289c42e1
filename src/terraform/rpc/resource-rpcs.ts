/** The calls that carry values, with the rules that Terraform enforces (protocol facts, sections 3 and 4). */
import { withEmptyBlocks } from './empty-blocks';
import type { Handlers } from './dispatch';
import type { Diagnostic } from '../diagnostic';
import { diagnosticMessages, pathMessage } from '../wire/diagnostic-message';
import { impliedType } from '../wire/implied-type';
import { log } from '../plugin/logger';
import { decodeValue, encodeValue } from '../wire/dynamic-value';
import type { DataSource, Provider, Resource } from '../provider';
import { parseState, valueFromState } from '../wire/raw-state';
import { encodableState } from './partial-state';
import type { Block } from '../schema';
import type { ObjectValue } from '../value';
import { withoutWriteOnly } from './write-only';

type ValueCall =
  | 'ValidateProviderConfig'
  | 'ValidateResourceConfig'
  | 'ValidateDataResourceConfig'
  | 'UpgradeResourceState'
  | 'ConfigureProvider'
  | 'ReadResource'
  | 'PlanResourceChange'
  | 'ApplyResourceChange'
  | 'ImportResourceState'
  | 'ReadDataSource';

interface Wire {
  readonly msgpack?: Uint8Array;
}

const noBytes = new Uint8Array();

export function valueCalls(provider: Provider): Handlers<ValueCall> {
  /** Runs what the provider does, with what it throws as diagnostics. */
  async function guarded<T extends object>(
    work: () => Promise<T>,
  ): Promise<T | { readonly diagnostics: ReturnType<typeof diagnosticMessages> }> {
    try {
      return await work();
    } catch (error) {
      return { diagnostics: diagnosticMessages(describe(provider, error)) };
    }
  }

  function resourceOf(name = ''): Resource {
    const resource = provider.resources[name];
    if (!resource) throw new Error(`the provider has no resource ${name}`);
    return resource;
  }

  function dataSourceOf(name = ''): DataSource {
    const source = provider.dataSources?.[name];
    if (!source) throw new Error(`the provider has no data source ${name}`);
    return source;
  }

  return {
    ValidateProviderConfig: ({ config }) =>
      guarded(async () => ({
        diagnostics: diagnosticMessages(await provider.validate?.(presentOf(provider.schema, config))),
      })),

    ValidateResourceConfig: ({ type_name, config, client_capabilities }) =>
      guarded(async () => {
        const resource = resourceOf(type_name);
        const object = presentOf(resource.schema, config);
        const diagnostics = [...((await resource.validate?.(object)) ?? [])];
        if (!client_capabilities?.write_only_attributes_allowed)
          withoutWriteOnly(resource.schema, object, (path) => diagnostics.push(tooOld(path)));
        return { diagnostics: diagnosticMessages(diagnostics) };
      }),

    ValidateDataResourceConfig: ({ type_name, config }) =>
      guarded(async () => {
        const source = dataSourceOf(type_name);
        return { diagnostics: diagnosticMessages(await source.validate?.(presentOf(source.schema, config))) };
      }),

    UpgradeResourceState: ({ type_name, version = 0, raw_state }) =>
      guarded(async () => {
        const resource = resourceOf(type_name);
        const { schema } = resource;
        const state = parseState(raw_state?.json ?? noBytes);
        // The value of a block's type is an object.
        const upgraded =
          version < schema.version && resource.upgrade
            ? await resource.upgrade({ version, state })
            : (valueFromState(impliedType(schema), state) as ObjectValue);
        resource.onPriorState?.(upgraded);
        return { upgraded_state: wireOf(schema, upgraded) };
      }),

    ConfigureProvider: ({ terraform_version = '', config }) =>
      guarded(async () => {
        const diagnostics = await provider.configure(presentOf(provider.schema, config), {
          terraformVersion: terraform_version,
        });
        return { diagnostics: diagnosticMessages(diagnostics) };
      }),

    ReadResource: ({ type_name, current_state, private: recorded = noBytes }) =>
      guarded(async () => {
        const resource = resourceOf(type_name);
        const { schema } = resource;
        const {
          state,
          private: next = recorded,
          diagnostics,
        } = await resource.read({ state: presentOf(schema, current_state), private: recorded });
        return { new_state: wireOf(schema, state), private: next, diagnostics: diagnosticMessages(diagnostics) };
      }),

    PlanResourceChange: ({ type_name, prior_state, proposed_new_state, config, prior_private: recorded = noBytes }) => {
      // Equal values are equal bytes. Where nothing is proposed that is not there already, the plan is what there is,
      // and the provider is not asked: that is most objects of most plans.
      if (sameBytes(prior_state, proposed_new_state))
        return { planned_state: prior_state ?? {}, planned_private: recorded };
      return guarded(async () => {
        const resource = resourceOf(type_name);
        const { schema } = resource;
        const proposed = objectOf(schema, proposed_new_state);
        const {
          planned,
          requiresReplace = [],
          private: next = recorded,
          diagnostics,
        } = await resource.plan({
          config: proposed && objectOf(schema, config),
          prior: objectOf(schema, prior_state),
          proposed,
          priorPrivate: recorded,
        });
        return {
          planned_state: wireOf(schema, planned),
          requires_replace: requiresReplace.map(pathMessage),
          planned_private: next,
          diagnostics: diagnosticMessages(diagnostics),
        };
      });
    },

    ApplyResourceChange: async ({ type_name, prior_state, planned_state, config, planned_private = noBytes }) => {
      // What was there before stands where an error leaves no other answer: without it an update would count as done.
      const unchanged = { new_state: prior_state ?? {}, private: planned_private };
      const done = await guarded(async () => {
        const resource = resourceOf(type_name);
        const { schema } = resource;
        const prior = objectOf(schema, prior_state);
        const planned = objectOf(schema, planned_state);
        if (planned === null) {
          const { diagnostics = [] } = prior ? await resource.delete({ prior, private: planned_private }) : {};
          const kept = diagnostics.some(({ severity }) => severity === 'error');
          return { ...(kept ? {} : { new_state: wireOf(schema, null) }), diagnostics: diagnosticMessages(diagnostics) };
        }
        const request = { config: presentOf(schema, config), planned, private: planned_private };
        const {
          state = prior,
          private: next = planned_private,
          diagnostics = [],
        } = prior ? await resource.update({ ...request, prior }) : await resource.create(request);
        try {
          return { new_state: wireOf(schema, state), private: next, diagnostics: diagnosticMessages(diagnostics) };
        } catch (error) {
          // What was there before an update still stands for the object; after a creation there is nothing that does.
          if (prior || !state) throw error;
          const told = diagnosticMessages([...diagnostics, ...describe(provider, error)]);
          return {
            new_state: wireOf(schema, encodableState(schema, state, planned)),
            private: next,
            diagnostics: told,
          };
        }
      });
      return { ...unchanged, ...done };
    },

    ImportResourceState: ({ type_name = '', id = '' }) =>
      guarded(async () => {
        const resource = resourceOf(type_name);
        if (!resource.import) return { diagnostics: diagnosticMessages([noImport(type_name)]) };
        const { state, private: recorded = noBytes, diagnostics } = await resource.import(id);
        const imported = state ? [{ type_name, state: wireOf(resource.schema, state), private: recorded }] : [];
        return { imported_resources: imported, diagnostics: diagnosticMessages(diagnostics) };
      }),

    ReadDataSource: ({ type_name, config }) =>
      guarded(async () => {
        const source = dataSourceOf(type_name);
        const { state, diagnostics } = await source.read(presentOf(source.schema, config));
        return {
          state: { msgpack: encodeValue(impliedType(source.schema), state) },
          diagnostics: diagnosticMessages(diagnostics),
        };
      }),
  };
}

function objectOf(block: Block, wire: Wire | undefined): ObjectValue | null {
  // A block's type is an object: its value is one, or null.
  return decodeValue(impliedType(block), wire?.msgpack) as ObjectValue | null;
}

function presentOf(block: Block, wire: Wire | undefined): ObjectValue {
  return objectOf(block, wire) ?? {};
}

function wireOf(block: Block, object: ObjectValue | null): Wire {
  return {
    msgpack: encodeValue(impliedType(block), object && withEmptyBlocks(block, withoutWriteOnly(block, object))),
  };
}

function sameBytes(a: Wire | undefined, b: Wire | undefined): boolean {
  return a?.msgpack !== undefined && b?.msgpack !== undefined && Buffer.compare(a.msgpack, b.msgpack) === 0;
}

function describe(provider: Provider, thrown: unknown): readonly Diagnostic[] {
  const known = provider.describeError?.(thrown);
  if (known) return known;
  const { message, stack = message } = thrown instanceof Error ? thrown : new Error(String(thrown));
  log.trace(stack);
  const advice = `This is a bug of the provider ${provider.address}. Run with TF_LOG_PROVIDER=trace to see where it happened, and report it.`;
  return [{ severity: 'error', summary: 'The provider failed', detail: `${message}\n\n${advice}` }];
}

function tooOld(path: NonNullable<Diagnostic['path']>): Diagnostic {
  const detail =
    'This version of Terraform does not know write-only arguments. Use Terraform 1.11 or later, or leave the argument out.';
  return { severity: 'error', summary: 'Write-only argument', detail, path };
}

function noImport(type: string): Diagnostic {
  return {
    severity: 'error',
    summary: 'Import is not possible',
    detail: `The provider has no way to import ${type}. Declare it and let Terraform create it.`,
  };
}
