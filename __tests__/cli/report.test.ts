/** The commands `report`, `verify` and `moves` of the bundle, as pipelines run them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manifestText } from '../../src/report/manifest';
import { commandLine } from '../../testing/command-line';
import { resourceChange, samplePlan, storedPhone } from '../../testing/sample-plan';
import { samplePlans } from '../../testing/sample-plans';

const folder = mkdtempSync(join(tmpdir(), 'phonestate-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const key = { PHONESTATE_FINGERPRINT_KEY: 'a key of the pipeline' };

function run(args: readonly string[], environment: Readonly<Record<string, string>> = key, input = '') {
  const { PATH = '' } = process.env;
  const options = { cwd: folder, env: { PATH, ...environment }, encoding: 'utf8', input } as const;
  const { status, stdout, stderr } = spawnSync(...commandLine(args), options);
  return { status, stdout, stderr };
}

function put(file: string, text: string): string {
  mkdirSync(join(folder, file, '..'), { recursive: true });
  writeFileSync(join(folder, file), text);
  return file;
}

const environment = `version: 1
servers: { east: 10.0.0.11 }
limits: { update: 0 }
phones:
  - { server: east, extension: "55000", phone_login: "55000" }
`;

const planOf = (name: string) => samplePlans[name]?.plan ?? '';

beforeAll(() => {
  for (const name of ['update', 'destroy', 'no changes']) put(`${name.replace(' ', '-')}.json`, planOf(name));
  const failed = samplePlans['errors with a log'];
  put('failed.json', failed?.plan ?? '');
  put('failed.log', failed?.log ?? '');
});

describe('report', () => {
  test('prints Markdown of several environments, failures first, each with its log', () => {
    const { status, stdout } = run(['report', 'production=update.json', 'lab=failed.json', '--log', 'lab=failed.log']);
    expect(status).toBe(0);
    expect(stdout.split('\n')[0]).toBe('<!-- phonestate report: lab production -->');
    expect(stdout.indexOf('## lab: plan failed')).toBeLessThan(stdout.indexOf('## production: changes'));
    expect(stdout).toContain('`vicidial_phone.reception`');
  });

  test('reads the standard input, and writes a file', () => {
    expect(run(['report', '-', '--json', '--output', 'out.json'], key, planOf('destroy'))).toMatchObject({
      status: 0,
      stdout: '',
    });
    expect(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'))).toMatchObject({
      version: 1,
      reports: [{ result: 'changes', counts: { destroy: 2 } }],
    });
  });

  test.each([
    ['none/out.md', 'none/out.md cannot be written: its folder does not exist. Give --output another file.'],
    ['.', '. cannot be written: it is a folder. Give --output another file.'],
  ])('says why it cannot write %s', (output, message) => {
    const { status, stderr } = run(['report', 'update.json', '--output', output]);
    expect([status, stderr]).toEqual([1, `phonestate: ${message}\n`]);
  });

  test.each([
    ['--html', /^<!DOCTYPE html>/u],
    ['--format=gitlab', /^\{"create":0,"update":1,"delete":0\}\n$/u],
    ['--format=markdown', /^<!-- phonestate report/u],
  ])('%s', (flag, start) => {
    expect(run(['report', 'update.json', flag]).stdout).toMatch(start);
  });

  test('takes title, limits and origins from the file that synthesis has written beside the plan', () => {
    const origins = { 'vicidial_phone.phone-55000': { file: 'environments/production.yaml', line: 9 } };
    put('stack/phonestate.json', manifestText({ title: 'production', limits: { destroy: '0' }, origins }));
    put('stack/plan.json', planOf('destroy'));
    const variables = {
      ...key,
      GITHUB_SERVER_URL: 'https://git.example.com',
      GITHUB_REPOSITORY: 'a/b',
      GITHUB_SHA: 'c0ffee',
    };
    const { status, stdout, stderr } = run(['report', 'stack/plan.json'], variables);
    expect(status).toBe(3);
    expect(stderr).toContain('production: destroy: 1 on 10.0.0.11, and the limit is 0.');
    expect(stdout).toContain('## production: a limit is exceeded, not approvable');
    expect(stdout).toContain('(https://git.example.com/a/b/blob/c0ffee/environments/production.yaml#L9)');
  });

  test('finds that file in the output of the synthesis by the name of the environment', () => {
    put(
      'cdktf.out/stacks/staging/phonestate.json',
      manifestText({ title: 'staging', limits: { update: 0 }, origins: {} }),
    );
    expect(run(['report', '--environment', 'staging=update.json']).status).toBe(3);
    expect(run(['report', '--environment', 'other=update.json']).status).toBe(0);
  });

  test('reads an environment file for title, limits and lines', () => {
    put('lab.yaml', environment);
    const { status, stdout } = run(['report', '--environment', 'lab.yaml=update.json']);
    expect(status).toBe(3);
    expect(stdout).toContain('## lab: a limit is exceeded');
    expect(run(['report', 'update.json', '--environment', 'lab.yaml']).status).toBe(3);
  });

  test.each([
    ['destroy', 3],
    ['destroy>1', 0],
    ['update,replace,adopt,forget', 0],
  ])('--fail-on %s ends with %i', (limits, status) => {
    const result = run(['report', 'destroy.json', '--fail-on', limits]);
    expect(result.status).toBe(status);
    expect(result.stdout).toContain('Destroyed (2)');
  });

  test('--fail-on ends with 3 where the plan has errors, as nothing can be said of it', () => {
    expect(run(['report', 'failed.json', '--fail-on', 'destroy>50%'])).toMatchObject({
      status: 3,
      stderr: 'failed: the plan has errors, so that limits cannot be checked.\n',
    });
  });

  test.each([
    [['report'], 'Give at least one plan'],
    [['report', 'nowhere.json'], 'nowhere.json'],
    [['report', 'update.json', '--html', '--json'], 'Choose one of'],
    [['report', 'update.json', '--fail-on', 'remove'], '"remove" is no limit'],
    [['report', 'update.json', 'destroy.json', '--log', 'failed.log'], 'Which plan has the log'],
    [['report', 'update.json', 'destroy.json', '--environment', 'a.yaml'], 'Which plan is of a.yaml'],
    [['report', '--environment', 'production'], 'production=PLAN.json'],
    [['report', 'update.json', '--limit', 'x'], 'must be a number of characters'],
  ])('%j ends with 1 and says why', (args, message) => {
    const { status, stderr } = run(args);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
  });
});

describe('verify', () => {
  const fingerprint = (plan: string, environment = key) => {
    const { reports } = JSON.parse(run(['report', plan, '--json'], environment).stdout) as {
      reports: { fingerprint: string }[];
    };
    return reports[0]?.fingerprint ?? '';
  };

  test('the same plan made again ends with 0', () => {
    const again = put(
      'again.json',
      JSON.stringify({ ...(JSON.parse(planOf('update')) as object), timestamp: 'later' }),
    );
    expect(run(['verify', again, '--against', fingerprint('update.json')])).toMatchObject({
      status: 0,
      stdout: 'again: the plan is the one that was reviewed.\n',
    });
    const salted = {} as typeof key;
    expect(run(['verify', again, '--against', fingerprint('update.json', salted)], salted).status).toBe(0);
  });

  test('a merge in between ends with 4, prints the new report, and what has changed since', () => {
    const before = storedPhone('55000');
    const merged = samplePlan([
      resourceChange('vicidial_phone.phone-55000', ['update'], before, { ...before, outbound_cid: '7275559999' }),
      resourceChange('vicidial_phone.other', ['delete'], storedPhone('55007'), null),
    ]);
    put('merged.json', merged);
    run(['report', 'update.json', '--json', '--output', 'reviewed.json']);
    const args = ['verify', 'merged.json', '--against', fingerprint('update.json'), '--reviewed', 'reviewed.json'];
    const { status, stdout, stderr } = run(args);
    expect(status).toBe(4);
    expect(stdout).toContain('### Destroyed (1)');
    expect(stdout).toContain(
      '### Changed since the review\n\n- new: destroy `10.0.0.11/55007` (`vicidial_phone.other`)',
    );
    expect(stderr).toContain('not the one that was reviewed');
  });

  test('a plan with errors ends with 1', () => {
    const { status, stderr } = run(['verify', 'failed.json', '--against', fingerprint('update.json')]);
    expect(status).toBe(1);
    expect(stderr).toContain('has no fingerprint');
  });

  test.each([
    ['no fingerprint', 'abc', key, 'This is no fingerprint'],
    [
      'another key',
      undefined,
      { PHONESTATE_FINGERPRINT_KEY: 'another' },
      'another value of PHONESTATE_FINGERPRINT_KEY',
    ],
    ['no key', undefined, {}, 'is not set here'],
  ])('a fingerprint that cannot be compared ends with 1: %s', (_name, against, environment, message) => {
    const { status, stderr } = run(
      ['verify', 'update.json', '--against', against ?? fingerprint('update.json')],
      environment,
    );
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('a key of the pipeline');
  });

  test('the limits hold for the reviewed plan too', () => {
    const args = ['verify', 'destroy.json', '--against', fingerprint('destroy.json')];
    expect(run(args).status).toBe(0);
    expect(run([...args, '--fail-on', 'destroy']).status).toBe(3);
  });
});

describe('moves', () => {
  const synthesised = (name: string) =>
    JSON.stringify({ resource: { vicidial_phone: { [name]: { server_ip: '10.0.0.11', extension: '55000' } } } });

  test('prints blocks, and ends with 1 where an object cannot be moved', () => {
    const cdk = put('cdk.tf.json', synthesised('new'));
    expect(run(['moves', 'update.json', cdk])).toMatchObject({
      status: 0,
      stdout: 'moved {\n  from = vicidial_phone.phone-55000\n  to   = vicidial_phone.new\n}\n',
    });
    expect(run(['moves', 'update.json', cdk, '--format', 'yaml']).stdout).toMatch(/^moved:\n {2}- \{ from: /u);
    const file = put('lab.yaml', environment);
    expect(run(['moves', 'update.json', file]).stdout).toContain('to   = vicidial_phone.phone-east-55000\n');
    const taken = put('taken.tf.json', synthesised('phone-55001'));
    expect(run(['moves', 'destroy.json', taken])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining(
        'cannot move from vicidial_phone.phone-55000 to vicidial_phone.phone-55001',
      ) as unknown,
    });
  });
});

test('the table of exit codes in the documentation has every command', () => {
  const help = execFileSync(...commandLine(['--help']), { encoding: 'utf8' });
  const commands = [...help.matchAll(/^ {2}([a-z]+) (?:\[|<| )/gmu)].map(([, name = '']) => name);
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'guides', 'exit-codes.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `phonestate ([a-z]+)/gmu)].map(([, name]) => name);
  expect(commands.length).toBeGreaterThan(5);
  expect(listed).toEqual(expect.arrayContaining(commands.filter((name) => name !== 'help')));
});
