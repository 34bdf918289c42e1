import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { strToU8, zipSync } from 'fflate';
import { createCertificate } from '../../src/terraform/plugin/certificate';
import { engineVersion } from '../../testing/engine';
import type { DownloadOptions, EngineRelease } from '../../testing/engine-release';
import { ensureEngine } from '../../testing/ensure-engine';
import { useTemporaryFolder } from '../temporary-folder';
import { useNetwork } from '../vicidial/connection/gates';

const program = `#!/bin/sh\necho "OpenTofu v9.9.9"\n# ${'x'.repeat(200_000)}\n`;
const archive = Buffer.from(zipSync({ 'README.md': strToU8('read'), tofu: strToU8(program) }, { level: 0 }));
const sums = (content: Buffer) =>
  `${'0'.repeat(64)}  tofu_9.9.9_other_amd64.zip\n${sha256(content)}  tofu_9.9.9_test_amd64.zip\n`;

const network = useNetwork();
const temporary = useTemporaryFolder();
const environment = process.env;
let printed: string[];
/** The files that were asked for. */
let asked: string[];

beforeEach(() => {
  process.env = { PATH: temporary.path };
  printed = [];
  asked = [];
});
afterEach(() => {
  process.env = environment;
});

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

type Answer = (response: ServerResponse) => unknown;

const whole =
  (content: Buffer | string): Answer =>
  (response) =>
    response.writeHead(200, { 'content-length': Buffer.byteLength(content) }).end(content);

interface Server {
  readonly sums?: Answer;
  readonly archive?: Answer;
}

/** A stand-in for the server of releases, with TLS. */
async function serve({ sums: list = whole(sums(archive)), archive: file = whole(archive) }: Server = {}) {
  const { certificate, privateKey } = await createCertificate();
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const name = request.url?.split('/').at(-1) ?? '';
    asked.push(name);
    (name.endsWith('_SHA256SUMS') ? list : file)(response);
  };
  const port = await network.listen(createServer({ key: privateKey, cert: certificate }, answer));
  const release: EngineRelease = {
    version: '9.9.9',
    url: `https://localhost:${port}/releases/v9.9.9`,
    checksums: { test_amd64: sha256(archive) },
  };
  return { platform: 'test_amd64', release, authorities: certificate, target: targetOf('tofu') } as const;
}

function targetOf(name: string): string {
  return join(temporary.path, 'cache', name);
}

function ensure(options: Partial<DownloadOptions>): Promise<string> {
  return ensureEngine({ write: (text) => printed.push(text) }, options);
}

test('a machine without an engine gets the release once, with its progress, and runs it', async () => {
  const options = await serve();
  const engine = await ensure(options);
  expect(engine).toBe(options.target);
  expect(engineVersion(engine)).toBe('OpenTofu v9.9.9');
  expect(printed[0]).toMatch(/^Neither terraform nor tofu is on the PATH: bringing OpenTofu 9\.9\.9 from .*\n$/u);
  expect(printed.at(-1)).toBe('0.2 MB of 0.2 MB\n');

  expect(await ensure(options)).toBe(engine);
  expect(asked).toEqual(['tofu_9.9.9_SHA256SUMS', 'tofu_9.9.9_test_amd64.zip']);
});

test('two processes may bring it at once, and leave nothing but the program', async () => {
  const options = await serve();
  await Promise.all([ensure(options), ensure(options)]);
  expect(readdirSync(targetOf('.'))).toEqual(['tofu']);
  expect(engineVersion(options.target)).toBe('OpenTofu v9.9.9');
});

test('it comes through the proxy of HTTPS_PROXY', async () => {
  const options = await serve();
  const proxy = await network.proxy();
  process.env.HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
  await ensure(options);
  expect(proxy.requests[0]).toBe(`CONNECT ${new URL(options.release.url).host}`);
});

test('a server that is slow, but not silent, is waited for', async () => {
  const slow: Answer = async (response) => {
    for (let start = 0; start < archive.length; start += 50_000) {
      response.write(archive.subarray(start, start + 50_000));
      await sleep(400);
    }
    response.end();
  };
  await ensure({ ...(await serve({ archive: slow })), silenceMs: 1500 });
  expect(engineVersion(targetOf('tofu'))).toBe('OpenTofu v9.9.9');
});

const other = Buffer.from(zipSync({ tofu: strToU8('other') }));

test.each<[string, Server, RegExp]>([
  [
    'another archive',
    { archive: whole(other) },
    /_amd64\.zip has the checksum [0-9a-f]{64}, but [0-9a-f]{64} is expected/u,
  ],
  [
    'another archive with its own SHA256SUMS',
    { sums: whole(sums(other)), archive: whole(other) },
    /the SHA256SUMS of /u,
  ],
  ['SHA256SUMS without the archive', { sums: whole('') }, /has no checksum for tofu_9\.9\.9_test_amd64\.zip/u],
  ['no such release', { sums: (response) => response.writeHead(404).end() }, /_SHA256SUMS: HTTP 404/u],
  [
    'an archive that is cut off',
    {
      archive: (response) =>
        response
          .writeHead(200, { 'content-length': archive.length })
          .write(archive.subarray(0, 1000), () => response.destroy()),
    },
    /_amd64\.zip: .*closed/u,
  ],
  ['silence', { archive: (response) => response.writeHead(200).write('P') }, /_amd64\.zip: Body Timeout Error/u],
])('%s is an error with what to install, and leaves no file', async (_name, server, message) => {
  const options = await serve(server);
  const failure = ensure({ ...options, silenceMs: 500 });
  await expect(failure).rejects.toThrow(message);
  await expect(failure).rejects.toThrow(/^OpenTofu 9\.9\.9 was not brought: .*Install Terraform .* or OpenTofu/u);
  expect(existsSync(targetOf('.'))).toBe(false);
});

test('a redirect to an address without TLS is refused', async () => {
  const plain = await network.gate(() => ({ status: 200, body: 'anything' }));
  const options = await serve({ sums: (response) => response.writeHead(302, { location: plain }).end() });
  await expect(ensure(options)).rejects.toThrow('a redirect leads to an address without TLS');
});

test('a server with another certificate, no server, and a platform without a release are errors', async () => {
  const options = await serve();
  await expect(ensure({ ...options, authorities: (await createCertificate()).certificate })).rejects.toThrow(
    /was not brought: .*_SHA256SUMS: .*certificate/u,
  );
  const url = `https://localhost:${await network.closedPort()}`;
  await expect(ensure({ ...options, release: { ...options.release, url } })).rejects.toThrow(
    /was not brought: .*ECONNREFUSED/u,
  );
  await expect(ensure({ ...options, platform: 'plan9_amd64' })).rejects.toThrow(
    'OpenTofu cannot be brought for plan9_amd64. Install',
  );
});

test('nothing is asked for with PHONESTATE_NO_DOWNLOAD, nor where PHONESTATE_ENGINE names no engine', async () => {
  const options = await serve();
  process.env.PHONESTATE_NO_DOWNLOAD = '1';
  await expect(ensure(options)).rejects.toThrow(/PHONESTATE_NO_DOWNLOAD forbids .* Install Terraform /u);
  delete process.env.PHONESTATE_NO_DOWNLOAD;
  process.env.PHONESTATE_ENGINE = 'none';
  await expect(ensure(options)).rejects.toThrow('PHONESTATE_ENGINE is "none"');
  expect([...asked, ...printed]).toEqual([]);
});
