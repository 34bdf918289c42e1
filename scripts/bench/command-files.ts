/** The files that commands are given: environments in a Git repository, a state, plans in JSON. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFile } from '../../testing/state-file';
import { resourceChange, samplePlan, storedPhone } from '../../testing/sample-plan';
import { fleet } from './providers';

const systemName = 'fleet';
/** Each tenth phone has a phone alias. */
const phonesPerAlias = 10;

/** The names of the files, from the folder in which commands run. */
export const commandFiles = {
  environments: 'environments',
  fleet: 'environments/fleet.yaml',
  state: 'state.json',
  emptyPlan: 'empty.json',
  creates: 'creates.json',
} as const;

/**
 * `fleet` has an entry for each phone. `lab` is derived from it, on a server of its own. `west` is of the same system, and
 * has phone aliases over the phones of `fleet`.
 */
export function writeCommandFiles(parent: string, phones: number, url: string): string {
  const folder = mkdtempSync(join(parent, `commands-${phones}-`));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  mkdirSync(join(folder, commandFiles.environments));
  write(commandFiles.fleet, environmentOf(extensions(phones), url));
  write(join(commandFiles.environments, 'lab.yaml'), labEnvironment);
  write(join(commandFiles.environments, 'west.yaml'), westEnvironment(extensions(phones), url));
  write(commandFiles.state, stateOf(extensions(phones)));
  write(commandFiles.emptyPlan, samplePlan(extensions(phones).map(unchanged)));
  write(commandFiles.creates, samplePlan(extensions(phones).map(created)));
  commitAll(folder);
  // So that one environment differs from the commit, and the one that is derived from it.
  appendFileSync(join(folder, commandFiles.fleet), '  - { alias_id: last, alias_name: Last, phone_logins: ~ }\n');
  return folder;
}

function extensions(phones: number): string[] {
  return fleet(phones).map(({ extension }) => String(extension));
}

const secrets = `  phone_pass: { variable: phone_pass, by: phone_login }
  registration_password: { variable: registration_password, by: phone_login }`;

function environmentOf(all: readonly string[], url: string): string {
  const phones = all.map((extension) => {
    const own = `phone_full_name: 'Desk ${extension}', email: desk${extension}@example.com`;
    return `  - { <<: *desk, extension: '${extension}', ${own} }`;
  });
  const aliases = aliasesOver(all, (extension) => `'${extension}'`);
  return `version: 1
provider: { url: '${url}', system_name: ${systemName} }
servers: { one: 10.0.0.11 }
x-desk: &desk { server: one, phone_context: default }
defaults:
  protocol: SIP
  local_gmt: '-5.00'
  phone_login: '{extension}'
  dialplan_number: '{extension}'
  voicemail_id: '{extension}'
  outbound_cid: '7275551212'
${secrets}
phones:
${phones.join('\n')}
aliases:
${aliases.join('\n')}
`;
}

function westEnvironment(all: readonly string[], url: string): string {
  const aliases = aliasesOver(all, (extension) => `{ environment: fleet, phone_login: '${extension}' }`);
  return `version: 1
provider: { url: '${url}', system_name: ${systemName} }
aliases:
${aliases.join('\n')}
`;
}

function aliasesOver(all: readonly string[], login: (extension: string) => string): string[] {
  return all
    .filter((_, index) => index % phonesPerAlias === 0)
    .map((extension) => `  - { alias_id: desk${extension}, alias_name: Desk, phone_logins: [${login(extension)}] }`);
}

const labEnvironment = `version: 1
extends: fleet
provider: { url: 'https://lab.example.com/vicidial/non_agent_api.php', system_name: lab }
servers: { lab: 10.0.1.11 }
mapping: { servers: { one: lab } }
defaults:
  outbound_cid: '7275551299'
${secrets}
`;

/** The addresses are not those that the environment gives: all have moved. */
function stateOf(all: readonly string[]): string {
  const attributes = (extension: string) => ({
    ...storedPhone(extension, { email: `desk${extension}@example.com` }),
    system: systemName,
  });
  return stateFile(
    all.map((extension) => ({ address: `vicidial_phone.p${extension}`, attributes: attributes(extension) })),
  );
}

function unchanged(extension: string) {
  const phone = storedPhone(extension);
  return resourceChange(`vicidial_phone.p${extension}`, ['no-op'], phone, phone);
}

function created(extension: string) {
  return resourceChange(`vicidial_phone.p${extension}`, ['create'], null, storedPhone(extension));
}

function commitAll(folder: string): void {
  const identity = ['-c', 'user.name=Benchmark', '-c', 'user.email=benchmark@example.com'];
  for (const args of [
    ['init', '--quiet'],
    ['add', commandFiles.environments],
    [...identity, 'commit', '--quiet', '--message', 'Fleet'],
  ])
    execFileSync('git', args, { cwd: folder });
}
