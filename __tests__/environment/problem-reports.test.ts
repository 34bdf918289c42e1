import { reportProblems, type ValidatedFile } from '../../src/environment/problem-reports';
import type { Problem } from '../../src/environment/problems';

const error: Problem = {
  severity: 'error',
  file: 'live/a,b.yaml',
  line: 7,
  field: 'phones.0.email',
  message: 'is "<5%>" & wrong',
};
const warning: Problem = {
  severity: 'warning',
  file: 'live/c.yaml',
  line: 2,
  field: 'extends',
  message: 'is a branch',
};
const whole: Problem = { severity: 'error', file: 'live/d.yaml', field: '', message: 'does not exist' };
const files: readonly ValidatedFile[] = [
  // The error of a base is found twice.
  { file: 'live/a,b.yaml', problems: [error] },
  { file: 'live/c.yaml', problems: [warning, error] },
  { file: 'live/d.yaml', problems: [whole] },
  { file: 'live/e.yaml', problems: [] },
];

describe('a report of problems', () => {
  test('as text has a line for each, once', () => {
    expect(reportProblems(files, 'text').split('\n')).toEqual([
      'live/a,b.yaml:7: phones.0.email: is "<5%>" & wrong',
      'warning: live/c.yaml:2: extends: is a branch',
      'live/d.yaml: does not exist',
    ]);
  });

  test('for GitHub has a workflow command for each, with its characters escaped', () => {
    expect(reportProblems(files, 'github').split('\n')).toEqual([
      '::error file=live/a%2Cb.yaml,line=7::phones.0.email: is "<5%25>" & wrong',
      '::warning file=live/c.yaml,line=2::extends: is a branch',
      '::error file=live/d.yaml::does not exist',
    ]);
  });

  test('as SARIF has a result for each, with its place', () => {
    const { version, runs } = JSON.parse(reportProblems(files, 'sarif')) as {
      version: string;
      runs: [{ results: unknown[] }];
    };
    expect(version).toBe('2.1.0');
    const result = (level: string, text: string, uri: string, startLine: number) => ({
      ruleId: 'environment',
      level,
      message: { text },
      locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine } } }],
    });
    expect(runs[0].results).toEqual([
      result('error', 'phones.0.email: is "<5%>" & wrong', 'live/a,b.yaml', 7),
      result('warning', 'extends: is a branch', 'live/c.yaml', 2),
      result('error', 'does not exist', 'live/d.yaml', 1),
    ]);
  });

  test('as JUnit has a test case for each file, with its characters escaped', () => {
    expect(reportProblems(files, 'junit')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="phonestate validate" tests="4" failures="3">
    <testcase classname="phonestate validate" name="live/a,b.yaml">
      <failure message="live/a,b.yaml:7: phones.0.email: is &quot;&lt;5%&gt;&quot; &amp; wrong"/>
    </testcase>
    <testcase classname="phonestate validate" name="live/c.yaml">
      <failure message="live/a,b.yaml:7: phones.0.email: is &quot;&lt;5%&gt;&quot; &amp; wrong"/>
      <system-out>warning: live/c.yaml:2: extends: is a branch</system-out>
    </testcase>
    <testcase classname="phonestate validate" name="live/d.yaml">
      <failure message="live/d.yaml: does not exist"/>
    </testcase>
    <testcase classname="phonestate validate" name="live/e.yaml"/>
  </testsuite>
</testsuites>`);
  });

  test('is empty as text where there are no problems', () => {
    expect(reportProblems([{ file: 'a.yaml', problems: [] }], 'text')).toBe('');
  });
});
