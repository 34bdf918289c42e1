/** The command `drift` of the bundle, with every reader, a state file, and the state that the engine pulls. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { driftReport, type DriftReport } from '../../src/drift/drift-schema';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { sampleSystem } from '../../src/emulator/system-data';
import { findEngine, runEngine } from '../../testing/engine';
import { MariaDb } from '../../testing/mariadb';
import { stateFile } from '../../testing/state-file';
import { commandLine } from '../../testing/command-line';
import { useTemporaryFolder } from '../temporary-folder';
import { describeDatabase } from '../vicidial/database/database';

jest.setTimeout(120_000);

const temporary = useTemporaryFolder('file');
const server = '10.0.0.11';

const phone = (extension: string, fields: Readonly<Record<string, string>> = {}) => ({
  server_ip: server,
  extension,
  phone_login: extension,
  phone_full_name: 'Desk',
  phone_pass: 'agentPassWord',
  ...fields,
});

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('phonestate drift', () => {
  let emulator: Emulator;
  const data = {
    ...sampleSystem,
    phones: [
      phone('55000', { phone_full_name: 'By hand' }),
      phone('55001', { phone_full_name: 'Old' }),
      phone('56000'),
    ],
  };
  beforeAll(async () => {
    emulator = await startEmulator({ data });
    mkdirSync(join(temporary.path, 'environments'));
    writeFileSync(
      join(temporary.path, 'environments', 'production.yaml'),
      `version: 1
provider: { url: ${emulator.url} }
servers: { east: ${server} }
defaults: { phone_login: '{extension}', phone_full_name: Desk }
phones:
  - { server: east, extensions: 55000-55002 }
`,
    );
    const applied = ['55000', '55001', '55002'].map((extension) => {
      const own = { phone_full_name: extension === '55001' ? 'Old' : 'Desk' };
      const attributes = {
        ...phone(extension, own),
        id: `${server}/${extension}`,
        system: new URL(emulator.url).host + new URL(emulator.url).pathname,
      };
      return { address: `vicidial_phone.phone-east-${extension}`, attributes };
    });
    writeFileSync(join(temporary.path, 'state.json'), stateFile(applied));
  });
  afterAll(() => emulator.close());

  const run = (args: readonly string[], environment: Record<string, string> = {}) =>
    new Promise<Run>((resolve) => {
      const login = { VICIDIAL_USER: '6666', VICIDIAL_PASSWORD: 'admin1234', PHONESTATE_ENGINE: findEngine() };
      const env = { PATH: process.env.PATH, TMPDIR: temporary.path, ...login, ...environment };
      const all = commandLine(['drift', ...args, '--folder', 'environments']);
      execFile(...all, { cwd: temporary.path, env }, (error, stdout, stderr) => {
        expect(stdout + stderr).not.toMatch(/agentPass|admin1234|readerword/u);
        // The error of a process that ended by itself has its exit code.
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    });
  const report = async (args: readonly string[], environment?: Record<string, string>): Promise<DriftReport> => {
    const { code, stdout, stderr } = await run(['production', '--json', ...args], environment);
    expect([code, stderr]).toEqual([2, expect.stringContaining('production: Drift')]);
    return driftReport.parse(JSON.parse(stdout));
  };
  const withState = ['--state', 'state.json'];

  /** What the admin pages and the database show alike. */
  const whole = {
    result: 'drift',
    changed: [{ key: `${server}/55000`, name: 'east/55000', fields: [{ declared: 'Desk', found: 'By hand' }] }],
    missing: [{ key: `${server}/55002` }],
    unmanaged: [{ key: `${server}/56000` }],
    notApplied: [{ key: `${server}/55001`, action: 'update' }],
    counts: { declared: 3, found: 3, managed: 2, managedPercent: 66.6 },
  };

  test('distinguishes drift from what is not applied, with the admin pages', async () => {
    const found = await report(withState);
    expect(found).toMatchObject({ ...whole, reader: 'admin', state: 'file', authors: 'none' });
    expect(found.notes).toEqual(['By whom and when is only known with the database (database_url).']);
    expect(found.importEntries).toContain('extension: "56000"');
    expect(emulator.journal.writes.filter(({ changed }) => changed)).toEqual([]);
  });

  test('sees with the API alone what is missing, and says that it sees no more', async () => {
    const found = await report(withState, { VICIDIAL_READ_FROM: 'api' });
    expect(found).toMatchObject({ reader: 'api', changed: [], unmanaged: [], missing: [{ key: `${server}/55002` }] });
    expect(found.counts.managedPercent).toBeNull();
    expect(found.notes.join('\n')).toContain('With read_from = "api" only missing objects are seen');
  });

  test('says without a state that it cannot tell the two apart', async () => {
    const { changed, state, notes } = await report([]);
    expect([changed.length, state]).toEqual([2, 'none']);
    expect(notes[0]).toContain('cannot be distinguished');
  });

  test('pulls the state in the folder of the stack, and ends with 1 where that cannot be', async () => {
    const folder = join(temporary.path, 'cdktf.out', 'stacks', 'production');
    mkdirSync(folder, { recursive: true });
    try {
      const backend = { local: { path: '../../../applied.tfstate' } };
      writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify({ terraform: { backend } }));
      const refused = await run(['production']);
      expect([refused.code, refused.stdout]).toEqual([1, '']);
      expect(refused.stderr).toContain('or leave it out with --no-state');
      expect(await report(['--no-state'])).toMatchObject({ state: 'none' });
      // Without a state, so that the engine looks for no provider.
      expect((await runEngine(['init', '-input=false'], { folder })).code).toBe(0);
      const unapplied = await report([]);
      expect(unapplied.notApplied.map(({ action }) => action)).toEqual(['adopt', 'adopt', 'create']);
      copyFileSync(join(temporary.path, 'state.json'), join(temporary.path, 'applied.tfstate'));
      expect(await report([])).toMatchObject({ ...whole, state: 'pulled' });
    } finally {
      rmSync(join(temporary.path, 'cdktf.out'), { recursive: true });
    }
  });

  test('writes Markdown into a file, and ends with 0 without drift', async () => {
    const markdown = ['production', ...withState, '--markdown', '--output', 'issue.md'];
    const issue = () => readFileSync(join(temporary.path, 'issue.md'), 'utf8');
    expect(await run(markdown)).toMatchObject({ code: 2, stdout: '' });
    expect(issue()).toMatch(/^<!-- phonestate drift: production -->\n<!-- phonestate drift result: drift -->/u);
    const clean = await startEmulator({
      data: { ...data, phones: [phone('55000'), phone('55001', { phone_full_name: 'Old' }), phone('55002')] },
    });
    try {
      const names = { previous_system: new URL(emulator.url).host + new URL(emulator.url).pathname };
      const file = join(temporary.path, 'environments', 'production.yaml');
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replace(`{ url: ${emulator.url} }`, JSON.stringify({ url: clean.url, ...names })));
      expect(await run(markdown)).toMatchObject({ code: 0, stdout: '' });
      writeFileSync(file, text.replace(emulator.url, clean.url));
      const other = await run(markdown);
      writeFileSync(file, text);
      expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('The state has objects of')]);
    } finally {
      await clean.close();
    }
    expect(issue()).toMatch(/^<!-- phonestate drift: production -->\n<!-- phonestate drift result: none -->/u);
  });

  test.each([
    [['nowhere'], /unknown environment "nowhere"/u],
    [['production', '--json', '--markdown'], /Choose one of --json and --markdown/u],
    [['production', '--state', 'environments/production.yaml'], /is not JSON/u],
    [['production', '--stack', 'nowhere'], /nowhere does not exist/u],
  ])('ends with 1 for %j', async (args, message) => {
    const { code, stderr } = await run(args);
    expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
  });

  describeDatabase('with the database', () => {
    let database: MariaDb;
    beforeAll(async () => {
      database = await MariaDb.start();
      const event = {
        event_date: '2026-11-20 10:11:12',
        user: 'anna',
        event_section: 'PHONES',
        event_sql: 'agentPassWord',
      } as const;
      const notes = `Server IP: ${server}   Old Server IP: ${server}`;
      await database.load({
        ...data,
        admin_log: [
          { ...event, event_type: 'MODIFY', record_id: '55000', event_code: 'ADMIN MODIFY PHONE', event_notes: notes },
          { ...event, event_type: 'DELETE', record_id: '55002', event_code: 'ADMIN DELETE PHONE' },
        ],
      });
    });
    afterAll(() => database.stop());

    test('names by whom and when, and does without the log where it may not be read', async () => {
      const variables = { VICIDIAL_DATABASE_URL: database.url() };
      const found = await report(withState, variables);
      expect(found).toMatchObject({ ...whole, reader: 'database', authors: 'log', notes: [] });
      expect([found.changed[0]?.lastChange, found.missing[0]?.lastChange, found.unmanaged[0]?.lastChange]).toEqual([
        expect.objectContaining({ user: 'anna', at: '2026-11-20 10:11:12', by: 'admin pages' }),
        expect.objectContaining({ user: 'anna', action: 'DELETE' }),
        undefined,
      ]);
      await database.sql('drop table vicidial_admin_log');
      const without = await report(withState, variables);
      expect(without).toMatchObject({ ...whole, authors: 'none' });
      expect(without.notes.join('\n')).toContain('By whom and when is not known: ');
    });
  });
});
