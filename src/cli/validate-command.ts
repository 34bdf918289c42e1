import { Command, Option } from 'commander';
import type { ReportFormat, ValidatedFile } from '../environment/problem-reports';
import { folderOption, locate, type FolderFlag, type LocatedFile } from './environment-options';

interface Flags extends FolderFlag {
  readonly format: ReportFormat;
}

/** By the type, all formats. */
const formats: Readonly<Record<ReportFormat, true>> = { text: true, github: true, sarif: true, junit: true };

/** `phonestate validate`: finds all errors of environment files, without a server and without an engine. */
export function validateCommand(): Command {
  return new Command('validate')
    .description('find all errors of environment files, each with its line')
    .argument('[files...]', 'names of environments or paths of files (default: all of the folder)')
    .addOption(new Option('--format <format>', 'format of the report').choices(Object.keys(formats)).default('text'))
    .addOption(folderOption())
    .addHelpText('after', '\nExit code: 0 without errors, also with warnings; 1 with errors.')
    .action(run);
}

async function run(files: readonly string[], { folder, format }: Flags): Promise<void> {
  const located = await Promise.all(
    (files.length > 0 ? files : await allOf(folder)).map((file) => locate(file, folder)),
  );
  const [{ reportProblems }, { EnvironmentError }] = await Promise.all([
    import('../environment/problem-reports'),
    import('../environment/problems'),
  ]);
  const validate = ({ reader, file }: LocatedFile): ValidatedFile => {
    const name = reader.source.nameOf(file);
    try {
      return { file: name, problems: reader.readFile(file).warnings };
    } catch (error) {
      if (error instanceof EnvironmentError) return { file: name, problems: error.problems };
      throw error;
    }
  };
  const validated = located.map(validate);
  const report = reportProblems(validated, format);
  if (report !== '') console.log(report);
  const failed = validated.filter(({ problems }) => problems.some(({ severity }) => severity === 'error'));
  console.error(
    `${validated.length} environment ${validated.length === 1 ? 'file' : 'files'}, ${failed.length} with errors.`,
  );
  process.exitCode = failed.length > 0 ? 1 : 0;
}

async function allOf(folder: string): Promise<string[]> {
  const [{ environmentNames, folderSource }] = await Promise.all([import('../environment/file-source')]);
  const names = environmentNames(folderSource(folder));
  if (names.length === 0)
    throw new Error(`${folder} has no environment files; name them, or their folder with --folder`);
  return names;
}
