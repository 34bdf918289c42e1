/** A plan as `terraform show -json` and `tofu show -json` print it, as far as a report needs it. */
import * as z from 'zod';

/** Of attributes and marks only the form is known. */
const json = z.unknown();

const change = z.object({
  actions: z.array(z.string()),
  before: json.optional(),
  after: json.optional(),
  after_unknown: json.optional(),
  before_sensitive: json.optional(),
  after_sensitive: json.optional(),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).default([]),
  importing: z.object({ id: z.string().optional() }).nullish(),
});

const resourceChange = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.string().default('managed'),
  type: z.string(),
  deposed: z.string().optional(),
  action_reason: z.string().optional(),
  change,
});

const check = z.object({
  address: z.object({ to_display: z.string() }),
  status: z.string(),
  instances: z
    .array(
      z.object({ status: z.string().optional(), problems: z.array(z.object({ message: z.string() })).default([]) }),
    )
    .default([]),
});

/** A module of the prior state: its resources, and its modules. */
interface StateModule {
  readonly resources?: readonly { readonly type: string; readonly mode: string; readonly values?: unknown }[];
  readonly child_modules?: readonly StateModule[];
}

const stateModule: z.ZodType<StateModule> = z.lazy(() =>
  z.object({
    resources: z.array(z.object({ type: z.string(), mode: z.string(), values: json.optional() })).optional(),
    child_modules: z.array(stateModule).optional(),
  }),
);

/** A module of the configuration: which arguments its resources set. Their values are not read. */
interface ConfigModule {
  readonly resources?: readonly {
    readonly address: string;
    readonly expressions?: Readonly<Record<string, unknown>>;
  }[];
  readonly module_calls?: Readonly<Record<string, { readonly module?: ConfigModule }>>;
}

const configModule: z.ZodType<ConfigModule> = z.lazy(() =>
  z.object({
    resources: z
      .array(z.object({ address: z.string(), expressions: z.record(z.string(), json).optional() }))
      .optional(),
    module_calls: z.record(z.string(), z.object({ module: configModule.optional() })).optional(),
  }),
);

const planFile = z.object({
  format_version: z.string().regex(/^1\./u, 'it has a format that is not known'),
  terraform_version: z.string().default(''),
  errored: z.boolean().default(false),
  /** OpenTofu has neither of these two. */
  complete: z.boolean().optional(),
  applyable: z.boolean().optional(),
  resource_changes: z.array(resourceChange).default([]),
  resource_drift: z.array(resourceChange).default([]),
  deferred_changes: z.array(z.object({ reason: z.string(), resource_change: resourceChange })).default([]),
  output_changes: z.record(z.string(), change).default({}),
  checks: z.array(check).nullish(),
  configuration: z.object({ root_module: configModule.optional() }).optional(),
  prior_state: z.object({ values: z.object({ root_module: stateModule.optional() }).optional() }).optional(),
});

export type PlanFile = z.output<typeof planFile>;
export type ResourceChange = z.output<typeof resourceChange>;
export type PlannedValues = z.output<typeof change>;
export type CheckResult = z.output<typeof check>;

/**
 * Reads a plan.
 *
 * @param name of the file, for messages
 * @throws Error where the text is no plan in JSON
 */
export function parsePlan(text: string, name: string): PlanFile {
  const advice = 'Make it with: terraform show -json PLANFILE > plan.json';
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Error(`${name} is not JSON. ${advice}`);
  }
  const { data, error } = planFile.safeParse(document);
  if (data) return data;
  const [issue] = error.issues;
  throw new Error(`${name} is not a plan: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}. ${advice}`);
}

/** The values of all managed resources in the prior state, with their types. */
export function priorObjects({ prior_state: prior }: PlanFile): { readonly type: string; readonly values: unknown }[] {
  const visit = ({ resources = [], child_modules: modules = [] }: StateModule): ReturnType<typeof priorObjects> => [
    ...resources.filter(({ mode }) => mode === 'managed').map(({ type, values }) => ({ type, values })),
    ...modules.flatMap(visit),
  ];
  return visit(prior?.values?.root_module ?? {});
}

/** The names of the arguments that the configuration sets, by the address of the resource without instance keys. */
export function configuredArguments({ configuration }: PlanFile): ReadonlyMap<string, readonly string[]> {
  const visit = (prefix: string, { resources = [], module_calls: calls = {} }: ConfigModule): [string, string[]][] => [
    ...resources.map(({ address, expressions = {} }): [string, string[]] => [
      prefix + address,
      Object.keys(expressions),
    ]),
    ...Object.entries(calls).flatMap(([name, { module = {} }]) => visit(`${prefix}module.${name}.`, module)),
  ];
  return new Map(visit('', configuration?.root_module ?? {}));
}
