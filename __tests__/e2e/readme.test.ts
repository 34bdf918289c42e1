/** The first phone of the README: its files and commands as they are printed, but for the port, in an empty folder. */
import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { sampleSystem } from '../../src/emulator/system-data';
import { codeBlocks } from '../../testing/documents';
import { findEngine } from '../../testing/engine';
import { useTestbed } from './harness';

jest.setTimeout(300_000);

const root = join(__dirname, '../..');
const blocks = codeBlocks('README.md');
const block = (language: string) => blocks.find((each) => each.language === language)?.text ?? '';
/** The commands that follow a block: up to the next block of another language. */
const commandsAfter = (language: string) => {
  const index = blocks.findIndex((each) => each.language === language);
  const next = blocks[index + 1];
  return next?.language === 'sh' ? next.text : '';
};
const variables = blocks.find(({ text }) => text.startsWith('export VICIDIAL_URL='))?.text ?? '';

/** The programs of the commands: the engine of the tests, and what npx finds in a project. */
const programs = `
terraform() { "$ENGINE" "$@"; }
npx() { [ "$1" = tsx ] && shift && "$NODE" "$ROOT/node_modules/tsx/dist/cli.mjs" --tsconfig "$ROOT/tsconfig.json" "$@"; }
`;

describe('the first phone of the README', () => {
  const testbed = useTestbed({ provider: 'mirror', emulator: { data: sampleSystem } });

  /** Runs the commands in a shell that answers yes. */
  async function run(commands: string): Promise<string> {
    const { folder } = testbed.workspace;
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const server = variables.replace('http://127.0.0.1:8080', new URL(testbed.emulator.url).origin);
    const env = {
      ...{ PATH: process.env.PATH, TMPDIR: temporary, HOME: folder, CHECKPOINT_DISABLE: '1' },
      ...{ TF_CLI_CONFIG_FILE: join(folder, 'terraform.rc'), ENGINE: findEngine(), NODE: process.execPath, ROOT: root },
    };
    return new Promise((resolve, reject) => {
      const script = `${programs}${server}${commands}`;
      const shell = execFile('sh', ['-ec', script], { cwd: folder, env }, (error, stdout, stderr) => {
        if (error) reject(new Error(`${commands} failed:\n${stdout}${stderr}`, { cause: error }));
        else resolve(stdout);
      });
      shell.stdin?.end('yes\n');
    });
  }

  test.each([
    ['HCL', 'hcl', 'main.tf'],
    ['TypeScript', 'ts', 'main.ts'],
  ])('is created in %s, and then nothing is planned', async (_name, language, file) => {
    testbed.workspace.write('versions.tf', '');
    testbed.workspace.write(file, block(language));
    const output = await run(`${commandsAfter(language)}\nterraform plan -detailed-exitcode`);
    expect(output).toContain('Apply complete! Resources: 2 added, 0 changed, 0 destroyed.');
    expect(testbed.writes().map((line) => line.split(' ')[0])).toEqual([
      'add_phone',
      'update_phone',
      'add_phone_alias',
    ]);
    expect(testbed.emulator.store.phone('10.0.0.11', '55000')).toMatchObject({
      phone_full_name: 'Front desk',
      phone_ring_timeout: '45',
      phone_pass: 'a-random-word',
    });
    expect(testbed.emulator.store.alias('desks')?.phone_logins).toBe('55000');
  });
});
