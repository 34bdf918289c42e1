import { EventEmitter } from 'node:events';
import dns from 'node:dns/promises';
import net from 'node:net';
import { openSocket } from '../../../src/vicidial/connection/open-socket';

/** What a scripted address does: it accepts after so many milliseconds, fails at once, or never answers. */
type Answer = number | 'refused' | 'dropped';

class ScriptedSocket extends EventEmitter {
  destroyed = false;
  constructor(
    readonly host: string,
    answer: Answer,
  ) {
    super();
    const refused = Object.assign(new Error('refused'), { code: `ECONNREFUSED ${host}` });
    if (answer === 'refused') setImmediate(() => this.emit('error', refused));
    else if (answer !== 'dropped') setTimeout(() => this.destroyed || this.emit('connect'), answer);
  }
  destroy(): void {
    this.destroyed = true;
  }
}

let sockets: ScriptedSocket[] = [];

/** Scripts the addresses of a name, in the order of the resolver. */
function script(answers: Readonly<Record<string, Answer>>): void {
  sockets = [];
  const addresses = Object.keys(answers).map((address) => ({ address, family: net.isIP(address) }));
  jest.spyOn(dns, 'lookup').mockResolvedValue(addresses as never);
  jest.spyOn(net, 'connect').mockImplementation(((options: { host: string }) => {
    const socket = new ScriptedSocket(options.host, answers[options.host] ?? 'dropped');
    sockets.push(socket);
    return socket;
  }) as never);
}

const open = async (limitMs = 5_000) => {
  const socket: unknown = await openSocket('vicidial.test', 443, AbortSignal.timeout(limitMs));
  return (socket as ScriptedSocket).host;
};
const tried = () => sockets.map(({ host }) => host);

afterEach(() => jest.restoreAllMocks());

test.each<[string, Readonly<Record<string, Answer>>, string, readonly string[]]>([
  ['the first accepts', { '2001:db8::1': 1, '192.0.2.1': 1 }, '2001:db8::1', ['2001:db8::1']],
  ['the first is dead', { '2001:db8::1': 'dropped', '192.0.2.1': 1 }, '192.0.2.1', ['2001:db8::1', '192.0.2.1']],
  ['the first is refused', { '2001:db8::1': 'refused', '192.0.2.1': 1 }, '192.0.2.1', ['2001:db8::1', '192.0.2.1']],
  // At this round trip the first attempt must not be ended for the second one, which never succeeds.
  ['the first is slow', { '2001:db8::1': 300, '192.0.2.1': 'dropped' }, '2001:db8::1', ['2001:db8::1', '192.0.2.1']],
  ['both are slow', { '2001:db8::1': 'dropped', '192.0.2.1': 300 }, '192.0.2.1', ['2001:db8::1', '192.0.2.1']],
])('of two addresses, where %s, the one that accepts is used', async (_what, answers, accepted, attempts) => {
  script(answers);
  expect(await open()).toBe(accepted);
  expect(tried()).toEqual(attempts);
  expect(
    sockets.filter(({ host, destroyed }) => host !== accepted && !destroyed && answers[host] !== 'refused'),
  ).toEqual([]);
});

test('families are tried in turn, the first one first', async () => {
  script({ '2001:db8::1': 'refused', '2001:db8::2': 'refused', '192.0.2.1': 'refused', '192.0.2.2': 1 });
  expect(await open()).toBe('192.0.2.2');
  expect(tried()).toEqual(['2001:db8::1', '192.0.2.1', '2001:db8::2', '192.0.2.2']);
});

test('where all fail, the error is that of the first', async () => {
  script({ '2001:db8::1': 'refused', '192.0.2.1': 'refused' });
  await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED 2001:db8::1' });
});

test('the limit ends all attempts', async () => {
  script({ '2001:db8::1': 'dropped', '192.0.2.1': 'dropped' });
  await expect(open(300)).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, true]);
});
