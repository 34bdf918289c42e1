/** What a plan does with each object, in the terms of a report. */
import {
  configuredArguments,
  withoutInstanceKeys,
  type PlanFile,
  type PlannedValues,
  type ResourceChange,
} from './plan-file';
import type { Change, FieldChange, Kind } from './report-schema';
import { isMarked, sensitiveText, type Secrets } from './secrets';

export const knownAfterApply = '(known after apply)';

/** The group of everything that is not on a server. */
export const aliasGroup = 'aliases';

/** Terraform's `action_reason`, as sentences. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['replace_because_tainted', 'it is tainted'],
  ['replace_because_cannot_update', 'an attribute cannot be changed in place'],
  ['replace_by_request', 'the plan was made with -replace'],
  ['replace_by_triggers', 'replace_triggered_by asks for it'],
  ['delete_because_no_resource_config', 'it is not in the configuration any more'],
  ['delete_because_no_module', 'its module is not in the configuration any more'],
  ['delete_because_wrong_repetition', 'count or for_each was added or taken away'],
  ['delete_because_count_index', 'count is smaller'],
  ['delete_because_each_key', 'for_each does not have its key any more'],
  ['delete_because_no_move_target', 'it was moved to an address that is not in the configuration'],
]);

/** The changes of a plan, without those that do nothing. */
export function changesOf(plan: PlanFile, secrets: Secrets): Change[] {
  const { resource_changes: planned, deferred_changes: deferred } = plan;
  const configured = configuredArguments(plan);
  const change = (each: ResourceChange, found: readonly Kind[]) =>
    toChange(each, found, configured.get(withoutInstanceKeys(each.address)), secrets);
  return [
    ...planned.filter(({ mode }) => mode === 'managed').map((each) => change(each, kindsOf(each))),
    ...deferred.map(({ resource_change: each }) => change(each, ['defer'])),
  ].filter((each) => each.kinds.length > 0);
}

function toChange(
  resource: ResourceChange,
  found: readonly Kind[],
  declared: readonly string[] | undefined,
  secrets: Secrets,
): Change {
  const { address, previous_address: previous, type, action_reason: reason, change, deposed } = resource;
  const isMoved = previous !== undefined && previous !== address;
  return {
    address,
    ...(isMoved ? { previousAddress: previous } : {}),
    type,
    ...identityOf(resource),
    kinds: [...found],
    ...(reason !== undefined && found.some((kind) => kind === 'destroy' || kind === 'replace')
      ? { reason: reasons.get(reason) ?? reason }
      : {}),
    replacedBy: change.replace_paths.map((path) => path.join('.')),
    ...(change.importing ? { importId: change.importing.id ?? knownAfterApply } : {}),
    ...(deposed === undefined ? {} : { deposed }),
    fields: (change.after ?? null) === null ? [] : shownFields(change, declared, secrets),
  };
}

function kindsOf({ address, previous_address: previous = address, change }: ResourceChange): Kind[] {
  const { actions, importing } = change;
  const isAdoption = isAdopted(change);
  const found: Kind[] = [];
  if (actions.includes('delete')) found.push(actions.includes('create') ? 'replace' : 'destroy');
  if (isAdoption) found.push('adopt');
  if (importing) found.push('import');
  if (previous !== address) found.push('move');
  if (actions.includes('forget')) found.push('forget');
  if (actions.includes('create') && !actions.includes('delete') && !isAdoption) found.push('create');
  if (actions.includes('update')) found.push('update');
  return found;
}

/**
 * Of a new object, what identifies it is not repeated; an adoption is a kind of change. An attribute that had no value, and is not declared, gets the
 * default of the server: that it is not known yet is no change.
 */
function shownFields(change: PlannedValues, declared: readonly string[] | undefined, secrets: Secrets): FieldChange[] {
  const isNew = (change.before ?? null) === null;
  return fieldChanges(change, secrets).filter(({ name, before, after }) => {
    if (name === 'adopted' || (isNew && ['id', 'system'].includes(name))) return false;
    return before !== null || after !== knownAfterApply || !declared || declared.includes(name);
  });
}

/** An object is adopted where `adopted` becomes true; where it is not known yet, it may be. */
function isAdopted({ before, after, after_unknown: unknown }: PlannedValues): boolean {
  return (
    attribute(before, 'adopted') !== true && (attribute(after, 'adopted') ?? attribute(unknown, 'adopted')) === true
  );
}

/** The id of an object before the change, or the planned one; its address where neither is known. */
export function toKey({ address, change }: ResourceChange): string {
  const id = attribute(change.before ?? change.after, 'id');
  return typeof id === 'string' ? id : address;
}

function identityOf(resource: ResourceChange): Pick<Change, 'key' | 'group'> {
  const { type, change } = resource;
  const server = attribute(change.before ?? change.after, 'server_ip');
  return {
    key: toKey(resource),
    group: typeof server === 'string' ? server : type === 'vicidial_phone_alias' ? aliasGroup : type,
  };
}

/** What differs between before and after. */
export function fieldChanges(change: PlannedValues, secrets: Secrets): FieldChange[] {
  const { before, after, after_unknown: unknown } = change;
  const names = new Set([before, after, unknown].flatMap((values) => Object.keys(values ?? {})));
  return [...names].sort().flatMap((name): FieldChange[] => {
    const isUnknown = isMarked(attribute(unknown, name));
    const [old, planned] = [attribute(before, name) ?? null, attribute(after, name) ?? null];
    if (!isUnknown && JSON.stringify(old) === JSON.stringify(planned)) return [];
    const shown = (value: unknown, mark: unknown) => (value === null ? null : show(value, mark, secrets));
    return [
      {
        name,
        before: shown(old, attribute(change.before_sensitive, name)),
        after: isUnknown ? knownAfterApply : shown(planned, attribute(change.after_sensitive, name)),
      },
    ];
  });
}

function show(value: unknown, mark: unknown, secrets: Secrets): string {
  return isMarked(mark) ? sensitiveText : secrets.show(value);
}

function attribute(values: unknown, name: string): unknown {
  if (typeof values !== 'object' || values === null) return undefined;
  return Object.hasOwn(values, name) ? (values as Readonly<Record<string, unknown>>)[name] : undefined;
}
