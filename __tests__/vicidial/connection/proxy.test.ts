import { createCertificate } from '../../../src/terraform/plugin/certificate';
import { PhonestateError } from '../../../src/model/failures';
import type { GivenSettings } from '../../../src/settings/read-settings';
import { findProxy } from '../../../src/vicidial/connection/proxy';
import { connectClient, singleAttempt } from '../../../testing/client';
import { useNetwork } from './gates';

const network = useNetwork();
const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
const before = { ...process.env };
beforeEach(() => names.forEach((name) => delete process.env[name]));
afterEach(() => {
  names.forEach((name) => delete process.env[name]);
  Object.assign(process.env, before);
});

const proxyOf = (url: string, environment: Record<string, string>) => findProxy(new URL(url), environment)?.origin;

describe('the proxy of an address', () => {
  const proxies = { HTTPS_PROXY: 'http://secure.example:3128', HTTP_PROXY: 'http://plain.example:3128' };

  test.each([
    ['https://vicidial.example.com/', proxies, 'http://secure.example:3128'],
    ['http://vicidial.example.com/', proxies, 'http://plain.example:3128'],
    ['https://vicidial.example.com/', { HTTP_PROXY: 'http://plain.example:3128' }, undefined],
    ['https://vicidial.example.com/', { https_proxy: 'proxy.example:3128' }, 'http://proxy.example:3128'],
    [
      'https://vicidial.example.com/',
      { HTTPS_PROXY: '', https_proxy: 'https://proxy.example' },
      'https://proxy.example',
    ],
    ['http://localhost:8080/', proxies, undefined],
    ['http://127.0.0.2/', proxies, undefined],
    ['http://[::1]/', proxies, undefined],
  ])('%s with %j is %s', (url, environment, expected) => {
    expect(proxyOf(url, environment)).toBe(expected);
  });

  test.each([
    ['example.com', 'https://vicidial.example.com/', true],
    ['example.com', 'https://example.com/', true],
    ['ample.com', 'https://example.com/', false],
    ['.example.com', 'https://example.com/', false],
    ['*.example.com', 'https://vicidial.example.com/', true],
    ['other.org, VICIDIAL.example.com', 'https://vicidial.example.com/', true],
    ['vicidial.example.com:8443', 'https://vicidial.example.com/', false],
    ['vicidial.example.com:443', 'https://vicidial.example.com/', true],
    ['*', 'https://vicidial.example.com/', true],
    ['10.0.0.0/8', 'https://10.1.2.3/', true],
    ['10.0.0.0/8', 'https://11.1.2.3/', false],
    ['10.0.0.0/99', 'https://10.1.2.3/', false],
    ['fd00::/8', 'https://[fd00::1]/', true],
    ['10.1.2.3', 'https://10.1.2.3:8443/', true],
    ['[fd00::1]:443', 'https://[fd00::1]/', true],
    ['.3', 'https://10.1.2.3/', false],
  ])('NO_PROXY=%s and %s: exempt is %s', (list, url, exempt) => {
    const environment = { HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: list };
    expect(proxyOf(url, environment) === undefined).toBe(exempt);
    expect(proxyOf(url, { HTTPS_PROXY: 'http://proxy.example:3128', no_proxy: list }) === undefined).toBe(exempt);
  });

  test.each(['socks5://me:s3cret@proxy.example', 'http://', 'http://me:s3cret@proxy.example:99999'])(
    '%s is an error that shows no password',
    (value) => {
      const find = () => proxyOf('https://vicidial.example.com/', { HTTPS_PROXY: value });
      expect(find).toThrow(/HTTPS_PROXY does not hold the address of an HTTP proxy/u);
      expect(find).not.toThrow(/s3cret/u);
    },
  );
});

describe('a call through a proxy', () => {
  const call = async (url: string, settings: GivenSettings = {}) => {
    const client = connectClient(url, { request_timeout_seconds: 5, ...settings }, { retryPolicy: singleAttempt });
    return client
      .send({ function: 'update_phone', parameters: {} })
      .then(
        ({ code }) => code ?? 'done',
        (error: unknown) => (error instanceof PhonestateError ? error.failure.what : String(error)),
      )
      .finally(() => client.close());
  };

  test('is sent as it is without TLS, and by CONNECT with it', async () => {
    const { port, requests } = await network.proxy();
    Object.assign(process.env, { HTTP_PROXY: `http://127.0.0.1:${port}`, HTTPS_PROXY: `http://127.0.0.1:${port}` });
    const url = (await network.gate()).replace('127.0.0.1', 'vicidial.invalid');
    expect(await call(url)).toBe('value-refused');
    const { certificate, privateKey } = await createCertificate();
    const secure = await network.gate(undefined, { cert: certificate, key: privateKey });
    const hidden = secure.replace('localhost', 'vicidial.invalid');
    expect(await call(hidden, { ca_certificate: certificate, tls_server_name: 'localhost' })).toBe('value-refused');
    expect(requests).toEqual([`POST ${url}`, `CONNECT ${new URL(hidden).host}`]);
  });

  test('has its login there, also where the proxy itself has TLS', async () => {
    const { certificate, privateKey } = await createCertificate();
    const tls = { cert: certificate, key: privateKey };
    const { port, requests } = await network.proxy({ login: 'me:p@ss', tls });
    process.env.HTTPS_PROXY = `https://me:p%40ss@localhost:${port}`;
    const url = (await network.gate(undefined, tls)).replace('localhost', 'vicidial.invalid');
    // The name of the server is none of the proxy's.
    const settings = { ca_certificate: certificate, tls_server_name: 'localhost' };
    // This machine is exempt as a server, not as a proxy.
    expect(await call(url, settings)).toBe('value-refused');
    process.env.HTTPS_PROXY = `https://me:wrong@localhost:${port}`;
    const refused = await call(url, settings);
    expect(refused).toMatch(/\(HTTPS_PROXY\) does not accept the login in HTTPS_PROXY \(HTTP 407\)/u);
    expect(refused).not.toContain('wrong@');
    expect(requests).toHaveLength(2);
  });

  test('does not wait longer than the limit for a proxy that says nothing', async () => {
    const port = await network.tcp(() => {});
    process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
    const what = await call('https://vicidial.invalid/api.php', { request_timeout_seconds: 1 });
    expect(what).toContain('did not connect to vicidial.invalid:443 within 1 seconds');
  });
});
