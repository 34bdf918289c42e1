import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Command } from 'commander';
import { pullState, runEngine } from './engine';
import { exitCodes } from './exit-codes';
import { readText } from './report-inputs';

interface Flags {
  readonly state?: string;
  readonly varFile?: readonly string[];
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `phonestate rehearse`: a dry run of an apply against an emulator that holds what the system holds. */
export function rehearseCommand(): Command {
  return new Command('rehearse')
    .description(
      'apply a copy of a configuration to emulators that hold what its systems hold; nothing is written to VICIdial',
    )
    .argument(
      '<environment>',
      'folder with a configuration, or name of an environment that was synthesised (cdktf.out)',
    )
    .option('--state <file>', 'state to begin with, in place of that of the backend (state pull)')
    .option('--var-file <file...>', 'files of variables, as for plan')
    .option('--all', 'list every change and every call')
    .option('--json', 'print the outcome as JSON')
    .addHelpText(
      'after',
      '\nExit code: 0 where the apply succeeds and the next plan is empty; 5 where the apply would fail, or the next plan has changes; 1 where it cannot be rehearsed.',
    )
    .action(run);
}

async function run(environment: string, flags: Flags): Promise<void> {
  const source = folderOf(environment);
  const [{ rehearse }, { PrivateFolder }, { outcomeText }] = await Promise.all([
    import('../rehearsal/rehearsal'),
    import('../rehearsal/private-folder'),
    import('../rehearsal/outcome'),
  ]);
  const stop = new AbortController();
  const interrupted = onSignals(stop);
  const { signal } = stop;
  const state =
    flags.state === undefined
      ? await pullState({ folder: source, signal }, 'give the state with --state FILE')
      : readText(flags.state);
  const data = dataFolder(source);
  const folder = PrivateFolder.create(source, data, flags.varFile);
  try {
    const outcome = await rehearse({
      environment: basename(source),
      folder,
      state,
      workspace: workspaceOf(data),
      engine: (args, variables) =>
        runEngine(args, { folder: folder.folder, environment: { ...ownVariables(), ...variables }, signal }),
      progress: (text) => console.error(`${text} …`),
      signal,
    });
    process.stdout.write(
      flags.json ? `${JSON.stringify(outcome, null, 2)}\n` : outcomeText(outcome, { all: flags.all ?? false }),
    );
    if (outcome.result !== 'succeeded') process.exitCode = exitCodes.rehearsalFailed;
  } finally {
    folder.remove();
    interrupted();
  }
}

/** The folder of a configuration: what is given, or where an environment of that name was synthesised. */
function folderOf(environment: string): string {
  const synthesised = join('cdktf.out', 'stacks', environment);
  const found = [synthesised, environment].find((each) => existsSync(each) && statSync(each).isDirectory());
  if (found !== undefined) return resolve(found);
  throw new Error(
    `There is no folder ${environment}, and no ${synthesised}. Synthesise the environment first (npm run synth), or name the folder of a configuration.`,
  );
}

function dataFolder(source: string): string {
  return resolve(source, process.env.TF_DATA_DIR || '.terraform');
}

function workspaceOf(data: string): string {
  const file = join(data, 'environment');
  return process.env.TF_WORKSPACE || (existsSync(file) ? readFileSync(file, 'utf8').trim() : '') || 'default';
}

/**
 * The variables of the runs in the private folder. Those that lead the engine to another folder, another provider or other
 * arguments are left out: a provider that was started by hand would not know of the rehearsal.
 */
function ownVariables(): NodeJS.ProcessEnv {
  const left = /^(?:TF_REATTACH_PROVIDERS|TF_DATA_DIR|TF_WORKSPACE|TF_CLI_ARGS(?:_.*)?)$/u;
  const retained = Object.fromEntries(Object.entries(process.env).filter(([name]) => !left.test(name)));
  const { TF_CLI_CONFIG_FILE: config } = retained;
  return config === undefined ? retained : { ...retained, TF_CLI_CONFIG_FILE: resolve(config) };
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Ends the rehearsal at a signal: the engine is interrupted, and the private folder is removed.
 *
 * @returns what is to be called at the end: it ends this process by the signal that came, if any
 */
function onSignals(stop: AbortController): () => void {
  let received: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals) => {
    received = signal;
    stop.abort(new Error(`The rehearsal was ended by ${signal}.`));
  };
  for (const signal of signals) process.on(signal, note);
  return () => {
    for (const signal of signals) process.removeListener(signal, note);
    if (received !== undefined) process.kill(process.pid, received);
  };
}
