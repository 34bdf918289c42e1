import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defaultNetwork, listen } from '../../../src/terraform/plugin/listener';
import { canMount, mountMemory, unmount } from '../../../testing/full-disk';
import { useTemporaryFolder } from '../../temporary-folder';

const temporary = useTemporaryFolder();

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
function newServer(): Server {
  const server = createServer();
  servers.push(server);
  return server;
}

test('the network is TCP on Windows, and a Unix socket elsewhere', () => {
  expect(defaultNetwork('win32')).toBe('tcp');
  expect(['linux', 'darwin', 'freebsd'].map((platform) => defaultNetwork(platform as NodeJS.Platform))).toEqual([
    'unix',
    'unix',
    'unix',
  ]);
});

test('a socket is in a folder of its own that only this user may enter', async () => {
  const server = newServer();
  const { network, address } = await listen(server, 'unix');
  expect(network).toBe('unix');
  expect(statSync(dirname(address)).mode & 0o777).toBe(0o700);
  // The path of a socket has at most 107 bytes.
  expect(address.length).toBeLessThan(108);
});

test('a port is a free one, on the loopback interface only', async () => {
  const addresses = await Promise.all([listen(newServer(), 'tcp'), listen(newServer(), 'tcp')]);
  for (const { network, address } of addresses) {
    expect(network).toBe('tcp');
    expect(address).toMatch(/^127\.0\.0\.1:[1-9]\d*$/u);
  }
  expect(addresses[0]?.address).not.toBe(addresses[1]?.address);
});

test('a server that cannot listen is an error', async () => {
  const server = newServer();
  await listen(server, 'tcp');
  await expect(listen(server, 'tcp')).rejects.toThrow('called more than once');
});

describe('where the temporary folder cannot hold a socket', () => {
  /** Folders that cannot, by why. */
  const unusable = (): Readonly<Record<string, string>> => {
    const file = join(temporary.path, 'file');
    writeFileSync(file, '');
    return { missing: join(temporary.path, 'none'), file, deep: join(temporary.path, 'd'.repeat(80)) };
  };

  test.each(['missing', 'file', 'deep'])('as it is %s, the socket is in the next folder', async (why) => {
    const folder = mkdtempSync(join(tmpdir(), 'f-'));
    const { network, address } = await listen(newServer(), 'unix', { folders: [unusable()[why] ?? '', folder] });
    expect(network).toBe('unix');
    expect(dirname(dirname(address))).toBe(folder);
    expect(statSync(dirname(address)).mode & 0o777).toBe(0o700);
    rmSync(folder, { recursive: true });
  });

  // Root may write to every folder, so only a mount shows it.
  const mounts = canMount(join(tmpdir(), `phonestate-mount-${process.pid}`)) ? test : test.skip;
  mounts.each(['ro', 'nr_inodes=1'])('as it is read-only or full (%s), the same', async (options) => {
    const mounted = join(temporary.path, 'mounted');
    mountMemory(mounted, options);
    try {
      const folder = mkdtempSync(join(tmpdir(), 'f-'));
      const { address } = await listen(newServer(), 'unix', { folders: [mounted, folder] });
      expect(dirname(dirname(address))).toBe(folder);
      expect(readdirSync(mounted)).toEqual([]);
      rmSync(folder, { recursive: true });
    } finally {
      unmount(mounted);
    }
  });

  test('and no other can, a server that asks for a certificate listens on a port', async () => {
    const folders = Object.values(unusable());
    const { network, address } = await listen(newServer(), 'unix', { folders, isProtected: true });
    expect(network).toBe('tcp');
    expect(address).toMatch(/^127\.0\.0\.1:[1-9]\d*$/u);
  });

  test('and no other can, a server that anybody could use is an error that names each folder', async () => {
    const folders = Object.values(unusable());
    const failing = listen(newServer(), 'unix', { folders });
    await expect(failing).rejects.toThrow('Set TMPDIR to a folder with a short path');
    for (const folder of folders) await expect(failing).rejects.toThrow(folder);
  });
});
