/** Parses an environment file: YAML, then its schema. */
import { composed } from '../model/composed-letters';
import { schemaProblems, YamlText, type FileProblem } from '../yaml-file';
import { environmentFile, type EnvironmentFile } from './environment-file';
import type { FileSource } from './file-source';
import { placeOf, type FileText } from './file-text';
import type { ProblemList } from './problems';

/** A parsed file. */
export interface ParsedFile {
  readonly file: EnvironmentFile;
  readonly text: FileText;
}

/** Parses a file. What is wrong is added to the problems, and the result is then undefined. */
export function parseFile(source: FileSource, file: string, problems: ProblemList): ParsedFile | undefined {
  const name = source.nameOf(file);
  const bytes = source.read(file);
  const whole = { file: name, field: '' };
  if (!bytes) {
    problems.error(whole, 'does not exist');
    return undefined;
  }
  const yaml = new YamlText(bytes.toString('utf8'));
  const text: FileText = { file: name, lineOf: (path) => yaml.lineOf(path) };
  for (const { line, message } of yaml.syntaxErrors) problems.addAll([{ ...whole, severity: 'error', line, message }]);
  if (problems.hasErrors) return undefined;
  if (isFormerFile(yaml.value)) {
    problems.error(placeOf(text, ['version']), formerFileMessage);
    return undefined;
  }
  // Letters are composed first, as Terraform reads them, so that names and keys are compared as it does.
  const { data, error } = environmentFile.safeParse(composed(yaml.value), { reportInput: true });
  const issues = error ? schemaProblems(error) : [];
  for (const { path, message } of withMisleading(issues, yaml.misleadingValues()))
    problems.addAll([{ severity: 'error', ...placeOf(text, path), message }]);
  return data && !problems.hasErrors ? { file: data, text } : undefined;
}

/**
 * The schema knows what belongs in place of no value, and cannot know that a number had leading zeros. Keys of a user's
 * own hold anything.
 */
function withMisleading(issues: readonly FileProblem[], misleading: readonly FileProblem[]): FileProblem[] {
  const at = ({ path }: FileProblem) => path.join('.');
  const values = misleading.filter(({ path }) => !path.some((key) => String(key).startsWith('x-')));
  const zeros = new Set(values.filter(({ message }) => message.includes('leading zeros')).map(at));
  const known = new Set(issues.map(at));
  return [
    ...values.filter((value) => zeros.has(at(value)) || !known.has(at(value))),
    ...issues.filter((issue) => !zeros.has(at(issue))),
  ];
}

const formerFileMessage = [
  'is missing, and this is a file of version 0.1. Write version: 1 and moved_from: 0.1,',
  'move url, user and password into provider, and write protect instead of deletion_protection',
  '(docs/guides/environments.md)',
].join(' ');

/** Whether a file has the format of version 0.1, which had the address of the API at its top. */
function isFormerFile(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !('version' in value) && 'url' in value;
}
