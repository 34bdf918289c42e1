/**
 * The fingerprint of a plan: equal for two plans that do the same. It covers what an apply does, secrets included, and
 * nothing that changes from plan to plan without that: data sources, drift, checks, versions, unchanged attributes.
 *
 * As it covers passwords, guesses at them must not be cheap: it is keyed, or else made by a slow function of random salt.
 */
import { createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { PlanFile, PlannedValues, ResourceChange } from './plan-file';
import { isMarked } from './secrets';

const keyVariable = 'PHONESTATE_FINGERPRINT_KEY';
/** scrypt takes about a tenth of a second and 64 MB with these. */
const scryptCost = { N: 65_536, r: 8, p: 1, maxmem: 128 * 1024 * 1024 };

/**
 * Makes the fingerprint of a plan.
 *
 * @param environment which may hold the key
 * @returns `k1.CHECK.HASH` with a key, else `s1.SALT.HASH`; undefined where the plan cannot be approved
 */
export function fingerprint(plan: PlanFile, environment: NodeJS.ProcessEnv): string | undefined {
  if (isIncomplete(plan)) return undefined;
  const key = environment[keyVariable];
  return key ? keyed(plan, key) : salted(plan, randomBytes(12));
}

/**
 * Whether a plan is the one that a fingerprint was made of.
 *
 * @throws Error where the fingerprint is of an unknown kind, or was made with another key or without one
 */
export function hasFingerprint(plan: PlanFile, expected: string, environment: NodeJS.ProcessEnv): boolean {
  const [kind, first = '', hash = ''] = expected.trim().split('.');
  const key = environment[keyVariable];
  if (hash === '' || (kind !== 'k1' && kind !== 's1')) {
    throw new Error(
      'This is no fingerprint of this version: it begins with k1 or s1 and has three parts, as in the report.',
    );
  }
  if (kind === 's1') {
    if (key)
      throw new Error(`The fingerprint was made without ${keyVariable}, which is set here. Use the same for both.`);
    return isEqual(salted(plan, Buffer.from(first, 'base64url')), expected);
  }
  if (!key) throw new Error(`The fingerprint was made with ${keyVariable}, which is not set here.`);
  if (keyCheck(key) !== first) throw new Error(`The fingerprint was made with another value of ${keyVariable}.`);
  return isEqual(keyed(plan, key), expected);
}

/** Whether a plan may lack changes, so that nothing can be said of it. */
export function isIncomplete({ errored, complete = true, deferred_changes: deferred }: PlanFile): boolean {
  return errored || !complete || deferred.length > 0;
}

function keyed(plan: PlanFile, key: string): string {
  return ['k1', keyCheck(key), createHmac('sha256', key).update(content(plan)).digest('base64url')].join('.');
}

/** Shows that the key is another one, and nothing else of it. */
function keyCheck(key: string): string {
  return createHmac('sha256', key).update('phonestate fingerprint key').digest('base64url').slice(0, 6);
}

function salted(plan: PlanFile, salt: Buffer): string {
  return ['s1', salt.toString('base64url'), scryptSync(content(plan), salt, 32, scryptCost).toString('base64url')].join(
    '.',
  );
}

function isEqual(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b.trim())];
  return first.length === second.length && timingSafeEqual(first, second);
}

/** What the fingerprint covers, as text that does not depend on any order. */
function content(plan: PlanFile): string {
  const drift = new Map(plan.resource_drift.map((each) => [objectOf(each), each.change]));
  const lines = plan.resource_changes
    .filter(isCovered)
    .map((each) => JSON.stringify(covered(each, drift.get(objectOf(each)))));
  return lines.sort().join('\n');
}

/** A resource has a current object, and may have deposed ones. */
function objectOf({ address, previous_address: previous = address, deposed = '' }: ResourceChange): string {
  return JSON.stringify([previous, deposed]);
}

function isCovered({ mode, address, previous_address: previous = address, change }: ResourceChange): boolean {
  const isNoOp = change.actions.every((action) => action === 'no-op');
  return mode === 'managed' && (!isNoOp || previous !== address || (change.importing ?? null) !== null);
}

function covered(
  { address, previous_address: previous = address, deposed, change }: ResourceChange,
  drift: PlannedValues | undefined,
) {
  const [before, after] = [known(change.before, undefined), known(change.after, change.after_unknown)];
  const { id = before.id, system = before.system } = after;
  const isDeleted = change.actions.includes('delete') || change.actions.includes('forget');
  return {
    address,
    previous: previous === address ? null : previous,
    deposed: deposed ?? null,
    import: change.importing?.id ?? null,
    actions: change.actions,
    replace: change.replace_paths.map((path) => path.join('.')).sort(),
    id: id ?? null,
    system: system ?? null,
    ...(isDeleted ? { old: entries(without(withoutDrift(before, drift), change.before_sensitive)) } : {}),
    ...(change.actions.includes('create') ? { new: entries(after) } : {}),
    ...(change.actions.includes('update') ? { changed: changed(before, after) } : {}),
  };
}

type Values = Readonly<Record<string, unknown>>;

/** Values without those that are null or unknown: which of the two it is depends on the reader of the plan. */
function known(values: unknown, unknowns: unknown): Values {
  const marks = asValues(unknowns);
  return Object.fromEntries(
    Object.entries(asValues(values)).filter(([name, value]) => value !== null && !isMarked(marks[name])),
  );
}

/**
 * What is deleted, as the state had it. What this plan has read of it depends on the reader, and on changes outside of
 * Terraform: neither of them changes what the apply does.
 */
function withoutDrift(values: Values, drift: PlannedValues | undefined): Values {
  if (!drift) return values;
  const [stored, found] = [asValues(drift.before), asValues(drift.after)];
  const drifted = Object.keys({ ...stored, ...found }).filter(
    (name) => JSON.stringify(stored[name]) !== JSON.stringify(found[name]),
  );
  return known({ ...values, ...Object.fromEntries(drifted.map((name) => [name, stored[name] ?? null])) }, undefined);
}

function changed(before: Values, after: Values): readonly (readonly unknown[])[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => [name, before[name] ?? null, after[name] ?? null]);
}

function without(values: Values, marks: unknown): Values {
  const sensitive = asValues(marks);
  return Object.fromEntries(Object.entries(values).filter(([name]) => !isMarked(sensitive[name])));
}

function entries(values: Values): readonly (readonly [string, unknown])[] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}

function asValues(values: unknown): Values {
  return typeof values === 'object' && values !== null ? (values as Values) : {};
}
