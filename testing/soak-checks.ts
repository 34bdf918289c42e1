/** What a soak test checks: that server, state and configuration agree, and that a run does only what its plan showed. */
import type { Emulator } from '../src/emulator/emulator';
import type { JournalEntry } from '../src/emulator/journal';
import { idOf, phonesByAddress, type Fleet, type PhoneFields } from './soak-fleet';
import type { Attributes, PlannedChange } from './workspace';

type State = Readonly<Record<string, Attributes>>;

/**
 * @param state attributes by address
 * @param unmanaged the ids of the phones that are on the server only
 * @returns a sentence for each disagreement
 */
export function disagreements(
  { store }: Pick<Emulator, 'store'>,
  state: State,
  fleet: Fleet,
  unmanaged: readonly string[],
): string[] {
  const declared = phonesByAddress(fleet);
  const ids = [...declared.values()].map(idOf);
  const aliasIds = [...fleet.aliases.keys()];
  const aliasAddresses = aliasIds.map((id) => [`vicidial_phone_alias.${id}`, id] as const);
  return [
    ...differences('phones on the server', [...ids, ...unmanaged], store.phones.map(idOf)),
    ...differences(
      'phone aliases on the server',
      aliasIds,
      store.aliases.map(({ alias_id: id }) => id),
    ),
    ...differences(
      'state',
      [...[...declared].map(([address, fields]) => [address, idOf(fields)] as const), ...aliasAddresses].map(String),
      Object.entries(state).map(([address, { id }]) => String([address, id])),
    ),
    ...[...declared.values()].flatMap((fields) => wrongFields(fields, store)),
    ...[...fleet.aliases].flatMap(([id, phones]) => {
      const [listed, logins] = [store.alias(id)?.phone_logins, phones.map(({ phone_login: login }) => login).join()];
      return listed === logins ? [] : [`phone alias ${id} lists ${listed}, not ${logins}`];
    }),
  ];
}

function differences(what: string, declared: readonly string[], found: readonly string[]): string[] {
  const [missing, extra] = [
    declared.filter((each) => !found.includes(each)),
    found.filter((each, index) => !declared.includes(each) || found.indexOf(each) !== index),
  ];
  return [
    ...(missing.length > 0 ? [`${what}: missing ${missing.join(' ')}`] : []),
    ...(extra.length > 0 ? [`${what}: not declared, or twice: ${extra.join(' ')}`] : []),
  ];
}

function wrongFields(fields: PhoneFields, store: Emulator['store']): string[] {
  const row = store.phone(String(fields.server_ip), String(fields.extension));
  return Object.entries(fields).flatMap(([name, value]) =>
    name === 'deletion_protection' || row?.[name] === String(value)
      ? []
      : [`${idOf(fields)}: ${name} is ${row?.[name]}, not ${String(value)}`],
  );
}

/** All rows of a server, to be compared. */
export function rowsOf({ store }: Pick<Emulator, 'store'>): string {
  return JSON.stringify([store.phones, store.aliases], null, 1);
}

/** What is done to an object, as one line: `create 10.0.0.11/50001`. */
type Action = string;

export interface PlannedActions {
  /** All of these, and nothing else, may be done. */
  readonly required: ReadonlySet<Action>;
  /** A creation may need a second call, and some updates are of the state only. */
  readonly optional: ReadonlySet<Action>;
  /** The ids of the objects to be adopted. */
  readonly adopted: readonly string[];
}

/** What a plan shows. */
export function plannedActions(changes: readonly PlannedChange[]): PlannedActions {
  const required = new Set<Action>();
  const optional = new Set<Action>();
  const adopted: string[] = [];
  for (const { actions, before, after } of changes) {
    const [oldId, newId] = [objectId(before), objectId(after)];
    if (actions.includes('delete')) required.add(`delete ${oldId}`);
    if (actions.includes('update')) optional.add(`update ${newId}`);
    if (!actions.includes('create')) continue;
    if (after?.adopted === true) adopted.push(newId);
    required.add(`${after?.adopted === true ? 'update' : 'create'} ${newId}`);
    optional.add(`update ${newId}`);
  }
  return { required, optional, adopted };
}

/** An id that is not known at plan is made of the key, which is. */
function objectId(values: PlannedChange['before']): string {
  return typeof values?.alias_id === 'string' ? values.alias_id : idOf(values ?? {});
}

/** What was done, in order. */
export function executedActions(journal: Emulator['journal']): Action[] {
  return journal.entries.filter(({ changed }) => changed).map(actionOf);
}

function actionOf(entry: JournalEntry): Action {
  const alias = entry.sent('alias_id');
  const id = alias ?? idOf({ server_ip: entry.sent('server_ip'), extension: entry.sent('extension') });
  if (entry.function.startsWith('add_')) return `create ${id}`;
  return `${[entry.sent('delete_phone'), entry.sent('delete_alias')].includes('Y') ? 'delete' : 'update'} ${id}`;
}

/**
 * @param complete whether all that was planned must have been done
 * @returns a sentence for each action that the plan did not show, that was done twice, or that is missing
 */
export function unplannedActions(
  { required, optional }: PlannedActions,
  executed: readonly Action[],
  complete: boolean,
): string[] {
  return [
    ...executed
      .filter((action) => !required.has(action) && !optional.has(action))
      .map((action) => `not in the plan, but done: ${action}`),
    ...executed
      .filter((action, index) => !action.startsWith('update ') && executed.indexOf(action) !== index)
      .map((action) => `done twice: ${action}`),
    ...(complete ? [...required].filter((action) => !executed.includes(action)) : []).map(
      (action) => `in the plan, but not done: ${action}`,
    ),
  ];
}
