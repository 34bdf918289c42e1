import { readRehearsal, rehearsalValue } from '../../src/settings/rehearsal';
import { Secret } from '../../src/model/secret';

const token = 'a1'.repeat(32);

describe('the variable of a rehearsal', () => {
  test('is read as it was written', () => {
    for (const origin of ['http://127.0.0.1:4711', 'http://[::1]:4711', 'http://127.9.8.7:1']) {
      const value = rehearsalValue({ origin, token: new Secret(token) });
      const read = readRehearsal({ PHONESTATE_REHEARSAL: value });
      expect(read && 'token' in read && { origin: read.origin, token: read.token.open() }).toEqual({ origin, token });
    }
  });

  test('is no rehearsal where it is not set, or empty', () => {
    expect(readRehearsal({})).toBeUndefined();
    expect(readRehearsal({ PHONESTATE_REHEARSAL: '' })).toBeUndefined();
  });

  test.each([
    ['an address of another machine', `http://10.0.0.11:4711/#${token}`],
    ['a name, which may be resolved to any address', `http://localhost:4711/#${token}`],
    ['a name that begins like an address', `http://127.0.0.1.example.com:4711/#${token}`],
    ['another scheme', `https://127.0.0.1:4711/#${token}`],
    ['a login', `http://user@127.0.0.1:4711/#${token}`],
    ['a path', `http://127.0.0.1:4711/vicidial/#${token}`],
    ['no port', `http://127.0.0.1/#${token}`],
    ['no token', 'http://127.0.0.1:4711/'],
    ['a token that is too short', 'http://127.0.0.1:4711/#a1a1'],
    ['no address', '1'],
  ])('is refused with %s, without being shown', (_what, value) => {
    const read = readRehearsal({ PHONESTATE_REHEARSAL: value });
    expect(read).toEqual({ problem: expect.stringContaining('PHONESTATE_REHEARSAL must have the form') as string });
    expect(JSON.stringify(read)).not.toContain(token);
  });
});
