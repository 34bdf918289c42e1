/**
 * Phones and phone aliases with their addresses, from the files that have both: a state, the JSON of a state or plan, a
 * synthesised configuration, the log of a plan.
 */
import * as z from 'zod';
import { rawDiagnostics } from './log';
import { parsePlan, priorObjects, stateModule, stateResources, type PlanFile, type StateResource } from './plan-file';

export interface AddressedObject {
  readonly address: string;
  readonly type: string;
  /** `SERVER_IP/EXTENSION` of a phone, the `alias_id` of a phone alias. */
  readonly key: string;
}

/** An object in state with its values, passwords too. */
export interface StateObject {
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The fields of a key, by resource type. */
const keyFields: ReadonlyMap<string, readonly string[]> = new Map([
  ['vicidial_phone', ['server_ip', 'extension']],
  ['vicidial_phone_alias', ['alias_id']],
]);

const stateFile = z.object({
  version: z.literal(4),
  resources: z.array(
    z.object({
      module: z.string().optional(),
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.object({
          index_key: z.union([z.string(), z.number()]).optional(),
          deposed: z.string().optional(),
          attributes: z.unknown().optional(),
        }),
      ),
    }),
  ),
});

const shownState = z.object({
  format_version: z.string(),
  values: z.object({ root_module: stateModule.optional() }),
});

const configuration = z.object({
  resource: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
});

/**
 * What is in state.
 *
 * @param text a state file, or `terraform show -json` of a state or a plan
 * @param name of the file, for messages
 * @throws Error where it is something else
 */
export function objectsInState(text: string, name: string): AddressedObject[] {
  return resourcesInState(text, name).flatMap(({ address, type, values }) => toObject(address, type, values));
}

/** The managed resources of a state with their values, as `objectsInState` reads them. */
export function resourcesInState(text: string, name: string): StateObject[] {
  const document = parseJson(text, name);
  const file = stateFile.safeParse(document).data;
  if (file) {
    return file.resources.flatMap(({ module, mode, type, name: own, instances }) =>
      instances
        .filter(({ deposed }) => mode === 'managed' && deposed === undefined)
        .map(({ index_key: index, attributes }) => ({
          address: `${module === undefined ? '' : `${module}.`}${type}.${own}${instanceKey(index)}`,
          type,
          values: valuesOf(attributes),
        })),
    );
  }
  const shown = shownState.safeParse(document).data;
  const resources = shown ? stateResources(shown.values.root_module ?? {}) : priorObjects(parsePlan(text, name));
  return resources.map(({ address = '', type, values }) => ({ address, type, values: valuesOf(values) }));
}

function valuesOf(attributes: unknown): StateObject['values'] {
  // An object of JSON, of whose values nothing is known.
  return typeof attributes === 'object' && attributes !== null ? (attributes as StateObject['values']) : {};
}

/**
 * What a configuration declares.
 *
 * @param text `cdk.tf.json`, or the JSON of a plan that was refused
 * @param log of that plan, which has the objects that were refused
 * @throws Error where it is something else
 */
export function declaredObjects(text: string, name: string, log: string | undefined): AddressedObject[] {
  const document = parseJson(text, name);
  if (typeof document === 'object' && document !== null && 'format_version' in document)
    return plannedObjects(parsePlan(text, name), log);
  const synthesised = configuration.safeParse(document).data;
  if (!synthesised) throw new Error(`${name} is neither a synthesised configuration nor the JSON of a plan.`);
  return Object.entries(synthesised.resource).flatMap(([type, resources]) =>
    Object.entries(resources).flatMap(([own, values]) => toObject(`${type}.${own}`, type, values)),
  );
}

/** What a plan would have, and what it refused: of that, the errors of the log have address and key. */
function plannedObjects(plan: PlanFile, log: string | undefined): AddressedObject[] {
  const planned = plan.resource_changes
    .filter(({ mode, deposed }) => mode === 'managed' && deposed === undefined)
    .flatMap(({ address, type, change }) => toObject(address, type, change.after));
  const stored = new Map(
    priorObjects(plan)
      .flatMap(ofResource)
      .map(({ address, type, key }) => [address, `${type} ${key}`]),
  );
  const refused = rawDiagnostics(log ?? '').flatMap(({ address, detail }) => {
    const [, type, key] = /^Object: (\S+) (.*)$/mu.exec(detail) ?? [];
    if (address === undefined || type === undefined || key === undefined) return [];
    // An error may be about the object that leaves the key.
    return stored.get(address) === `${type} ${key}` ? [] : [{ address, type, key }];
  });
  return [...planned, ...refused];
}

function ofResource({ address = '', type, values }: StateResource): AddressedObject[] {
  return toObject(address, type, values);
}

function toObject(address: string, type: string, values: unknown): AddressedObject[] {
  const fields = keyFields.get(type);
  if (!fields || typeof values !== 'object' || values === null) return [];
  const parts = fields.map((field) => (values as Readonly<Record<string, unknown>>)[field]);
  // A key that is an expression is not known here.
  return parts.every((part) => typeof part === 'string' && !part.includes('${'))
    ? [{ address, type, key: parts.join('/') }]
    : [];
}

function instanceKey(index: string | number | undefined): string {
  return index === undefined ? '' : `[${JSON.stringify(index)}]`;
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${name} is not JSON.`);
  }
}
