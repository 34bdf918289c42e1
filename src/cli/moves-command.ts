import { Command, Option } from 'commander';
import { readText } from './report-inputs';

interface Flags {
  readonly log?: string;
  readonly format: 'hcl' | 'yaml';
}

/** `phonestate moves`: the `moved` blocks for objects whose addresses have changed. */
export function movesCommand(): Command {
  return new Command('moves')
    .description('print moved blocks for phones and phone aliases whose addresses have changed, paired by their keys')
    .argument('<old>', 'state: terraform.tfstate, the output of state pull, or terraform show -json of a state or plan')
    .argument('<new>', 'configuration: an environment file, cdk.tf.json, or the JSON of the plan that was refused')
    .option('--log <file>', 'log of the refused plan (plan -json): what was refused is only there')
    .addOption(
      new Option('--format <format>', 'blocks of Terraform, or lines of an environment file')
        .choices(['hcl', 'yaml'])
        .default('hcl'),
    )
    .addHelpText('after', '\nExit code: 0; 1 where an object cannot be moved in one step, or a file cannot be read.')
    .action(run);
}

async function run(old: string, now: string, { log, format }: Flags): Promise<void> {
  const [{ objectsInState }, { pairMoves, toHcl, toYaml }] = await Promise.all([
    import('../report/addressed-objects'),
    import('../report/moves'),
  ]);
  const { moves, refused } = pairMoves(objectsInState(readText(old), old), await declared(now, log));
  process.stdout.write((format === 'yaml' ? toYaml : toHcl)(moves));
  if (moves.length === 0 && refused.length === 0)
    console.error('Nothing has moved: no object has another address now.');
  for (const each of refused) console.error(each);
  if (refused.length > 0) process.exitCode = 1;
}

/** What the configuration declares: the objects of an environment file are all that it could import. */
async function declared(file: string, log: string | undefined) {
  if (/\.ya?ml$/u.test(file)) {
    const [{ locate }, { importTargets }] = await Promise.all([
      import('./environment-options'),
      import('../environment/movements'),
    ]);
    const { reader, file: name } = await locate(file, '.');
    const { phones, aliases } = reader.readFile(name);
    return importTargets({ phones, aliases, imports: 'all' }).map(({ to, id }) => ({
      address: to,
      type: to.split('.')[0] ?? '',
      key: id,
    }));
  }
  const { declaredObjects } = await import('../report/addressed-objects');
  return declaredObjects(readText(file), file, log === undefined ? undefined : readText(log));
}
