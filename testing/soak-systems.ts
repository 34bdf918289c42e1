/** A soak test's runs against another system: one with the same keys, as a clone has them. Nothing on it may change. */
import { resetEmulator } from './reset-emulator';
import { newExtension, removePhone } from './soak-changes';
import { rowsOf } from './soak-checks';
import { addressOf, configurationOf, fresh, newPhone, phonesByAddress, type Fleet } from './soak-fleet';
import {
  apiPassword,
  applyArguments,
  check,
  flagsOf,
  planAccepted,
  printedCodes,
  printedSecrets,
  stateOf,
  writes,
  type Soak,
} from './soak-runs';

/** A run against the other system. */
export interface OtherSystemRun {
  readonly name: string;
  /** How the run ends: refused, or with a warning only. */
  readonly ends: 'refused' | 'warned';
  /** Changes the declared fleet, or the other system. Gets the name of a phone that is not protected. */
  readonly prepare?: (test: Soak, fleet: Fleet, name: string) => void;
  /** Default: a plan. */
  readonly args?: (test: Soak, name: string) => string[];
  /** Whether the plan is made of the right system, and only applied to the other one. */
  readonly isSaved?: boolean;
}

const planArguments = (test: Soak) => ['plan', '-input=false', '-no-color', ...flagsOf(test)];

export const otherSystemRuns: readonly OtherSystemRun[] = [
  { name: 'no change', ends: 'warned' },
  { name: 'update', ends: 'refused', prepare: (_test, fleet, name) => changeCallerId(fleet, name) },
  { name: 'deletion', ends: 'refused', prepare: (_test, fleet, name) => removePhone(fleet, name) },
  {
    name: '-replace',
    ends: 'refused',
    args: (test, name) => [...planArguments(test), `-replace=${addressOf(name)}`],
  },
  { name: 'a phone is missing there', ends: 'refused', prepare: removeFromOther },
  {
    name: 'destroy',
    ends: 'refused',
    args: (test) => ['destroy', '-input=false', '-no-color', '-auto-approve', ...flagsOf(test)],
  },
  { name: 'saved plan', ends: 'refused', prepare: changeAll, args: applyArguments, isSaved: true },
];

/**
 * Points a run at the other system, and expects it to be refused, or to warn where it would write nothing.
 *
 * @returns which run it was, and the codes that were printed; undefined where the fleet has no phone for it
 */
export async function expectOtherSystemUntouched(test: Soak, run: OtherSystemRun): Promise<string | undefined> {
  const { emulator, other, workspace } = test;
  const fleet = structuredClone(test.fleet);
  const name = [...fleet.phones].find(([, { deletion_protection: isProtected }]) => isProtected !== true)?.[0];
  if (name === undefined) return undefined;
  // What a faulty reading left out is read by the saved plan, and would be a change of the state.
  if (run.isSaved) await workspace.expectApply(['-refresh-only', ...flagsOf(test)]);
  copyRows(test);
  run.prepare?.(test, fleet, name);
  if (run.isSaved) await planAccepted(test, fleet);
  else workspace.configure(configurationOf(fleet));
  const before = [rowsOf(emulator), rowsOf(other), stateOf(workspace)];
  const ended = await workspace.run((run.args ?? planArguments)(test, name), { VICIDIAL_URL: other.url });
  const codes = printedCodes(ended);
  const after = [rowsOf(emulator), rowsOf(other), stateOf(workspace)];
  const code = run.ends === 'refused' ? 1 : 0;
  check(
    [
      ...(ended.code === code ? [] : [`${run.name} ends with exit code ${ended.code}, not ${code}.`]),
      ...(codes.includes('system-') || run.isSaved ? [] : [`${run.name} says nothing of the system.`]),
      ...(before.join() === after.join() ? [] : [`${run.name} changed a server or the state.`]),
      ...writes(other),
      ...printedSecrets(ended),
    ],
    ended,
  );
  workspace.configure(configurationOf(test.fleet));
  return `another system, ${run.name} (${codes})`;
}

function copyRows({ emulator: { store }, other }: Soak): void {
  const users = [{ user: 'soak', password: apiPassword }];
  resetEmulator(other, { servers: store.servers, users });
  for (const phone of store.phones) other.store.putPhone({ ...phone });
  for (const alias of store.aliases) other.store.putAlias({ ...alias });
}

function changeCallerId(fleet: Fleet, name: string): void {
  Object.assign(fleet.phones.get(name) ?? {}, { outbound_cid: '7275559999' });
}

function removeFromOther({ other }: Soak, fleet: Fleet, name: string): void {
  const { server_ip: server, extension } = fleet.phones.get(name) ?? {};
  other.store.removePhone(String(server), String(extension));
}

/** One phone fewer, one more, and every other one changed. */
function changeAll({ random }: Soak, fleet: Fleet, name: string): void {
  const phones = [...phonesByAddress(fleet).values()];
  const used = new Set(phones.flatMap(({ extension, phone_login }) => [String(extension), String(phone_login)]));
  for (const each of fleet.phones.keys()) changeCallerId(fleet, each);
  removePhone(fleet, name);
  fleet.phones.set(fresh(fleet, 'phone'), newPhone(newExtension(used, random), random));
}
