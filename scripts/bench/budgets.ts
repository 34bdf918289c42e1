/**
 * The highest figure that is accepted. A figure above it is marked; no test depends on it. Fewer phones have none: there the
 * start of the processes is most of a run.
 */
import type { Figure, Subject } from './figure';

interface Budget {
  /** Every part that is given must be equal. The first row that fits counts. */
  readonly about: Partial<Subject>;
  /** Where a section has figures of several units. */
  readonly unit?: Figure['unit'];
  readonly highest: number;
}

const plansAt0 = { section: 'plans', latencyMs: 0, phones: 1000 } as const;
const appliesAt0 = { section: 'apply', latencyMs: 0, phones: 1000 } as const;

const budgets: readonly Budget[] = [
  { about: { section: 'start', provider: 'executable' }, highest: 0.6 },
  { about: { section: 'start', provider: 'Node.js' }, highest: 1.7 },
  { about: { ...plansAt0, operation: 'plan without refresh', provider: 'executable' }, highest: 1.25 },
  { about: { ...plansAt0, operation: 'plan without refresh', provider: 'Node.js' }, highest: 1.45 },
  { about: { ...plansAt0, operation: 'plan', reader: 'database', provider: 'executable' }, highest: 1.3 },
  { about: { ...plansAt0, operation: 'plan', reader: 'database', provider: 'Node.js' }, highest: 1.5 },
  { about: { ...appliesAt0, operation: 'apply', reader: 'database', provider: 'executable' }, highest: 1.4 },
  { about: { ...appliesAt0, operation: 'apply', reader: 'database', provider: 'Node.js' }, highest: 1.6 },
  { about: { section: 'latency', operation: 'plan', reader: 'database', latencyMs: 60, phones: 1000 }, highest: 1.35 },
  { about: { section: 'growth', phones: 10_000 }, highest: 1.1 },
  { about: { section: 'memory', reader: 'database', phones: 10_000 }, highest: 300 },
  { about: { section: 'memory', phones: 10_000 }, highest: 400 },
  { about: { section: 'commands', phones: 10_000 }, unit: 'ratio', highest: 0.7 },
  { about: { section: 'commands', phones: 10_000 }, unit: 'MB', highest: 500 },
];

/** Calls that write are at most as many as there are phones to create. */
const writes = 'writes for each phone';

/** The highest value that is accepted for a figure; undefined where there is none. Peers have none. */
export function budgetOf({ subject, unit }: Figure): number | undefined {
  if (subject.operation === writes) return 1;
  if (subject.provider !== undefined && !['Node.js', 'executable'].includes(subject.provider)) return undefined;
  return budgets.find(
    ({ about, unit: ofUnit = unit }) =>
      ofUnit === unit && Object.entries(about).every(([name, value]) => subject[name as keyof Subject] === value),
  )?.highest;
}

/** Whether a figure is above its budget. */
export function isOver(figure: Figure): boolean {
  return figure.value > (budgetOf(figure) ?? Infinity);
}
