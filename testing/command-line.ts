/** The command as tests run it in a process: the executable where they use it for the provider too, or else the bundle. */
import { join } from 'node:path';
import { bundle, executables, providerFile } from './provider-file';

const words =
  providerFile === bundle
    ? [process.execPath, join(__dirname, '..', 'dist', 'phonestate.js')]
    : [executables().command];

/** The program and all of its arguments, for the functions of node:child_process. */
export function commandLine(args: readonly string[]): [program: string, args: string[]] {
  const [program = '', ...first] = words;
  return [program, [...first, ...args]];
}
