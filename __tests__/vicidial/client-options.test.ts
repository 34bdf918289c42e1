import { PhonestateError } from '../../src/model/failures';
import { parseClientOptions } from '../../src/vicidial/client-options';

const good = { url: 'https://dialer.example.com/vicidial/non_agent_api.php', user: '6666', password: 'apiSecret' };

test('what is not set has its default, and the password is closed', () => {
  const options = parseClientOptions(good);
  expect(options).toMatchObject({ source: 'terraform', requestTimeoutSeconds: 30, maxConcurrency: 8 });
  expect(JSON.stringify(options)).not.toContain('apiSecret');
});

test.each([
  [{ url: undefined }, 'url', 'VICIDIAL_URL'],
  [{ url: 'dialer.example.com' }, 'url', 'https://'],
  [{ url: 'ftp://dialer.example.com/' }, 'url', 'https://'],
  [{ url: 'https://6666:apiSecret@dialer.example.com/' }, 'url', 'arguments of their own'],
  [{ user: 'api user' }, 'user', 'letters, digits'],
  [{ password: 'p@ss word' }, 'password', 'letters, digits'],
  [{ source: 'x' }, 'source', '2 to 20'],
  [{ requestTimeoutSeconds: 0 }, 'request_timeout_seconds', '1 to 600'],
  [{ maxConcurrency: 2.5 }, 'max_concurrency', '1 to 64'],
  [{ caCertificate: 'ca.pem' }, 'ca_certificate', 'file("ca.pem")'],
])('%j is refused with the argument and what it should be', (change, field, hint) => {
  const options = Object.fromEntries(Object.entries({ ...good, ...change }).filter(([, value]) => value !== undefined));
  try {
    parseClientOptions(options);
  } catch (error) {
    if (!(error instanceof PhonestateError)) throw error;
    expect(error.failure).toMatchObject({ code: 'provider-argument', field });
    expect(error.failure.detail).toContain(hint);
    expect(error.message).not.toMatch(/apiSecret|p@ss/u);
    return;
  }
  throw new Error('it was accepted');
});
