/** Parses an environment file: YAML, then its schema. */
import { schemaProblems, YamlText } from '../yaml-file';
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
  const zeros = yaml.leadingZeros();
  const { data, error } = environmentFile.safeParse(yaml.value, { reportInput: true });
  // A number with leading zeros is often no string either, which says less.
  const issues = (error ? schemaProblems(error) : []).filter(
    ({ path }) => !zeros.some((zero) => zero.path.join('.') === path.join('.')),
  );
  for (const { path, message } of [...zeros, ...issues])
    problems.addAll([{ severity: 'error', ...placeOf(text, path), message }]);
  return data && !problems.hasErrors ? { file: data, text } : undefined;
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
