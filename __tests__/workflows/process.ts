/** Runs programs beside servers of this process, which have to go on answering meanwhile. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const timeoutMs = 120_000;

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program with these variables and nothing else of this process but PATH, and waits for it. */
export async function runProgram(
  command: string,
  args: readonly string[],
  {
    folder,
    environment = {},
    input = '',
  }: { readonly folder: string; readonly environment?: Readonly<Record<string, string>>; readonly input?: string },
): Promise<Ended> {
  const child = spawn(command, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: timeoutMs,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (output += part));
  // A program that reads no input may be gone before it is written.
  child.stdin.on('error', () => {}).end(input);
  await once(child, 'close');
  return { code: child.exitCode, output };
}

/** As `runProgram`. Throws where the program fails, and returns its output without the line end. */
export async function expectProgram(...args: Parameters<typeof runProgram>): Promise<string> {
  const { code, output } = await runProgram(...args);
  if (code !== 0) throw new Error(`${args[0]} ${args[1].join(' ')} ended with ${code}:\n${output}`);
  return output.trimEnd();
}
