/**
 * A soak test: random configurations, changes, faults and kills; after each round and a clean apply the dialer's phones,
 * Terraform's state and the configuration must agree. Seeded: the same seed makes the same rounds.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startEmulator, type Emulator } from '../src/emulator/emulator';
import { faultKinds, seededRandom } from '../src/emulator/faults';
import { samplePhone } from './sample-phone';
import { findEngine, Workspace } from './workspace';

const most = 60;
const secrets = { api: 'soakApi4417', agent: 'soakAgent9031', device: 'soakDevice7752' };

export interface SoakOptions {
  readonly rounds: number;
  readonly seed: number;
  /** Told of each round. */
  readonly log?: (line: string) => void;
}

type Fields = Record<string, string | number>;

interface Fleet {
  readonly phones: Map<string, Fields>;
  /** Aliases by id, with the extensions of their phones. */
  readonly aliases: Map<string, readonly string[]>;
}

/**
 * Runs the rounds.
 *
 * @throws Error with the seed and the round, when something disagrees
 */
export async function soak({ rounds, seed, log = () => {} }: SoakOptions): Promise<void> {
  const next = seededRandom(seed);
  const fleet: Fleet = { phones: new Map(), aliases: new Map() };
  const dialer = await startEmulator({
    data: { servers: ['10.0.0.11', '10.0.0.12'], users: [{ user: 'soak', password: secrets.api }] },
  });
  const workspace = await Workspace.create({
    VICIDIAL_URL: dialer.url,
    VICIDIAL_USER: 'soak',
    VICIDIAL_PASSWORD: secrets.api,
    VICIDIAL_REQUEST_TIMEOUT_SECONDS: '2',
    // What a run that was killed has made is taken over by the next one.
    VICIDIAL_ADOPT_EXISTING: 'true',
  });
  try {
    await workspace.init();
    for (let round = 1; round <= rounds; round += 1) {
      change(fleet, next);
      declare(workspace, fleet);
      const story = await disturb(dialer, workspace, next);
      dialer.faults.clear();
      const clean = await workspace.apply('-lock=false');
      const complaints = [
        ...(clean.code === 0 ? [] : [`the clean apply failed:\n${clean.output}`]),
        ...disagreements(dialer, workspace, fleet),
        ...leaks(story.output + clean.output),
      ];
      const plan = await workspace.plan('-lock=false');
      if (plan.code !== 0) complaints.push(`the plan after it is not empty:\n${plan.output}`);
      log(`round ${round}: ${fleet.phones.size} phones, ${fleet.aliases.size} aliases, ${story.what}`);
      if (complaints.length > 0)
        throw new Error(`seed ${seed}, round ${round} (${story.what}):\n${complaints.join('\n')}`);
      await badLogin(dialer, workspace, seed, round, next);
      dialer.journal.clear();
    }
  } finally {
    workspace.remove();
    await dialer.close();
  }
}

/** Adds, changes and removes some phones and aliases. */
function change({ phones, aliases }: Fleet, next: () => number): void {
  const pick = (count: number) => Math.floor(next() * count);
  for (const extension of [...phones.keys()]) if (next() < 0.15) phones.delete(extension);
  for (const fields of phones.values()) {
    if (next() < 0.3) fields.outbound_cid = `72755${10_000 + pick(90_000)}`;
    if (next() < 0.1) fields.phone_ring_timeout = 2 + pick(178);
    if (next() < 0.1) fields.email = next() < 0.5 ? '' : `desk${pick(1000)}@example.com`;
    if (next() < 0.05) fields.server_ip = `10.0.0.1${1 + pick(2)}`;
  }
  for (let added = pick(20); added > 0 && phones.size < most - 5; added -= 1) {
    const extension = String(50_000 + pick(1_000));
    if (!phones.has(extension)) phones.set(extension, newPhone(extension, next));
  }
  // An alias cannot name a phone that is gone; Terraform changes it before, or with, its phones.
  aliases.clear();
  const extensions = [...phones.keys()];
  for (let index = 0; index < Math.min(5, extensions.length); index += 1)
    if (next() < 0.7) aliases.set(`team${index}`, extensions.slice(index, index + 1 + pick(3)));
}

function newPhone(extension: string, next: () => number): Fields {
  return samplePhone(extension, {
    server_ip: `10.0.0.1${1 + Math.floor(next() * 2)}`,
    phone_pass: secrets.agent,
    registration_password: secrets.device,
    ...(next() < 0.3 ? { phone_ring_timeout: 30 } : {}),
    // A sample phone has texts, and the number above.
  }) as Fields;
}

function declare(workspace: Workspace, { phones, aliases }: Fleet): void {
  const resource = {
    ...(phones.size > 0
      ? { vicidial_phone: Object.fromEntries([...phones].map(([extension, fields]) => [`p${extension}`, fields])) }
      : {}),
    ...(aliases.size > 0
      ? {
          vicidial_phone_alias: Object.fromEntries(
            [...aliases].map(([id, extensions]) => [
              id,
              {
                alias_id: id,
                alias_name: `Team ${id}`,
                phone_logins: extensions.map((extension) => `\${vicidial_phone.p${extension}.phone_login}`),
              },
            ]),
          ),
        }
      : {}),
  };
  workspace.configure(Object.keys(resource).length > 0 ? { resource } : {});
}

