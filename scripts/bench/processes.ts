/** What Linux shows about running processes. On other systems nothing is known. */
import { readdirSync, readFileSync } from 'node:fs';

const pollMs = 50;
/** The unit of times in /proc/PID/stat: USER_HZ is 100 on every architecture of Linux that Node.js runs on. */
const tickMs = 10;

/** The processor time of a process and of the children that it waited for, in milliseconds. */
export function cpuMsOf(pid: number): number | undefined {
  try {
    const threads = readdirSync(`/proc/${pid}/task`).map((thread) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
    );
    const { childTicks } = statOf(String(pid));
    return threads.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e6 + childTicks * tickMs;
  } catch {
    return undefined;
  }
}

/** What the provider processes of one run had, in MB. */
export interface ProviderMemory {
  /** The peak of each process. Some end before others start. */
  readonly peaks: readonly number[];
  /**
   * The highest sum of all that ran at the same time, in which memory that they share counts once: three quarters of what a
   * process has is the program, of which the machine has one copy.
   */
  readonly highestSum: number;
}

/**
 * Observes the providers of an engine until it ends.
 *
 * @param engine the program at the head of a process group, which starts the engine
 * @returns a function that ends it, and returns what was observed
 */
export function observeProviders(engine: number): () => ProviderMemory {
  const peaks = new Map<string, number>();
  let highestSum = 0;
  const timer = setInterval(() => {
    const running = providersOf(engine);
    for (const { pid, peak } of running) peaks.set(pid, peak);
    highestSum = Math.max(
      highestSum,
      running.reduce((sum, { share }) => sum + share, 0),
    );
  }, pollMs);
  return () => {
    clearInterval(timer);
    return { peaks: [...peaks.values()], highestSum };
  };
}

interface ProcessMemory {
  readonly pid: string;
  readonly peak: number;
  /** Its own memory, and its part of what it shares with others. */
  readonly share: number;
}

/** The provider processes of now: those that the engine itself has started, in its process group. */
function providersOf(head: number): ProcessMemory[] {
  const group = readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((pid) => {
      try {
        const { parent, processGroup } = statOf(pid);
        return processGroup === head ? [{ pid, parent }] : [];
      } catch {
        // It has ended.
        return [];
      }
    });
  const engines = group.filter(({ parent }) => parent === head).map(({ pid }) => Number(pid));
  return group.filter(({ parent }) => engines.includes(parent)).flatMap(({ pid }) => memoryOf(pid) ?? []);
}

/** Undefined where the process has ended. */
function memoryOf(pid: string): ProcessMemory | undefined {
  try {
    const peak = kilobytes(`/proc/${pid}/status`, 'VmHWM');
    const share = kilobytes(`/proc/${pid}/smaps_rollup`, 'Pss');
    if (peak === undefined || share === undefined) return undefined;
    return { pid, peak: peak / 1024, share: share / 1024 };
  } catch {
    return undefined;
  }
}

/** A line such as `Pss:   8169 kB`. */
function kilobytes(file: string, name: string): number | undefined {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'mu').exec(readFileSync(file, 'utf8'))?.[1];
  return found === undefined ? undefined : Number(found);
}

function statOf(pid: string) {
  // The name of the program is in parentheses, and may contain spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /su, '')
    .split(' ')
    .map(Number);
  const [, parent = 0, processGroup = 0] = fields;
  return { parent, processGroup, childTicks: (fields[13] ?? 0) + (fields[14] ?? 0) };
}
