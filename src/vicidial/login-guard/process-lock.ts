/** A lock between processes of one machine. A holder that crashed does not keep it. */
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

/** Taking a lock from a dead holder is a matter of microseconds. A mark of it that is older was left by a crash. */
const takeoverMs = 10_000;

/**
 * Names a running process: its id and, on Linux, its start time, since ids are used again.
 *
 * @returns undefined where no such process runs
 */
export function processIdentity(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process cannot be signalled, but it runs.
    if (!hasCode(error, 'EPERM')) return undefined;
  }
  return `${pid}:${startTime(pid)}`;
}

/** Field 22 of /proc/PID/stat, see proc(5). The second field, a program's name, may contain spaces and parentheses. */
function startTime(pid: number): string {
  const stat = readText(`/proc/${pid}/stat`) ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

export class ProcessLock {
  readonly #path: string;
  readonly #maxAgeMs: number;
  readonly #holder = `${processIdentity(process.pid) ?? process.pid} ${randomUUID()}`;
  #held = false;

  /**
   * @param path of the lock file, in a folder that exists
   * @param maxAgeMs after which a lock counts as abandoned, even if its holder runs
   */
  constructor(path: string, maxAgeMs: number) {
    this.#path = path;
    this.#maxAgeMs = maxAgeMs;
  }

  get held(): boolean {
    return this.#held;
  }

  /**
   * Takes the lock if it is free, and frees it for the next attempt if its holder is dead.
   *
   * @throws Error if the folder cannot be written
   */
  tryAcquire(): boolean {
    this.#held ||= createExclusive(this.#path, this.#holder);
    if (!this.#held && this.#isAbandoned()) this.#removeAbandoned();
    return this.#held;
  }

  release(): void {
    // A lock that was held for too long may belong to another process by now.
    if (this.#held && readText(this.#path) === this.#holder) rmSync(this.#path, { force: true });
    this.#held = false;
  }

  #isAbandoned(): boolean {
    const content = readText(this.#path);
    // The file is empty for a moment after its creation.
    if (content) {
      const [holder = ''] = content.split(' ');
      const isDead = processIdentity(Number.parseInt(holder, 10)) !== holder;
      // A holder that released it and ended in between is no crashed one.
      if (isDead) return readText(this.#path) === content;
    }
    return ageMs(this.#path) > this.#maxAgeMs;
  }

  /** Of several processes that find the same dead holder, one removes its lock: the second could remove a new one. */
  #removeAbandoned(): void {
    const takeover = `${this.#path}.takeover`;
    if (!createExclusive(takeover, '')) {
      if (ageMs(takeover) > takeoverMs) rmSync(takeover, { force: true });
      return;
    }
    try {
      if (this.#isAbandoned()) rmSync(this.#path, { force: true });
    } finally {
      rmSync(takeover, { force: true });
    }
  }
}

/** @returns false if the file exists */
function createExclusive(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // It was removed meanwhile, or this system has no /proc.
    return undefined;
  }
}

function ageMs(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? Date.now() - stat.mtimeMs : 0;
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
