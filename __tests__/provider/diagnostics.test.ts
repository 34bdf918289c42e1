/** How failures become diagnostics, as far as Terraform merges and drops them. */
import { failure } from '../../src/model/failures';
import { RunDiagnostics } from '../../src/provider/diagnostics';

const report = (code: Parameters<typeof failure>[0], object?: string, field?: string) =>
  new RunDiagnostics().report([failure(code, { what: 'It happened.', field })], {}, object)[0]?.summary;

test('a warning that says something of one object has it in its summary, so that it is not merged with others', () => {
  expect(report('agent-logged-in', 'vicidial_phone 10.0.0.11/55000')).toMatch(/: vicidial_phone 10.0.0.11\/55000$/u);
  expect(report('password-default', 'vicidial_phone 10.0.0.11/55000', 'phone_pass')).toMatch(
    /: phone_pass of vicidial_phone 10.0.0.11\/55000$/u,
  );
});

test('a warning that is the same for all objects or the whole run is merged, and errors never are', () => {
  for (const code of ['delete-unchecked', 'reading-limited', 'phone-exists'] as const)
    expect(report(code, 'vicidial_phone 10.0.0.11/55000')).not.toContain('55000');
});

test('each warning has its whole text, as it may be the one that is shown', () => {
  const run = new RunDiagnostics();
  const [first, second] = [1, 2].map(
    () => run.report([failure('delete-unchecked', { what: 'It happened.' })], {})[0]?.detail,
  );
  expect(second).toBe(first);
});
