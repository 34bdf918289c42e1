import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { startEmulator } from '../../../src/emulator/emulator';
import { PhonestateError } from '../../../src/model/failures';
import { createCertificate } from '../../../src/terraform/plugin/certificate';
import { connectClient, singleAttempt } from '../../../testing/client';
import type { GivenSettings } from '../../../src/settings/read-settings';
import type { VicidialClient } from '../../../src/vicidial/api/client';

const connect = (url: string, settings: GivenSettings = {}) =>
  connectClient(url, settings, { retryPolicy: singleAttempt });
const call = (client: VicidialClient) => client.send({ function: 'update_phone', parameters: {} });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof PhonestateError ? error.failure.code : String(error)),
  );

test('a server is trusted by the authority in ca_certificate, under its own name only', async () => {
  const { certificate, privateKey } = await createCertificate();
  const emulator = await startEmulator({ tls: { cert: certificate, key: privateKey } });
  const named = emulator.url.replace('127.0.0.1', 'localhost');
  const [trusted, untrusted, misnamed] = [
    connect(named, { ca_certificate: certificate }),
    connect(named),
    connect(emulator.url, { ca_certificate: certificate }),
  ];
  expect(await codeOf(call(trusted))).toBe('done');
  expect(await codeOf(call(untrusted))).toBe('tls-unknown-authority');
  expect(await codeOf(call(misnamed))).toBe('tls-wrong-name');
  expect(emulator.journal.entries).toHaveLength(1);
  await Promise.all([trusted, untrusted, misnamed].map((client) => client.close()));
  await emulator.close();
});

test('a redirect from https to http carries the password nowhere', async () => {
  const { certificate, privateKey } = await createCertificate();
  const open = await startEmulator();
  const secure = createServer({ cert: certificate, key: privateKey }, (_request, response) =>
    response.writeHead(308, { location: open.url }).end(),
  );
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  const client = connect(`https://localhost:${(secure.address() as AddressInfo).port}/vicidial/non_agent_api.php`, {
    ca_certificate: certificate,
  });
  expect(await codeOf(call(client))).toBe('redirected');
  expect(open.journal.entries).toEqual([]);
  await client.close();
  await open.close();
  secure.closeAllConnections();
  secure.close();
});
