/** Runs `phonestate doctor` as a process of its own, as a user does. */
import { execFile } from 'node:child_process';
import type { Check } from '../../src/vicidial/doctor/check';
import { commandLine } from '../../testing/command-line';

/** The exit code, and all output. */
export interface DoctorRun {
  readonly code: number;
  readonly output: string;
}

/** @param environment nothing else is in it, besides what Node.js needs */
export function runDoctor(flags: readonly string[], environment: Readonly<Record<string, string>>): Promise<DoctorRun> {
  const env = { PATH: process.env.PATH, ...environment };
  return new Promise((resolve) => {
    execFile(...commandLine(['doctor', ...flags]), { env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
    );
  });
}

/** The checks of a run with --json, by name. Fails where the output has anything else. */
export function byName(output: string): Record<string, Check> {
  const checks = JSON.parse(output) as Check[];
  return Object.fromEntries(checks.map((check) => [check.name, check]));
}
