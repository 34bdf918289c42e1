/** What a plan does with each object, in the terms of a report. */
import type { PlanFile, PlannedValues, ResourceChange } from './plan-file';
import { isMarked, sensitiveText, type Secrets } from './secrets';

/** What is done with an object, in the order of a report: what cannot be undone comes first. */
export const kinds = ['destroy', 'replace', 'adopt', 'import', 'move', 'forget', 'create', 'update', 'defer'] as const;
export type Kind = (typeof kinds)[number];

/** An attribute before and after. Null where it has no value; secrets are masked. */
export interface FieldChange {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Change {
  readonly address: string;
  readonly previousAddress?: string;
  /** The resource type. */
  readonly type: string;
  /** The id of the object: `SERVER_IP/EXTENSION` of a phone. The former one, where it changes. */
  readonly key: string;
  /** The server that has the object before the apply: `server_ip` of a phone, `aliases` for phone aliases. */
  readonly group: string;
  /** One, or two: an import, a move or an adoption may change the object too. */
  readonly kinds: readonly Kind[];
  /** Why, in words, where Terraform gives a reason. */
  readonly reason?: string;
  /** The attributes that cause a replacement. */
  readonly replacedBy: readonly string[];
  readonly importId?: string;
  /** An object that an earlier apply could not delete. */
  readonly deposed?: string;
  /** What differs. Of a create the attributes that are set. */
  readonly fields: readonly FieldChange[];
}

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
export function changesOf(
  { resource_changes: planned, deferred_changes: deferred }: PlanFile,
  secrets: Secrets,
): Change[] {
  return [
    ...planned.filter(({ mode }) => mode === 'managed').map((each) => toChange(each, kindsOf(each), secrets)),
    ...deferred.map(({ resource_change: each }) => toChange(each, ['defer'], secrets)),
  ].filter((each) => each.kinds.length > 0);
}

function toChange(resource: ResourceChange, found: readonly Kind[], secrets: Secrets): Change {
  const { address, previous_address: previous, type, action_reason: reason, change, deposed } = resource;
  const isMoved = previous !== undefined && previous !== address;
  return {
    address,
    ...(isMoved ? { previousAddress: previous } : {}),
    type,
    ...identityOf(resource),
    kinds: found,
    ...(reason !== undefined && found.some((kind) => kind === 'destroy' || kind === 'replace')
      ? { reason: reasons.get(reason) ?? reason }
      : {}),
    replacedBy: change.replace_paths.map((path) => path.join('.')),
    ...(change.importing ? { importId: change.importing.id ?? knownAfterApply } : {}),
    ...(deposed === undefined ? {} : { deposed }),
    fields: fieldChanges(change, secrets),
  };
}

function kindsOf({ address, previous_address: previous = address, change }: ResourceChange): Kind[] {
  const { actions, importing } = change;
  const found: Kind[] = [];
  if (actions.includes('delete')) found.push(actions.includes('create') ? 'replace' : 'destroy');
  if (isAdopted(change)) found.push('adopt');
  if (importing) found.push('import');
  if (previous !== address) found.push('move');
  if (actions.includes('forget')) found.push('forget');
  if (actions.includes('create') && found.length === 0) found.push('create');
  if (actions.includes('update') && !found.includes('adopt')) found.push('update');
  return found;
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

/** What differs between before and after. Unset and unknown count as equal only where nothing was set before. */
export function fieldChanges(change: PlannedValues, secrets: Secrets): FieldChange[] {
  const { before, after, after_unknown: unknown } = change;
  const names = new Set([before, after, unknown].flatMap((values) => Object.keys(values ?? {})));
  return [...names].sort().flatMap((name): FieldChange[] => {
    const isUnknown = isMarked(attribute(unknown, name));
    const [old, planned] = [attribute(before, name) ?? null, attribute(after, name) ?? null];
    if (isUnknown ? (before ?? null) === null : JSON.stringify(old) === JSON.stringify(planned)) return [];
    if (!isUnknown && old === null && planned === null) return [];
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
  if (isMarked(mark)) return sensitiveText;
  return secrets.mask(typeof value === 'string' ? value : JSON.stringify(value));
}

function attribute(values: unknown, name: string): unknown {
  if (typeof values !== 'object' || values === null) return undefined;
  return Object.hasOwn(values, name) ? (values as Readonly<Record<string, unknown>>)[name] : undefined;
}
