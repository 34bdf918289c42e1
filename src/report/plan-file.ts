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

export interface StateResource {
  readonly address?: string;
  readonly type: string;
  readonly mode: string;
  readonly values?: unknown;
}

/** A module of the prior state: its resources, and its modules. */
interface StateModule {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

export const stateModule: z.ZodType<StateModule> = z.lazy(() =>
  z.object({
    resources: z
      .array(z.object({ address: z.string().optional(), type: z.string(), mode: z.string(), values: json.optional() }))
      .optional(),
    child_modules: z.array(stateModule).optional(),
  }),
);

/** A module of the configuration: which arguments its resources set, and which variables are secret. */
interface ConfigModule {
  readonly variables?: Readonly<Record<string, { readonly sensitive?: boolean }>>;
  readonly resources?: readonly {
    readonly address: string;
    readonly expressions?: Readonly<Record<string, unknown>>;
  }[];
  readonly module_calls?: Readonly<Record<string, { readonly module?: ConfigModule }>>;
}

const configModule: z.ZodType<ConfigModule> = z.lazy(() =>
  z.object({
    variables: z.record(z.string(), z.object({ sensitive: z.boolean().optional() })).optional(),
    resources: z
      .array(z.object({ address: z.string(), expressions: z.record(z.string(), json).optional() }))
      .optional(),
    module_calls: z.record(z.string(), z.object({ module: configModule.optional() })).optional(),
  }),
);

const planFile = z.object({
  format_version: z.string().regex(/^1\./u, 'it has a format that is not known'),
  terraform_version: z.string().default(''),
  // `terraform show -json` prints a state in a similar form, which would look like a plan without changes.
  values: z.undefined({ error: 'this is a state' }).optional(),
  errored: z.boolean().default(false),
  /** OpenTofu has neither of these two. */
  complete: z.boolean().optional(),
  applyable: z.boolean().optional(),
  resource_changes: z.array(resourceChange).default([]),
  resource_drift: z.array(resourceChange).default([]),
  deferred_changes: z.array(z.object({ reason: z.string(), resource_change: resourceChange })).default([]),
  output_changes: z.record(z.string(), change).default({}),
  checks: z.array(check).nullish(),
  variables: z.record(z.string(), z.object({ value: json.optional() })).default({}),
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

/** The managed resources of a module of a state, and of the modules in it. */
export function stateResources({ resources = [], child_modules: modules = [] }: StateModule): StateResource[] {
  return [...resources.filter(({ mode }) => mode === 'managed'), ...modules.flatMap(stateResources)];
}

/** The managed resources of the prior state. */
export function priorObjects({ prior_state: prior }: PlanFile): StateResource[] {
  return stateResources(prior?.values?.root_module ?? {});
}

/** The values of the variables that the configuration marks as sensitive: to be masked, never to be printed. */
export function sensitiveVariables({ configuration, variables }: PlanFile): unknown[] {
  const declared = configuration?.root_module?.variables ?? {};
  return Object.entries(variables)
    .filter(([name]) => declared[name]?.sensitive === true)
    .map(([, { value }]) => value);
}

/** The names of the arguments that the configuration sets, by the address of the resource without instance keys. */
export function configuredArguments({ configuration }: PlanFile): ReadonlyMap<string, readonly string[]> {
  const visit = (prefix: string, { resources = [], module_calls: calls = {} }: ConfigModule): [string, string[]][] => [
    ...resources.map(({ address, expressions = {} }): [string, string[]] => [
      prefix + address,
      Object.entries(expressions)
        .filter(([, expression]) => !isNull(expression))
        .map(([name]) => name),
    ]),
    ...Object.entries(calls).flatMap(([name, { module = {} }]) => visit(`${prefix}module.${name}.`, module)),
  ];
  return new Map(visit('', configuration?.root_module ?? {}));
}

/** An argument that is written as `null` is not set. */
function isNull(expression: unknown): boolean {
  if (typeof expression !== 'object' || expression === null || !('constant_value' in expression)) return false;
  return expression.constant_value === null;
}

/** `module.a["x"].vicidial_phone.desk[0]` as the configuration has it: `module.a.vicidial_phone.desk`. */
export function withoutInstanceKeys(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/gu, '');
}
