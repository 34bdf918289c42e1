/** Two applies at once of one state: the backend lets one of them wait, or refuses it, and nothing is lost. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Run } from '../../testing/engine';
import { Postgres, postgresMissing } from '../../testing/postgres';
import { StateServer } from '../../testing/state-server';
import { Workspace } from '../../testing/workspace';
import { fleet, phone, secrets, useTestbed, type Fields } from './harness';

jest.setTimeout(300_000);

/** Phones of one configuration, and of a later one with more. */
const [former, later] = [fleet(3), { ...fleet(3), added: phone('55100') }];
const lockIsHeld = /Error acquiring the state lock/u;

interface Backend {
  /** The block `backend` of a state. */
  readonly block: Fields;
  readonly environment: Readonly<Record<string, string>>;
}

const bed = useTestbed();

/** What `init` leaves about the backend. */
const initialised = join('.terraform', 'terraform.tfstate');

/** A checkout of the configuration, as a job of a pipeline has it. */
async function checkout({ block, environment }: Backend, phones: Fields, other?: Workspace): Promise<Workspace> {
  const workspace = await Workspace.create({
    // Without `init`, which is slow, an engine finds the provider by an override only.
    provider: other ? 'override' : 'mirror',
    environment: {
      VICIDIAL_URL: bed.emulator.url,
      VICIDIAL_USER: 'planner',
      VICIDIAL_PASSWORD: secrets.api,
      ...environment,
    },
  });
  workspace.configure({ terraform: { backend: block }, resource: { vicidial_phone: phones } });
  if (!other) await workspace.init();
  else cpSync(join(other.folder, initialised), join(workspace.folder, initialised));
  return workspace;
}

/** Makes two applies while another one has the lock: one that does not wait, and one of a later configuration that does. */
async function applyAtOnce(backend: Backend): Promise<void> {
  const first = await checkout(backend, former);
  const refused = await checkout(backend, later, first);
  const waiting = await checkout(backend, later, first);
  const { emulator } = bed;
  const asked = jest.spyOn(emulator.faults, 'faultFor');
  try {
    emulator.faults.add({ kind: 'delay', milliseconds: 1_000, function: 'add_phone', writing: true });
    const running = first.startApply();
    let ended: Run | undefined;
    void running.ended.then((run) => (ended = run));
    const isWriting = () => asked.mock.calls.some(([call]) => call.function === 'add_phone' && call.writing);
    while (!isWriting() && !ended) await pause(10);
    expect(ended).toBeUndefined();
    // It stays in the middle of its work until the others have found the lock.
    running.signal('SIGSTOP', 'group');
    const waits = waiting.apply(['-lock-timeout=60s']);
    const { code, output } = await refused.apply().finally(() => running.signal('SIGCONT', 'group'));
    expect(output).toMatch(lockIsHeld);
    expect(code).toBe(1);

    const [one, two] = await Promise.all([running.ended, waits]);
    expect(summary(one)).toBe('3 added, 0 changed, 0 destroyed');
    // It was planned after the first one had ended, so it creates nothing twice, and deletes nothing.
    expect(summary(two)).toBe('1 added, 0 changed, 0 destroyed');
    const extensions = ['55000', '55001', '55002', '55100'];
    expect(emulator.store.phones.map(({ extension }) => extension).sort()).toEqual(extensions);
    const { stdout } = await refused.expectSuccess(['state', 'pull']);
    // The form of a state is that of every version of both engines.
    const { resources } = JSON.parse(stdout) as { readonly resources: readonly StoredResource[] };
    const stored = resources.flatMap(({ instances }) => instances.map(({ attributes: { extension } }) => extension));
    expect(stored.sort()).toEqual(extensions);
  } finally {
    jest.restoreAllMocks();
    for (const workspace of [first, refused, waiting]) workspace.remove();
  }
}

interface StoredResource {
  readonly instances: readonly { readonly attributes: { readonly extension: string } }[];
}

function summary({ output }: Run): string {
  return /Apply complete! Resources: (.*)\./u.exec(output)?.[1] ?? output;
}

test('on an HTTP backend', async () => {
  const state = await StateServer.start();
  try {
    const address = state.url('production');
    const http = { address, lock_address: address, unlock_address: address };
    await applyAtOnce({ block: { http }, environment: {} });
    expect(state.refusedLocks).toBeGreaterThanOrEqual(2);
  } finally {
    await state.close();
  }
});

const withPostgres = postgresMissing === undefined ? test : test.skip;
withPostgres(`on PostgreSQL${postgresMissing === undefined ? '' : ` (skipped: ${postgresMissing})`}`, async () => {
  const postgres = await Postgres.start();
  try {
    await applyAtOnce({ block: { pg: {} }, environment: { PG_CONN_STR: postgres.url } });
  } finally {
    await postgres.stop();
  }
});