/** An apply among faults, and at times one that is interrupted or killed. */
async function disturb(
  dialer: Emulator,
  workspace: Workspace,
  next: () => number,
): Promise<{ what: string; output: string }> {
  const kinds = faultKinds.filter((kind) => kind !== 'hang');
  const faults = Array.from({ length: Math.floor(next() * 8) }, () => ({
    kind: kinds[Math.floor(next() * kinds.length)] ?? 'empty',
    skip: Math.floor(next() * 60),
    times: 1 + Math.floor(next() * 3),
    seconds: 0,
  }));
  // Of a lie about an update nobody can know: the API reads nothing back. One about a creation is found out.
  for (const fault of faults)
    dialer.faults.add(fault.kind === 'success-without-work' ? { ...fault, function: 'add_phone' } : fault);
  const [signal] = [next()].map((chance) => (chance < 0.2 ? 'SIGINT' : chance < 0.35 ? 'SIGKILL' : undefined));
  const child = spawn(findEngine(), ['apply', '-auto-approve', '-input=false', '-no-color', '-lock=false'], {
    cwd: workspace.folder,
    env: workspace.environmentOf(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const timer = signal && setTimeout(() => kill(child.pid ?? 0, signal), 400 + next() * 1_500);
  await once(child, 'close');
  if (timer) clearTimeout(timer);
  return {
    what: `${faults.length} faults${signal ? `, ${signal}` : ''}, exit ${child.exitCode ?? 'by signal'}`,
    output,
  };
}

/** Ctrl-C reaches the whole group; kill -9 is aimed at terraform alone, and its provider has to notice. */
function kill(pid: number, signal: 'SIGINT' | 'SIGKILL'): void {
  try {
    process.kill(signal === 'SIGINT' ? -pid : pid, signal);
  } catch {
    // It ended by itself a moment before.
  }
}

function disagreements(dialer: Emulator, workspace: Workspace, { phones, aliases }: Fleet): string[] {
  const state = workspace.state();
  const declared = [...phones.values()].map(({ server_ip, extension }) => `${server_ip}/${extension}`);
  const stored = dialer.store.phones.map(({ server_ip, extension }) => `${server_ip}/${extension}`);
  const recorded = Object.entries(state).flatMap(([address, { id }]) =>
    address.startsWith('vicidial_phone.') ? [String(id)] : [],
  );
  const wrong = [...phones.values()].flatMap((fields) => {
    const row = dialer.store.phone(String(fields.server_ip), String(fields.extension));
    return Object.entries(fields).flatMap(([name, value]) =>
      row?.[name] === String(value) ? [] : [`${fields.extension}: ${name} is ${row?.[name]}, not ${value}`],
    );
  });
  return [
    ...(same(declared, stored)
      ? []
      : [`declared ${declared.sort().join()} but the dialer has ${stored.sort().join()}`]),
    ...(same(declared, recorded)
      ? []
      : [`declared ${declared.sort().join()} but the state has ${recorded.sort().join()}`]),
    ...(same(
      [...aliases.keys()],
      dialer.store.aliases.map(({ alias_id }) => alias_id),
    )
      ? []
      : ['the aliases differ']),
    ...[...aliases].flatMap(([id, extensions]) =>
      dialer.store.alias(id)?.phone_logins === extensions.join(',')
        ? []
        : [`alias ${id} lists ${dialer.store.alias(id)?.phone_logins}`],
    ),
    ...wrong,
    ...createdTwice(dialer),
  ];
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return [...a].sort().join() === [...b].sort().join();
}

/** A phone that was made is made again only after it was deleted. */
function createdTwice(dialer: Emulator): string[] {
  const there = new Set<string>();
  return dialer.journal.entries.flatMap((entry) => {
    const id = `${entry.sent('server_ip')}/${entry.sent('extension')}`;
    if (!entry.changed) return [];
    if (entry.sent('delete_phone') === 'Y') there.delete(id);
    if (entry.function !== 'add_phone') return [];
    const twice = there.has(id);
    there.add(id);
    return twice ? [`${id} was created twice`] : [];
  });
}

function leaks(output: string): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    output.includes(secret) ? [`the password of the ${name} was printed`] : [],
  );
}

/** Now and then a run with a wrong password: no call may go out after the first refusal. */
async function badLogin(
  dialer: Emulator,
  workspace: Workspace,
  seed: number,
  round: number,
  next: () => number,
): Promise<void> {
  if (next() >= 0.1) return;
  dialer.journal.clear();
  await workspace.run(['plan', '-input=false', '-no-color', '-lock=false'], { VICIDIAL_PASSWORD: 'wrong' });
  const calls = dialer.journal.entries.filter(({ function: name }) => name !== 'version').length;
  // A good login after it, so that rounds do not add up to a lock.
  await workspace.plan('-lock=false');
  if (calls > 2) throw new Error(`seed ${seed}, round ${round}: ${calls} calls with a wrong password`);
}
