/** Problems of environment files in the formats that pipelines read. */
import { describeProblem, type Problem } from './problems';
import { version } from '../address';

export type ReportFormat = 'text' | 'github' | 'sarif' | 'junit';

/** What was validated. */
export interface ValidatedFile {
  readonly file: string;
  readonly problems: readonly Problem[];
}

/** Writes a report; empty where the format has nothing to say of files without problems. */
export function reportProblems(files: readonly ValidatedFile[], format: ReportFormat): string {
  return reporters[format](files);
}

const reporters: Readonly<Record<ReportFormat, (files: readonly ValidatedFile[]) => string>> = {
  text: (files) => distinct(files).map(textLine).join('\n'),
  github: (files) => distinct(files).map(githubLine).join('\n'),
  sarif: (files) => JSON.stringify(sarif(distinct(files)), null, 2),
  junit,
};

/** A problem of a base is found with each environment that is derived from it, and reported once. */
function distinct(files: readonly ValidatedFile[]): Problem[] {
  const problems = files.flatMap((file) => file.problems);
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function textLine(problem: Problem): string {
  return `${problem.severity === 'warning' ? 'warning: ' : ''}${describeProblem(problem)}`;
}

/** A workflow command of GitHub Actions, which shows the message on its line of the pull request. */
function githubLine({ severity, file, line, field, message }: Problem): string {
  const properties = [`file=${property(file)}`, ...(line === undefined ? [] : [`line=${line}`])];
  const text = field === '' ? message : `${field}: ${message}`;
  return `::${severity} ${properties.join(',')}::${command(text)}`;
}

function command(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return command(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function sarif(problems: readonly Problem[]) {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'phonestate', version, rules: [{ id: 'environment' }] } },
        results: problems.map(({ severity, file, line, field, message }) => ({
          ruleId: 'environment',
          level: severity,
          message: { text: field === '' ? message : `${field}: ${message}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(file.replaceAll('\\', '/')) },
                region: { startLine: line ?? 1 },
              },
            },
          ],
        })),
      },
    ],
  };
}

/** A test suite for all files, with a test case for each. Warnings are its output. */
function junit(files: readonly ValidatedFile[]): string {
  const failed = files.filter(({ problems }) => problems.some(({ severity }) => severity === 'error'));
  const cases = files.map(({ file, problems }) => {
    const of = (severity: Problem['severity']) =>
      problems.filter((problem) => problem.severity === severity).map(describeProblem);
    const [errors, warnings] = [of('error'), of('warning').map((each) => `warning: ${each}`)];
    const parts = [
      ...errors.map((error) => `      <failure message="${xml(error)}"/>`),
      ...(warnings.length === 0 ? [] : [`      <system-out>${xml(warnings.join('\n'))}</system-out>`]),
    ];
    const head = `    <testcase classname="phonestate validate" name="${xml(file)}"`;
    return parts.length === 0 ? `${head}/>` : `${head}>\n${parts.join('\n')}\n    </testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="phonestate validate" tests="${files.length}" failures="${failed.length}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

function xml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
