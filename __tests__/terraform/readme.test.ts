/** The provider in src/terraform/README.md compiles, and does what a provider does with a real engine. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { fixtureProgram } from './fixture-program';

jest.setTimeout(120_000);

const root = join(__dirname, '../..');
const sdk = join(root, 'src/terraform');
const [, source = ''] = /```ts\n([\s\S]*?)```/u.exec(readFileSync(join(sdk, 'README.md'), 'utf8')) ?? [];

test('the example has no type errors', () => {
  // As a file in a folder beside src/terraform, that exists for the compiler only.
  const file = join(root, 'src/files/main.ts');
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const host = ts.createCompilerHost(options);
  host.fileExists = (path) => path === file || ts.sys.fileExists(path);
  host.readFile = (path) => (path === file ? source : ts.sys.readFile(path));
  const program = ts.createProgram([file], options, host);
  const errors = ts.getPreEmitDiagnostics(program, program.getSourceFile(file));
  expect(errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});

describe('the example as a program', () => {
  const files = fixtureProgram({ stdin: { contents: source, resolveDir: sdk, loader: 'ts' } }, 'files');
  afterAll(() => files.close());

  test('creates, imports, updates, replaces and destroys a file, and plans nothing in between', async () => {
    const workspace = files.workspace();
    const [path, other] = [join(workspace.folder, 'one.txt'), join(workspace.folder, 'two.txt')];
    const configure = (file: string, text: string) =>
      workspace.write(`resource "files_text" "s" {\n  path = "${file}"\n  text = "${text}"\n}\n`);
    const apply = () => workspace.run('apply -auto-approve -input=false');
    const noChanges = async () =>
      expect(await workspace.run('plan -detailed-exitcode -input=false')).toMatchObject({ code: 0 });

    writeFileSync(path, 'old');
    configure(path, 'Welcome');
    expect(await workspace.run(`import -input=false files_text.s ${path}`)).toMatchObject({ code: 0 });
    expect(workspace.state()?.attributes).toEqual({ id: path, path, text: 'old', size: 3 });
    expect((await apply()).output).toContain('1 changed');
    expect(readFileSync(path, 'utf8')).toBe('Welcome');
    await noChanges();

    configure(other, 'Welcome');
    expect((await apply()).output).toContain('1 added, 0 changed, 1 destroyed');
    expect([existsSync(path), readFileSync(other, 'utf8')]).toEqual([false, 'Welcome']);
    await noChanges();

    expect(await workspace.run('destroy -auto-approve -input=false')).toMatchObject({ code: 0 });
    expect(existsSync(other)).toBe(false);
  });

  test('reports its own errors as diagnostics', async () => {
    const workspace = files.workspace();
    workspace.write('resource "files_text" "s" {\n  path = "relative"\n  text = "a"\n}\n');
    expect((await workspace.run('plan -input=false')).output).toMatch(/Relative path[\s\S]*path = "relative"/u);
    workspace.write('resource "files_text" "s" {\n  path = "/no/such/folder/file"\n  text = "a"\n}\n');
    expect((await workspace.run('apply -auto-approve -input=false')).output).toContain('The file system refused');
  });
});
