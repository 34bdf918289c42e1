/** What of a plan cannot be rehearsed: only the calls of this provider go to emulators, everything else is done really. */
import * as z from 'zod';
import { address as providerAddress } from '../address';
import { withoutInstanceKeys } from '../report/plan-file';

/** A module of the configuration, as far as it says what is done besides the resources themselves. */
interface ConfigModule {
  readonly resources?: readonly {
    readonly address: string;
    readonly mode?: string;
    readonly provider_config_key?: string;
    readonly provisioners?: readonly unknown[];
  }[];
  readonly module_calls?: Readonly<Record<string, { readonly module?: ConfigModule }>>;
}

const configModule: z.ZodType<ConfigModule> = z.lazy(() =>
  z.object({
    resources: z
      .array(
        z.object({
          address: z.string(),
          mode: z.string().optional(),
          provider_config_key: z.string().optional(),
          provisioners: z.array(z.unknown()).optional(),
        }),
      )
      .optional(),
    module_calls: z.record(z.string(), z.object({ module: configModule.optional() })).optional(),
  }),
);

const resource = z.object({
  address: z.string(),
  mode: z.string().default('managed'),
  type: z.string(),
  provider_name: z.string().default(''),
  change: z.object({ actions: z.array(z.string()) }),
});

const planFile = z.object({
  resource_changes: z.array(resource).default([]),
  configuration: z
    .object({
      provider_config: z.record(z.string(), z.object({ full_name: z.string().optional() })).default({}),
      root_module: configModule.optional(),
    })
    .default({ provider_config: {} }),
  /** What Terraform runs besides, from version 1.14 on. */
  action_invocations: z.array(z.unknown()).nullish(),
  deferred_action_invocations: z.array(z.unknown()).nullish(),
});

type Resource = z.output<typeof resource>;

export interface PlanCheck {
  /** Why the plan is not rehearsed, one sentence each. */
  readonly refusals: readonly string[];
  /** Other providers of the configuration: what they read, they read from the real systems, as in a plan. */
  readonly otherProviders: readonly string[];
  /** Whether the plan has anything of this provider. */
  readonly usesProvider: boolean;
}

/** @param text of the plan in JSON */
export function checkPlan(text: string): PlanCheck {
  const plan = planFile.parse(JSON.parse(text));
  const changed = plan.resource_changes.filter(isChanged);
  const provisioned = resourcesWithProvisioners(plan.configuration.root_module ?? {});
  const foreign = changed.filter((each) => !isOwn(each.provider_name) && !changesStateOnly(each));
  const withProvisioner = changed.filter(({ address }) => provisioned.has(withoutInstanceKeys(address)));
  const sources = new Set(plan.resource_changes.map((each) => each.provider_name).filter(isOwn));
  const actions = (plan.action_invocations?.length ?? 0) + (plan.deferred_action_invocations?.length ?? 0);
  const configured = Object.values(plan.configuration.provider_config).map(({ full_name: name = '' }) => name);
  const all = [...configured, ...plan.resource_changes.map((each) => each.provider_name)];
  return {
    refusals: [
      ...foreign.map(
        ({ address, provider_name: name, change }) =>
          `${address} would really be changed (${change.actions.join(', ')}): it is a resource of ${name || 'another provider'}.`,
      ),
      ...withProvisioner.map(({ address }) => `${address} has a provisioner, which would really run.`),
      ...(actions > 0 ? [`The plan invokes ${actions} actions of providers, which would really run.`] : []),
      ...(sources.size > 1
        ? [`The configuration has the provider from several sources (${[...sources].join(', ')}). Use one of them.`]
        : []),
    ],
    otherProviders: [...new Set(all)].filter((name) => name !== '' && !isOwn(name) && !isBuiltIn(name)).sort(),
    usesProvider: all.some(isOwn),
  };
}

function isChanged({ mode, change }: Resource): boolean {
  return mode === 'managed' && change.actions.some((action) => !['no-op', 'read', 'forget'].includes(action));
}

function isOwn(name: string): boolean {
  return name === providerAddress || name.endsWith(`/${providerAddress}`);
}

/** These two change nothing but the state, unless they have a provisioner. */
function changesStateOnly({ type, provider_name: name }: Resource): boolean {
  return (
    (type === 'null_resource' && name.endsWith('/hashicorp/null')) || (type === 'terraform_data' && isBuiltIn(name))
  );
}

function isBuiltIn(name: string): boolean {
  return name.startsWith('terraform.io/builtin/');
}

/** The addresses of resources with provisioners, without instance keys. */
function resourcesWithProvisioners(root: ConfigModule): ReadonlySet<string> {
  const visit = (prefix: string, { resources = [], module_calls: calls = {} }: ConfigModule): string[] => [
    ...resources.filter(({ provisioners = [] }) => provisioners.length > 0).map(({ address }) => prefix + address),
    ...Object.entries(calls).flatMap(([name, { module = {} }]) => visit(`${prefix}module.${name}.`, module)),
  ];
  return new Set(visit('', root));
}
