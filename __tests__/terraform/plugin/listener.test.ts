import { statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { dirname } from 'node:path';
import { defaultNetwork, listen } from '../../../src/terraform/plugin/listener';

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
