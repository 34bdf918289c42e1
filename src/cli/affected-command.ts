import { Command } from 'commander';
import type { AffectedEnvironment, AffectedEnvironments } from '../environment/affected';
import { folderOption, type FolderFlag } from './environment-options';

interface Flags extends FolderFlag {
  readonly since: string;
  readonly json?: boolean;
}

/** `phonestate affected`: the environments that a pipeline has to plan. */
export function affectedCommand(): Command {
  return new Command('affected')
    .description('list the environments whose effective content differs from that at a Git ref')
    .requiredOption('--since <ref>', 'Git commit, tag or branch to compare with')
    .option('--json', 'print an object with the commit and a list, for the matrix of a pipeline')
    .addOption(folderOption())
    .addHelpText('after', '\nExit code: 0, also where none differs; 1 where a file has errors or there is no such ref.')
    .action(run);
}

async function run({ folder, since, json = false }: Flags): Promise<void> {
  const { affectedEnvironments } = await import('../environment/affected');
  const result = affectedEnvironments(folder, since);
  if (json) console.log(JSON.stringify(result, null, 2));
  else report(result);
}

function report({ since: { ref, commit }, affected }: AffectedEnvironments): void {
  console.error(
    `Compared with ${ref} (${commit}): ${affected.length === 0 ? 'no environment differs' : 'these differ'}.`,
  );
  for (const each of affected) console.log(line(each));
}

function line({ environment, change, reason }: AffectedEnvironment): string {
  return `${environment} ${change}${reason === undefined ? '' : ` (${reason})`}`;
}
