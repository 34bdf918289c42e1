/** Networks as companies have them, made of namespaces: addresses that nothing answers at, and routes that lead nowhere. */
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import which from 'which';

const command = join(__dirname, '../../../dist/phonestate.js');

/** `192.0.2.9` and `fd00:9::9` are on a link whose other end drops every packet. */
const links = `
ip link set lo up
ip link add near type veth peer name far
ip address add 192.0.2.1/24 dev near
ip -6 address add fd00:9::1/64 dev near nodad
ip link set near up
ip link set far up
ip neighbour add 192.0.2.9 lladdr 02:00:00:00:00:09 dev near
ip -6 neighbour add fd00:9::9 lladdr 02:00:00:00:00:09 dev near
ip route add blackhole 198.51.100.1
ip route add prohibit 198.51.100.2
ip route add unreachable 198.51.100.3
`;

/** Of these names, one has a dead address of IPv6, one a dead address of IPv4. */
const hosts = `127.0.0.1 localhost
127.0.0.1 dead6.test
fd00:9::9 dead6.test
::1 dead4.test
192.0.2.9 dead4.test
`;

const inNamespace = ['--user', '--map-root-user', '--net', '--mount', 'sh', '-e', '-c'];

/** Why no such networks can be made here; undefined where they can. */
export const namespaceMissing: string | undefined = (() => {
  if (['unshare', 'ip', 'mount'].some((each) => which.sync(each, { nothrow: true }) === null)) {
    return 'unshare, ip or mount is not installed';
  }
  const { status } = spawnSync('unshare', [...inNamespace, `${links} mount --bind /etc/hosts /etc/hosts`]);
  return status === 0 ? undefined : 'this machine permits no network namespaces';
})();

/**
 * Runs doctor against addresses, all at once, with a limit of two seconds each.
 *
 * @param folder an empty folder for files
 * @param targets hosts by name, of which `localhost`, `dead6.test` and `dead4.test` have an emulator on port 8080
 * @returns what each found of the server, by name: its line of the table
 */
export function diagnoseInNamespace(folder: string, targets: Readonly<Record<string, string>>): Record<string, string> {
  writeFileSync(join(folder, 'hosts'), hosts);
  const doctor = Object.entries(targets).map(
    ([name, host]) =>
      `VICIDIAL_URL=http://${host}:8080/vicidial/non_agent_api.php "$node" "$command" doctor > ${name}.txt 2>&1 & checks="$checks $!"`,
  );
  const script = `${links}
mount --bind hosts /etc/hosts
"$node" "$command" emulator --port 8080 --host :: > emulator.txt 2>&1 & emulator=$!
trap 'kill "$emulator"' EXIT
until grep -qs non_agent_api emulator.txt; do sleep 0.05; done
${doctor.join('\n')}
for check in $checks; do wait "$check" || true; done
`;
  const settings = { VICIDIAL_USER: '6666', VICIDIAL_PASSWORD: 'admin1234', VICIDIAL_READ_FROM: 'api' };
  const env = { PATH: process.env.PATH, TMPDIR: folder, node: process.execPath, command, ...settings };
  const limit = { VICIDIAL_REQUEST_TIMEOUT_SECONDS: '2' };
  execFileSync('unshare', [...inNamespace, script], { cwd: folder, env: { ...env, ...limit }, timeout: 60_000 });
  const read = (name: string) => execFileSync('cat', [join(folder, `${name}.txt`)], { encoding: 'utf8' });
  return Object.fromEntries(Object.keys(targets).map((name) => [name, read(name)]));
}
