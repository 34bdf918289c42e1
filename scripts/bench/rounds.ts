/** Measures several pieces of work against each other. */
import type { Cost } from './figure';

/** A piece of work that can be repeated. What it prepares is not measured. */
export type Work = () => Promise<Cost>;

/**
 * The lowest cost of each piece of work: what else the machine does only adds to it. The rounds run in alternating order,
 * so that what changes with time does not always affect the same ones.
 */
export async function bestOf<Name>(works: ReadonlyMap<Name, Work>, rounds: number): Promise<Map<Name, Cost>> {
  const best = new Map<Name, Cost>();
  const order = [...works];
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of order) best.set(name, lower(best.get(name), await work()));
    order.reverse();
  }
  return best;
}

function lower(one: Cost | undefined, other: Cost): Cost {
  if (!one) return other;
  const cpuMs = one.cpuMs === undefined || other.cpuMs === undefined ? {} : { cpuMs: Math.min(one.cpuMs, other.cpuMs) };
  const peakMB =
    one.peakMB === undefined || other.peakMB === undefined ? {} : { peakMB: Math.min(one.peakMB, other.peakMB) };
  return { wallMs: Math.min(one.wallMs, other.wallMs), ...cpuMs, ...peakMB };
}

/** The cost of a piece of work, which must have been measured. */
export function costOf<Name>(costs: ReadonlyMap<Name, Cost>, name: Name): Cost {
  const cost = costs.get(name);
  if (!cost) throw new Error(`${String(name)} was not measured.`);
  return cost;
}
