/** The figures of the benchmark: what each is about, and how two costs become one. */
import type { Source } from './readers';

export const sections = [
  'start',
  'plans',
  'apply',
  'latency',
  'growth',
  'memory',
  'blocks',
  'commands',
  'concurrency',
] as const;
export type Section = (typeof sections)[number];

/** What a figure is about. All of it together identifies the figure in another run. */
export interface Subject {
  readonly section: Section;
  readonly engine?: string;
  /** `Node.js`, `executable`, or the name of a peer. */
  readonly provider?: string;
  readonly operation: string;
  readonly reader?: Source | undefined;
  readonly latencyMs?: number;
  readonly phones?: number;
}

export interface Figure {
  readonly subject: Subject;
  /** The ratio of two wall-clock times, an amount of memory, or a number of requests. */
  readonly value: number;
  readonly unit: 'ratio' | 'MB' | 'requests';
  /** The same ratio of processor times, where they are known. It says more than `value` where the machine is busy. */
  readonly cpu?: number;
  /** The time that the ratio is about. */
  readonly seconds?: number;
  readonly detail?: string;
}

/** What one piece of work cost, with all the processes that it started. */
export interface Cost {
  readonly wallMs: number;
  /** Undefined where the system does not show it. */
  readonly cpuMs?: number | undefined;
  /** The peak memory of the one process, where there is one and it is known. */
  readonly peakMB?: number;
}

/** How many times more one piece of work costs than another. */
export function ratioOf(subject: Subject, cost: Cost, base: Cost): Figure {
  const cpu = cost.cpuMs === undefined || !base.cpuMs ? {} : { cpu: cost.cpuMs / base.cpuMs };
  return { subject, unit: 'ratio', value: cost.wallMs / base.wallMs, ...cpu, seconds: cost.wallMs / 1000 };
}

/** The subject in words. */
export function describeSubject({ engine, provider, operation, reader, latencyMs, phones }: Subject): string {
  const latency = latencyMs === undefined ? undefined : `${latencyMs} ms`;
  const size = phones === undefined ? undefined : `${phones} phones`;
  return [engine, operation, size, latency, provider, reader].filter((part) => part !== undefined).join(', ');
}
