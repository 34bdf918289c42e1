/** What someone changes by hand on the server of a soak test, and what a plan must make of it. */
import type { PlannedActions } from './soak-checks';
import { idOf, phonesByAddress } from './soak-fleet';
import { check, type Soak } from './soak-runs';

const changeRate = 0.08;

/** Values that no configuration of a soak test has; null is NULL. The last field is declared by none. */
const values: Readonly<Record<string, readonly (string | null)[]>> = {
  outbound_cid: ['7275000000', null],
  phone_full_name: ['Changed by hand'],
  voicemail_id: ['40404', null],
  phone_pass: ['changedByHand'],
  phone_ring_timeout: ['59', '0'],
  email: ['hand@example.com'],
  phone_context: ['byhand', null],
};

/** A field of a phone that has another value than is declared. */
export interface Drift {
  readonly id: string;
  readonly field: string;
}

/**
 * Changes a field of some phones that are declared and on the server. Only where the admin pages are read: the API does
 * not show it.
 *
 * @returns the changes of fields that are declared
 */
export function changeByHand({ emulator: { store }, fleet, random, reader }: Soak): Drift[] {
  if (reader !== 'admin') return [];
  const drifts: Drift[] = [];
  for (const fields of phonesByAddress(fleet).values()) {
    const row = store.phone(String(fields.server_ip), String(fields.extension));
    if (!row || random() >= changeRate) continue;
    const names = Object.keys(values);
    const field = names[Math.floor(random() * names.length)] ?? '';
    const choices = values[field] ?? [];
    store.putPhone({ ...row, [field]: choices[Math.floor(random() * choices.length)] ?? null });
    if (field in fields) drifts.push({ id: idOf(fields), field });
  }
  return drifts;
}

/** Expects a plan to change each of them back. A phone that is replaced gets all of its values anew. */
export function expectPlannedBack({ required, optional }: PlannedActions, drifts: readonly Drift[]): void {
  const missed = drifts.filter(({ id }) => !optional.has(`update ${id}`) && !required.has(`delete ${id}`));
  check(
    missed.map(({ id, field }) => `${id}: ${field} was changed by hand, and is not planned back.`),
    { output: '' },
  );
}
