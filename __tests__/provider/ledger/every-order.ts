/** Small plans, planned in every order of calls that an engine permits. */
import type { Situation } from '../../../src/provider/ledger/rules';
import { allOrders, plan, type Outcome, type Resource, type Walk } from './walk';
import type { Phone } from './model-server';

export const [k1, k2] = ['10.0.0.11/cc1', '10.0.0.11/cc2'];
const k3 = '10.0.0.12/cc3';
export const p1: Phone = { key: k1, login: 'l1' };
export const p2: Phone = { key: k2, login: 'l2' };
export const p3: Phone = { key: k3, login: 'l3' };

export type Options = Omit<Walk, 'resources'>;
export const all: Options = { server: [p1, p2, p3] };
const engines = [{ readsOrphansLate: true }, { readsOrphansLate: false }, { refresh: false }];

export const unchanged = (phone: Phone): Resource => ({ state: phone, config: phone });

/** The outcomes of all orders, on engines of each kind. */
function everyOutcome(resources: readonly Resource[], options: Options): Outcome[] {
  return engines.flatMap((engine) => {
    const walk = { resources, ...engine, ...options };
    return allOrders(walk).map((order) => plan(walk, order));
  });
}

export const listed = (strings: Iterable<string>) => [...strings].sort().join();

/** Expects the code in every order, and the situation wherever the ledger has seen both objects. */
export function expectRefused(resources: readonly Resource[], code: string, situation: Situation, options = all): void {
  const outcomes = everyOutcome(resources, options);
  expect(new Set(outcomes.map(({ codes }) => listed(codes)))).toEqual(new Set([code]));
  const seen = outcomes.flatMap(({ errors }) => (errors.length > 0 ? [errors.map((error) => error.situation)] : []));
  expect(seen).not.toEqual([]);
  expect(seen.filter((situations) => !situations.includes(situation))).toEqual([]);
}

export function expectAccepted(resources: readonly Resource[], options: Options = all): void {
  expect(new Set(everyOutcome(resources, options).map(({ codes }) => listed(codes)))).toEqual(new Set(['']));
}
