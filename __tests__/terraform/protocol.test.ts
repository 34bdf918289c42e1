import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, constants, type IncomingHttpHeaders } from 'node:http2';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { buildSync } from 'esbuild';
import { makeCertificate } from '../../src/terraform/certificate';

jest.setTimeout(120_000);

interface StateFile {
  readonly resources: readonly { readonly mode: string; readonly instances: readonly { readonly attributes: Record<string, unknown> }[] }[];
}

const cookie = { TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2' };
let folder: string;
let program: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'phonestate-protocol-'));
  program = join(folder, 'terraform-provider-fixture');
  buildSync({ entryPoints: [join(__dirname, 'fixture-main.ts')], bundle: true, platform: 'node', format: 'cjs', outfile: program, banner: { js: '#!/usr/bin/env node' } });
  chmodSync(program, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

const running: ChildProcessByStdio<null, Readable, Readable>[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

function start(environment: Record<string, string>, ...args: string[]) {
  const child = spawn(process.execPath, [program, ...args], { env: { PATH: process.env.PATH, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  return child;
}

async function ended(child: ReturnType<typeof start>) {
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, stderr };
}

async function firstLine(child: ReturnType<typeof start>): Promise<string> {
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return chunk.toString();
}

describe('the handshake', () => {
  test('without the cookie of terraform explains itself and ends', async () => {
    const { code, stderr } = await ended(start({}));
    expect(code).toBe(1);
    expect(stderr).toContain('started by Terraform or OpenTofu, not by hand');
  });

  test('with a terraform that does not speak protocol 6 says so', async () => {
    const { code, stderr } = await ended(start({ ...cookie, PLUGIN_PROTOCOL_VERSIONS: '5' }));
    expect(code).toBe(1);
    expect(stderr).toContain('speaks plugin protocol 6');
  });

  test('names a socket in a folder of its own, and a certificate as unpadded base64', async () => {
    const { certificate } = await makeCertificate();
    const line = await firstLine(start({ ...cookie, PLUGIN_PROTOCOL_VERSIONS: '6,5', PLUGIN_CLIENT_CERT: certificate }));
    const [core, protocol, network, socket = '', kind, own = ''] = line.trimEnd().split('|');
    expect([core, protocol, network, kind]).toEqual(['1', '6', 'unix', 'grpc']);
    expect(own).toMatch(/^[A-Za-z0-9+/]{300,}$/u);
    expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
  });

  test('without a client certificate serves in the clear', async () => {
    const child = start(cookie);
    const [, , , socket = '', , own] = (await firstLine(child)).trimEnd().split('|');
    expect(own).toBe('');
    expect(await call(socket, '/tfplugin6.Provider/GetMetadata')).toBe('0');
    expect(await call(socket, '/plugin.GRPCBroker/StartStream')).toBe('12');
  });

  test('turns away a client that has not the certificate of terraform', async () => {
    const { certificate: expected } = await makeCertificate();
    const stranger = await makeCertificate();
    const child = start({ ...cookie, PLUGIN_CLIENT_CERT: expected });
    const [, , , socket = ''] = (await firstLine(child)).split('|');
    const answer = call(socket, '/tfplugin6.Provider/GetMetadata', { cert: stranger.certificate, key: stranger.privateKey });
    await expect(answer).rejects.toThrow();
  });

  test('on Shutdown answers, ends at once and takes its folder away', async () => {
    const child = start(cookie);
    const [, , , socket = ''] = (await firstLine(child)).split('|');
    const exit = once(child, 'exit');
    expect(await call(socket, '/plugin.GRPCController/Shutdown')).toBe('0');
    expect(await exit).toEqual([0, null]);
    expect(existsSync(dirname(socket))).toBe(false);
  });

  test('a broken message is an error of gRPC, and the provider goes on', async () => {
    const [, , , socket = ''] = (await firstLine(start(cookie))).split('|');
    expect(await call(socket, '/tfplugin6.Provider/ReadResource', {}, Buffer.from('0000000002ff', 'hex'))).toBe('13');
    expect(await call(socket, '/tfplugin6.Provider/GetMetadata')).toBe('0');
  });
});

/** One call with an empty message; comes back with the status of gRPC. */
function call(socket: string, path: string, tls: { cert?: string; key?: string } = {}, body = Buffer.alloc(5)): Promise<string> {
  return new Promise((resolve, reject) => {
    const session = tls.cert
      ? connect('https://localhost', { path: socket, rejectUnauthorized: false, ...tls })
      : connect('http://localhost', { path: socket });
    session.on('error', reject);
    const stream = session.request({ [constants.HTTP2_HEADER_METHOD]: 'POST', [constants.HTTP2_HEADER_PATH]: path, te: 'trailers', 'content-type': 'application/grpc' });
    let status: string | undefined;
    stream.on('response', (headers) => (status ??= headers['grpc-status'] as string | undefined));
    stream.on('trailers', (headers: IncomingHttpHeaders) => (status ??= headers['grpc-status'] as string | undefined));
    stream.on('error', reject);
    stream.on('close', () => {
      session.close();
      if (status === undefined) reject(new Error('closed without a status'));
      else resolve(String(status));
    });
    stream.resume();
    stream.end(body);
  });
}

describe('the real terraform', () => {
  const shapes = `
    text = "a"
    count_of = 12345678901234567890
    flag = true
    anything = { list = [1, "two", null], deep = { yes = true } }
    texts = ["x", "y"]
    unique = [3, 1, 2]
    by_name = { a = true, b = false }
    pair = ["left", 0.1]
    record = { a = "b", b = [1.5, 2] }
    password = "hidden"
    once = "four"
    one = { name = "single" }
    many = [{ name = "first", size = 1 }, { name = "second" }]
    some = [{ name = "set" }]
    named = { key = { name = "map", secret = "s", hidden = "gone" } }
    head { title = "h" }
    line { title = "l1" }
    line { title = "l2" }
    tag { title = "t" }
    group "g" { title = "g" }
  `;

  let workspace: string;
  beforeEach(() => {
    workspace = mkdtempSync(join(folder, 'ws-'));
    writeFileSync(join(workspace, 'rc'), `provider_installation {\n  dev_overrides { "phonestate/fixture" = "${folder}" }\n  direct {}\n}\n`);
  });

  const configure = (body: string, rest = '') =>
    writeFileSync(join(workspace, 'main.tf'), `terraform {\n  required_providers {\n    fixture = { source = "phonestate/fixture" }\n  }\n}\nresource "fixture_shape" "s" {\n${body}\n}\n${rest}`);

  const run = (args: string, environment: Record<string, string> = {}) =>
    new Promise<{ code: number; output: string }>((resolve) => {
      const env = { PATH: process.env.PATH, TF_CLI_CONFIG_FILE: join(workspace, 'rc'), CHECKPOINT_DISABLE: '1', ...environment };
      execFile('terraform', [...args.split(' '), '-no-color'], { cwd: workspace, env, timeout: 60_000 }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, output: stdout + stderr }),
      );
    });
  const state = () => (JSON.parse(readFileSync(join(workspace, 'terraform.tfstate'), 'utf8')) as StateFile).resources.find(({ mode }) => mode === 'managed')?.instances[0];

  test('takes every shape through plan, apply, an empty plan, update, replacement and destroy', async () => {
    configure(shapes, 'data "fixture_answer" "q" {\n  question = "?"\n}\noutput "answer" {\n  value = data.fixture_answer.q.answer\n}\n');
    expect(await run('validate')).toMatchObject({ code: 0 });
    expect(await run('apply -auto-approve -input=false')).toMatchObject({ code: 0, output: expect.stringContaining('answer = "42"') as string });
    expect(state()?.attributes).toMatchObject({ id: 'made-4', echo: 'a', once: null, anything: { value: { list: [1, 'two', null], deep: { yes: true } } }, named: { key: { name: 'map', hidden: null } }, pair: ['left', 0.1], line: [{ title: 'l1' }, { title: 'l2' }] });
    expect(readFileSync(join(workspace, 'terraform.tfstate'), 'utf8')).toContain('12345678901234567890');
    expect(await run('plan -detailed-exitcode -input=false')).toMatchObject({ code: 0 });
    configure(shapes.replace('"a"', '"b"'));
    expect((await run('apply -auto-approve -input=false')).output).toContain('1 changed');
    configure(shapes.replace('flag = true', 'flag = false'));
    expect((await run('plan -input=false')).output).toContain('forces replacement');
    expect((await run('apply -auto-approve -input=false')).output).toContain('1 added, 0 changed, 1 destroyed');
    const destroyed = await run('destroy -auto-approve -input=false');
    expect(destroyed.output).toContain('Going away');
    expect(destroyed.code).toBe(0);
  });

  test('an error of each step leaves the state true', async () => {
    configure('text = "wrong"');
    expect((await run('plan -input=false')).output).toMatch(/Wrong text[\s\S]*main\.tf line 7/u);
    configure('text = "fail"');
    expect((await run('apply -auto-approve -input=false')).output).toContain('told to fail');
    expect(state()).toBeUndefined();
    configure('text = "sticky"');
    await run('apply -auto-approve -input=false');
    expect(await run('destroy -auto-approve -input=false')).toMatchObject({ code: 1, output: expect.stringContaining('It stays') as string });
    configure('text = "fail"');
    expect(await run('apply -auto-approve -input=false')).toMatchObject({ code: 1 });
    expect(state()?.attributes.text).toBe('sticky');
  });

  test('import, drift and an older state are carried over', async () => {
    configure('text = "imported"');
    expect(await run('import -input=false fixture_shape.s some-id')).toMatchObject({ code: 0 });
    expect(state()?.attributes).toMatchObject({ id: 'some-id', text: 'imported' });
    const file = join(workspace, 'terraform.tfstate');
    const older = JSON.parse(readFileSync(file, 'utf8')) as { resources: { instances: object[] }[] };
    older.resources[0]?.instances.splice(0, 1, { schema_version: 0, attributes: { id: 'some-id', old_text: 'one' }, private: 'eA==' });
    writeFileSync(file, JSON.stringify(older));
    configure('text = "upgraded one"');
    expect(await run('plan -detailed-exitcode -input=false')).toMatchObject({ code: 0 });
    configure('text = "gone"');
    await run('apply -auto-approve -input=false');
    expect((await run('plan -input=false')).output).toContain('1 to add');
  });

  test('log lines keep their level and leave values out, and no process stays behind', async () => {
    configure(shapes);
    const { output } = await run('plan -input=false', { TF_LOG_PROVIDER: 'trace' });
    expect(output).not.toContain('gracefully');
    expect(output).not.toContain('panic');
    const left = await new Promise<string>((resolve) => execFile('pgrep', ['-f', program], (_error, stdout) => resolve(stdout)));
    expect(left).toBe('');
  });

  test('a provider in debug mode serves through TF_REATTACH_PROVIDERS, command after command', async () => {
    const child = start({}, '--debug');
    const [, reattach = ''] = /TF_REATTACH_PROVIDERS='(.*)'/u.exec(await firstLine(child)) ?? [];
    configure('text = "a"');
    expect(await run('apply -auto-approve -input=false', { TF_REATTACH_PROVIDERS: reattach })).toMatchObject({ code: 0 });
    expect(await run('plan -detailed-exitcode -input=false', { TF_REATTACH_PROVIDERS: reattach })).toMatchObject({ code: 0 });
    const exit = once(child, 'exit');
    child.kill('SIGINT');
    expect(await exit).toEqual([0, null]);
  });
});
