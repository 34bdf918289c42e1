import { useTemporaryFolder } from '../../temporary-folder';
import { diagnoseInNamespace, namespaceMissing } from './namespace';

const temporary = useTemporaryFolder('file');
const describeNetworks = (name: string, tests: () => void) =>
  namespaceMissing === undefined
    ? describe(name, tests)
    : describe.skip(`${name} (skipped: ${namespaceMissing})`, tests);

describeNetworks('a network', () => {
  let found: Record<string, string>;
  beforeAll(() => {
    const routes = { blackhole: '198.51.100.1', prohibit: '198.51.100.2', unreachable: '198.51.100.3' };
    const addresses = { dropped: '192.0.2.9', dropped6: '[fd00:9::9]', none: '203.0.113.1' };
    found = diagnoseInNamespace(temporary.path, { ...routes, ...addresses, dead6: 'dead6.test', dead4: 'dead4.test' });
  }, 60_000);

  test.each([
    ['drops every packet', 'dropped', 'it did not accept a connection within 2 seconds'],
    ['drops every packet of IPv6', 'dropped6', 'it did not accept a connection within 2 seconds'],
    ['has a route into a blackhole', 'blackhole', 'the connection could not be opened (EINVAL)'],
    ['has a route that is prohibited', 'prohibit', 'this machine does not permit the connection (EACCES)'],
    ['has a route that is unreachable', 'unreachable', 'there is no route to it (EHOSTUNREACH)'],
    ['has no route', 'none', 'there is no route to it (ENETUNREACH)'],
  ])('that %s leaves the server unreachable: nothing was sent', (_what, name, reason) => {
    expect(found[name]).toMatch(/^FAIL {2}server +VICIdial could not be reached \(server-unreachable\)$/mu);
    expect(found[name]).toContain(reason);
  });

  test.each([
    ['IPv6', 'dead6'],
    ['IPv4', 'dead4'],
  ])('where the address of %s is dead is reached by the other', (_family, name) => {
    expect(found[name]).toMatch(/^ok {4}server +VICIdial/mu);
  });
});
