/** The rows of the table in docs/guides/networks.md: each is made, with what it says and what lets the provider through. */
import { createServer } from 'node:https';
import { join } from 'node:path';
import { mkdtempSync, writeFileSync } from 'node:fs';
import type { ServerOptions } from 'node:https';
import type { FailureCode } from '../../../src/model/failures';
import type { GivenSettings } from '../../../src/settings/read-settings';
import { createCertificate } from '../../../src/terraform/plugin/certificate';
import type { Gate, Network } from './gates';

/** How the API is reached: settings, and variables of the environment. */
export interface Access {
  readonly settings: GivenSettings;
  readonly variables?: Readonly<Record<string, string>>;
}

export interface Barrier {
  readonly url: string;
  /** Variables of the environment with and without the argument. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What lets the provider through. Without it, nothing does but a change of what stands between. */
  readonly argument?: Partial<Access>;
}

export interface AccessCase {
  /** The first cell of the row. */
  readonly row: string;
  readonly code: FailureCode;
  /** What the failure says without the argument. */
  readonly what: RegExp;
  readonly make: (network: Network, folder: string) => Promise<Barrier>;
}

const day = 24 * 3600 * 1000;

async function keyPair(now?: Date): Promise<{ readonly cert: string; readonly key: string }> {
  const { certificate: cert, privateKey: key } = await createCertificate(now);
  return { cert, key };
}

/** The server wants a certificate that the test has made. */
async function mutual(network: Network, maxVersion: 'TLSv1.2' | 'TLSv1.3'): Promise<Barrier> {
  const [server, client] = [await keyPair(), await keyPair()];
  const options: ServerOptions = {
    ...server,
    requestCert: true,
    rejectUnauthorized: true,
    ca: client.cert,
    maxVersion,
  };
  const url = await network.gate(undefined, options);
  const own = { client_certificate: client.cert, client_key: client.key };
  return { url, variables: { VICIDIAL_CA_CERTIFICATE: server.cert }, argument: { settings: own } };
}

const basic = (login: string) => `Basic ${Buffer.from(login).toString('base64')}`;
const gateOf =
  (isPermitted: (headers: NodeJS.Dict<string | string[]>) => boolean, answer: ReturnType<Gate>): Gate =>
  ({ headers }) =>
    isPermitted(headers) ? undefined : answer;

/** A server whose own certificate is trusted by the argument. */
async function withTls(network: Network, now?: Date): Promise<{ readonly url: string; readonly cert: string }> {
  const pair = await keyPair(now);
  return { url: await network.gate(undefined, pair), cert: pair.cert };
}

/** A server that only the proxy finds. */
const hidden = (url: string) => url.replace('127.0.0.1', 'vicidial.invalid');

