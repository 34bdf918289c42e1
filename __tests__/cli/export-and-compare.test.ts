import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { sampleSystem } from '../../src/emulator/system-data';
import { joinSamples, sampleSeats } from '../../testing/sample-seats';
import { commandLine } from '../../testing/command-line';
import { useTemporaryFolder } from '../temporary-folder';

jest.setTimeout(120_000);

const temporary = useTemporaryFolder();

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('phonestate export and compare', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({ data: { ...sampleSystem, ...joinSamples(sampleSeats(3)) } });
  });
  afterAll(() => emulator.close());

  const run = (args: readonly string[], environment: Record<string, string> = {}) =>
    new Promise<Run>((resolve) => {
      const variables = { VICIDIAL_URL: emulator.url, VICIDIAL_USER: '6666', VICIDIAL_PASSWORD: 'admin1234' };
      const env = { PATH: process.env.PATH, TMPDIR: temporary.path, ...variables, ...environment };
      execFile(...commandLine(args), { cwd: temporary.path, env }, (error, stdout, stderr) => {
        expect(stdout + stderr).not.toMatch(/agentPass|devicePass|admin1234/u);
        // The error of a process that ended by itself has its exit code.
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    });

  test('an export is data on standard output, the report is on standard error', async () => {
    const { code, stdout, stderr } = await run(['export']);
    expect(code).toBe(0);
    expect(stdout).toContain('extensions: 2000-2002');
    expect(stderr).toContain('Exported 9 phones of 3 servers and 3 phone aliases.');
    expect(stderr).toContain('outbound_cid is empty');
    expect(emulator.journal.writes.filter(({ changed }) => changed)).toEqual([]);
    const json = JSON.parse((await run(['export', '--json'])).stdout) as Readonly<Record<string, unknown>>;
    expect(json).toMatchObject({ phones: 9, aliases: 3, written: [], files: { 'vicidial.yaml': stdout } });
  });

  test('files are not replaced where they differ, and passwords are for their owner only', async () => {
    const files = ['export', '--output', 'environments', '--secrets', 'secrets.tfvars.json'];
    expect((await run(files)).code).toBe(0);
    expect((await run(files)).code).toBe(0);
    const secrets = join(temporary.path, 'secrets.tfvars.json');
    expect(statSync(secrets).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(secrets, 'utf8'))).toMatchObject({ phone_pass: { '2000a': 'agentPass2000' } });

    const file = join(temporary.path, 'environments', 'vicidial.yaml');
    writeFileSync(file, `${readFileSync(file, 'utf8')}# edited\n`);
    const refused = await run(files);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('add --force');
    expect((await run([...files, '--force'])).code).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toContain('# edited');
  });

  test('names are written, edited and read again', async () => {
    const names = join(temporary.path, 'names.yaml');
    await run(['export', '--names', 'names.yaml', '--only', 'server=10.10.10.11']);
    expect(readFileSync(names, 'utf8')).toContain('10.10.10.11: server_10_10_10_11');
    writeFileSync(names, 'servers:\n  10.10.10.11: east\n  10.10.10.99: later\n');
    const { stdout } = await run(['export', '--names', 'names.yaml']);
    expect(stdout).toContain('east: { ip: 10.10.10.11, suffix: a }');
    expect(readFileSync(names, 'utf8')).toMatch(/east[^]*server_10_10_10_12[^]*server_10_10_10_13[^]*later/u);
    writeFileSync(names, 'servers:\n  10.10.10.11: east\n  10.10.10.12: east\n  10.10.10.13: North\n');
    const wrong = await run(['export', '--names', 'names.yaml']);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/10\.10\.10\.12: the name east is that of 10\.10\.10\.11 too[^]*North.*not valid/u);
  });

  test('what cannot be done is an error before anything is read', async () => {
    expect((await run(['export', '--only', 'phone=1'])).stderr).toContain('is no selector');
    expect((await run(['export', '--split', 'server'])).stderr).toContain('Add --output FOLDER');
    expect((await run(['export', '--split', 'server', '--format', 'cdktf'])).stderr).toContain(
      'a program has one file',
    );
    expect((await run(['export'], { VICIDIAL_URL: '' })).stderr).toContain('VICIDIAL_URL');
    const reading = await run(['export'], { VICIDIAL_READ_FROM: 'api' });
    expect(reading.code).toBe(1);
    expect(reading.stderr).toContain('read_from is "api"');
  });

  test('a comparison ends with 0 where the sides are the same, with 2 where they differ', async () => {
    await run(['export', '--output', 'environments', '--force']);
    const compare = ['compare', 'vicidial', 'system', '--folder', 'environments'];
    const same = await run(compare);
    expect(same).toMatchObject({ code: 0, stdout: '' });
    expect(same.stderr).toContain('No differences: 12 objects are the same.');

    emulator.store.putPhone({ ...emulator.store.phone('10.10.10.11', '2001'), phone_full_name: 'By hand' });
    const different = await run(compare);
    expect(different.code).toBe(2);
    expect(different.stdout).toContain('phone_full_name: "Seat 2001a" -> "By hand"');
    const json = JSON.parse((await run([...compare, '--json'])).stdout) as Readonly<Record<string, unknown>>;
    expect(json).toMatchObject({ isSame: false, phones: { same: 8, different: [{ a: 'server_10_10_10_11/2001' }] } });
    expect((await run([...compare, '--ignore', 'phone_full_name'])).code).toBe(0);
    expect((await run([...compare, '--ignore', 'fullname'])).stderr).toContain('there is no field fullname');

    const file = join(temporary.path, 'environments', 'vicidial.yaml');
    const text = readFileSync(file, 'utf8');
    emulator.store.putPhone({ ...emulator.store.phone('10.10.10.11', '2001'), extension: '99001' });
    writeFileSync(file, `${text}ignore: [phone_full_name]\n`);
    expect((await run(compare)).stdout).toBe('+ phone 10.10.10.11/99001 (only in system)\n');
    // What is declared is compared, whatever is ignored.
    writeFileSync(file, `${text}ignore: [phone_full_name, { extension: ['99*', '2001'] }]\n`);
    expect((await run(compare)).code).toBe(0);
    writeFileSync(file, `${text}ignore: [{ extension: ['99*', '2001'] }]\n`);
    expect((await run(compare)).stdout).toContain('phone_full_name');
    emulator.store.removePhone('10.10.10.11', '99001');

    const other = { LAB_VICIDIAL_URL: emulator.url, LAB_VICIDIAL_USER: '6666', LAB_VICIDIAL_PASSWORD: 'admin1234' };
    expect((await run(['compare', 'system', 'system:LAB', '--markdown'], other)).code).toBe(0);
    expect((await run(['compare', 'system', 'system:LAB'])).code).toBe(1);
    expect(existsSync(join(temporary.path, 'stacks'))).toBe(false);
  });
});
