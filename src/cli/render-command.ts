import { Command } from 'commander';
import { folderOption, locate, type FolderFlag } from './environment-options';

interface Flags extends FolderFlag {
  readonly phone?: string;
  readonly origins?: boolean;
}

/** `phonestate render`: what an environment file and its bases declare together. */
export function renderCommand(): Command {
  return new Command('render')
    .description('print the effective environment: without base, ranges and defaults')
    .argument('<environment>', 'name of an environment, or path of its file')
    .option('--phone <key>', 'only this phone: SERVER/EXTENSION, SERVER_IP/EXTENSION or its phone login')
    .option('--origins', 'print file and line of each value, and what set it')
    .addOption(folderOption())
    .addHelpText('after', '\nExit code: 0, or 1 where the file has errors.')
    .action(run);
}

async function run(environment: string, { folder, phone, origins }: Flags): Promise<void> {
  const { reader, file } = await locate(environment, folder);
  const [{ renderEnvironment }, { describeProblem }] = await Promise.all([
    import('../environment/render'),
    import('../environment/problems'),
  ]);
  const effective = reader.readFile(file);
  for (const warning of effective.warnings) console.error(`warning: ${describeProblem(warning)}`);
  process.stdout.write(renderEnvironment(effective, { phone, origins }));
}