export const accessCases: readonly AccessCase[] = [
  {
    row: 'a login of the web server (HTTP Basic)',
    code: 'http-login-refused',
    what: /wants a login of its own \(Basic, HTTP 401\)/u,
    async make(network) {
      const answer = { status: 401, headers: { 'www-authenticate': 'Basic realm="internal"' } };
      const url = await network.gate(gateOf(({ authorization }) => authorization === basic('gate:s3cret: ü'), answer));
      return { url, argument: { settings: { http_user: 'gate', http_password: 's3cret: ü' } } };
    },
  },
  {
    row: 'an access proxy that leads to its login page',
    code: 'redirected',
    what: /redirect \(302\) to https:\/\/login\.example\.com\/start/u,
    async make(network) {
      const answer = { status: 302, headers: { location: 'https://login.example.com/start?next=/' } };
      const url = await network.gate(gateOf((headers) => headers['x-access-token'] === 'tok3n', answer));
      return { url, argument: { settings: { headers: { 'X-Access-Token': 'tok3n' } } } };
    },
  },
  {
    row: 'an access proxy or firewall that refuses',
    code: 'unexpected-response',
    what: /HTTP 403/u,
    async make(network) {
      const gate = gateOf(({ authorization }) => authorization === 'Bearer tok3n', { status: 403, body: 'Forbidden' });
      const url = await network.gate(gate);
      return { url, argument: { settings: { headers: { Authorization: 'Bearer tok3n' } } } };
    },
  },
  {
    row: 'a web server that wants a client certificate',
    code: 'tls-client-certificate',
    what: /wants a certificate of its clients/u,
    make: (network) => mutual(network, 'TLSv1.3'),
  },
  {
    row: 'the same with TLS 1.2',
    code: 'tls-client-certificate',
    what: /wants a certificate of its clients/u,
    make: (network) => mutual(network, 'TLSv1.2'),
  },
  {
    row: 'the same with nginx, which answers',
    code: 'tls-client-certificate',
    what: /wants a certificate of its clients \(HTTP 400\)/u,
    async make(network) {
      const body = '<html><head><title>400 No required SSL certificate was sent</title></head></html>';
      return { url: await network.gate(() => ({ status: 400, body })) };
    },
  },
  {
    row: 'a certificate of an authority of the company',
    code: 'tls-unknown-authority',
    what: /not trusted here/u,
    async make(network) {
      const { url, cert } = await withTls(network);
      return { url, argument: { settings: { ca_certificate: cert } } };
    },
  },
  {
    row: 'the same, with the authority in a file',
    code: 'tls-unknown-authority',
    what: /not trusted here/u,
    async make(network, folder) {
      const { url, cert } = await withTls(network);
      const file = join(mkdtempSync(join(folder, 'authority-')), 'ca.pem');
      writeFileSync(file, cert);
      return { url, argument: { variables: { SSL_CERT_FILE: file } } };
    },
  },
  {
    row: 'a certificate for another name',
    code: 'tls-wrong-name',
    what: /its certificate is not for 127\.0\.0\.1, but for localhost/u,
    async make(network) {
      const { url, cert } = await withTls(network);
      const address = url.replace('localhost', '127.0.0.1');
      const settings = { url: address, ca_certificate: cert, tls_server_name: 'localhost' };
      return { url: address, variables: { VICIDIAL_CA_CERTIFICATE: cert }, argument: { settings } };
    },
  },
  {
    row: 'a certificate that has expired',
    code: 'tls-expired',
    what: /its certificate expired on \d{4}-\d\d-\d\d/u,
    async make(network) {
      const { url, cert } = await withTls(network, new Date(Date.now() - 30 * day));
      return {
        url,
        variables: { VICIDIAL_CA_CERTIFICATE: cert },
        argument: { settings: { insecure_skip_verify: true } },
      };
    },
  },
  {
    row: 'a certificate that is not valid yet, or a clock that is late',
    code: 'tls-expired',
    what: /its certificate is valid from \d{4}-\d\d-\d\d on only/u,
    async make(network) {
      const { url, cert } = await withTls(network, new Date(Date.now() + 30 * day));
      return { url, variables: { VICIDIAL_CA_CERTIFICATE: cert } };
    },
  },
  {
    row: 'a server that speaks TLS 1.0 only',
    code: 'tls-protocol',
    what: /accept no common version of TLS/u,
    async make(network) {
      const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
      const pair = await keyPair();
      const url = await network.gate(undefined, { ...pair, ...old });
      return { url, argument: { settings: { ca_certificate: pair.cert, tls_minimum_version: '1.0' } } };
    },
  },
  {
    row: '`https://` to a port without TLS',
    code: 'scheme-mismatch',
    what: /its port answers without TLS/u,
    async make(network) {
      const url = await network.gate();
      return { url: url.replace('http:', 'https:'), argument: { settings: { url } } };
    },
  },
  {
    row: '`http://` to a port with TLS, which answers',
    code: 'scheme-mismatch',
    what: /its port speaks HTTPS/u,
    async make(network) {
      const body = "<p>Your browser sent a request: You're speaking plain HTTP to an SSL-enabled server port.</p>";
      return { url: await network.gate(() => ({ status: 400, body })) };
    },
  },
  {
    row: '`http://` to a port with TLS, which closes the connection',
    code: 'connection-lost',
    what: /Its port answers with TLS/u,
    async make(network) {
      const pair = await keyPair();
      const port = await network.listen(createServer(pair));
      return { url: `http://127.0.0.1:${port}/vicidial/non_agent_api.php` };
    },
  },
  {
    row: 'a network that only a proxy leads out of',
    code: 'server-unreachable',
    what: /cannot be reached/u,
    async make(network) {
      const { port } = await network.proxy();
      const variables = { HTTP_PROXY: `http://127.0.0.1:${port}` };
      return { url: hidden(await network.gate()), argument: { variables } };
    },
  },
  {
    row: 'a proxy that wants a login',
    code: 'proxy-refused',
    what: /The proxy http:\/\/127\.0\.0\.1:\d+ \(HTTP_PROXY\) wants a login \(HTTP 407\)/u,
    async make(network) {
      const { port } = await network.proxy({ login: 'me:p@ss' });
      const proxy = `127.0.0.1:${port}`;
      return {
        url: hidden(await network.gate()),
        variables: { HTTP_PROXY: proxy },
        argument: { variables: { HTTP_PROXY: `http://me:p%40ss@${proxy}` } },
      };
    },
  },
  {
    row: 'a proxy that does not permit the port or host',
    code: 'proxy-refused',
    what: /The proxy http:\/\/127\.0\.0\.1:\d+ \(HTTPS_PROXY\) does not connect to vicidial\.invalid:\d+ \(HTTP 403\)/u,
    async make(network) {
      const { port } = await network.proxy({ refuse: 403 });
      const { url } = await withTls(network);
      return {
        url: url.replace('localhost', 'vicidial.invalid'),
        variables: { HTTPS_PROXY: `http://127.0.0.1:${port}` },
      };
    },
  },
  {
    row: 'a proxy that cannot be reached',
    code: 'proxy-unreachable',
    what: /The proxy http:\/\/127\.0\.0\.1:\d+ \(HTTP_PROXY\) cannot be reached: it refuses connections \(ECONNREFUSED\)/u,
    async make(network) {
      const variables = { HTTP_PROXY: `http://127.0.0.1:${await network.closedPort()}` };
      return { url: hidden(await network.gate()), variables };
    },
  },
  {
    row: 'a proxy that cannot reach the server',
    code: 'server-unreachable',
    what: /The proxy http:\/\/127\.0\.0\.1:\d+ \(HTTPS_PROXY\) could not connect to vicidial\.invalid:443 \(HTTP 502\)/u,
    async make(network) {
      const { port } = await network.proxy({ refuse: 502 });
      return { url: 'https://vicidial.invalid/api.php', variables: { HTTPS_PROXY: `http://127.0.0.1:${port}` } };
    },
  },
  {
    row: 'a port that is closed, or a firewall',
    code: 'server-unreachable',
    what: /it refuses connections \(ECONNREFUSED\)/u,
    make: async (network) => ({ url: `http://127.0.0.1:${await network.closedPort()}/vicidial/non_agent_api.php` }),
  },
];
