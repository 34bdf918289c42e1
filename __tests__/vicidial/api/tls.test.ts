import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { startEmulator } from '../../../src/emulator/emulator';
import { PhonestateError } from '../../../src/model/failures';
import { createCertificate } from '../../../src/terraform/plugin/certificate';
import { VicidialClient } from '../../../src/vicidial/api/client';
import { parseClientOptions } from '../../../src/vicidial/client-options';

const connect = (url: string, options: Record<string, unknown> = {}) =>
  new VicidialClient(
    parseClientOptions({
      url,
      user: '6666',
      password: 'admin1234',
      retry: { attempts: 1, firstPauseMs: 1, limitMs: 1000 },
      ...options,
    }),
  );
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof PhonestateError ? error.failure.code : String(error)),
  );

test('a server is trusted by the authority in ca_certificate, under its own name only', async () => {
  const { certificate, privateKey } = await createCertificate();
  const dialer = await startEmulator({ tls: { cert: certificate, key: privateKey } });
  const named = dialer.url.replace('127.0.0.1', 'localhost');
  const [trusted, stranger, misnamed] = [
    connect(named, { caCertificate: certificate }),
    connect(named),
    connect(dialer.url, { caCertificate: certificate }),
  ];
  expect(await codeOf(trusted.call('update_phone'))).toBe('done');
  expect(await codeOf(stranger.call('update_phone'))).toBe('tls-failed');
  expect(await codeOf(misnamed.call('update_phone'))).toBe('tls-failed');
  expect(dialer.journal.entries).toHaveLength(1);
  await Promise.all([trusted, stranger, misnamed].map((client) => client.close()));
  await dialer.close();
});

test('a redirect from https to http carries the password nowhere', async () => {
  const { certificate, privateKey } = await createCertificate();
  const open = await startEmulator();
  const secure = createServer({ cert: certificate, key: privateKey }, (_request, response) =>
    response.writeHead(308, { location: open.url }).end(),
  );
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  const client = connect(`https://localhost:${(secure.address() as AddressInfo).port}/vicidial/non_agent_api.php`, {
    caCertificate: certificate,
  });
  expect(await codeOf(client.call('update_phone'))).toBe('redirected');
  expect(open.journal.entries).toEqual([]);
  await client.close();
  await open.close();
  secure.closeAllConnections();
  secure.close();
});
