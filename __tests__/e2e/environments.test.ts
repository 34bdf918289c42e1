import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { unzipSync } from 'fflate';
import { EnvironmentStack } from '../../src';
import { environmentOf } from '../environment/environment-of';
import { secrets, system, useTestbed } from './harness';

jest.setTimeout(300_000);

const bed = useTestbed({
  emulator: { data: { ...system, servers: [...system.servers, '10.0.0.13'] } },
  environment: () => ({ TF_VAR_phone_pass: secrets.agent, TF_VAR_registration_password: secrets.device }),
});

type Content = Parameters<typeof environmentOf>[0] & Readonly<Record<string, unknown>>;

const content: Content = {
  servers: { east: { ip: '10.0.0.11', suffix: 'a' }, west: { ip: '10.0.0.12', suffix: 'b' } },
  defaults: {
    ...{ protocol: 'SIP', local_gmt: '-5.00', outbound_cid: '7275551212', phone_full_name: 'Seat {extension}' },
    ...{ dialplan_number: '{extension}', voicemail_id: '{extension}' },
    phone_pass: { variable: 'phone_pass' },
    registration_password: { variable: 'registration_password' },
  },
  seats: [{ extensions: '2000-2001' }],
};

/** Makes an environment the whole configuration. */
function declare(changes: Content = {}): void {
  const outdir = mkdtempSync(join(tmpdir(), 'phonestate-synth-'));
  const app = new App({ outdir });
  new EnvironmentStack(app, 'lab', environmentOf({ ...content, ...changes }));
  app.synth();
  const stack = JSON.parse(readFileSync(join(outdir, 'stacks', 'lab', 'cdk.tf.json'), 'utf8')) as object;
  // The workspace has the version of the provider and its own state.
  bed.workspace.configure({ ...stack, terraform: undefined });
  rmSync(outdir, { recursive: true });
}

/** The files in a zip archive, one after another. */
function unzip(archive: Buffer): string {
  return Buffer.concat(Object.values(unzipSync(archive))).toString('latin1');
}

async function planned(): Promise<Record<string, readonly string[]>> {
  const changes = await bed.workspace.changes();
  return Object.fromEntries(changes.map(({ address, actions }) => [address, actions]));
}

describe('an environment, with the engine', () => {
  test('needs nothing but the VICIDIAL_* variables and the secrets of its phones, and is unchanged after an apply', async () => {
    // The variable of the password has no value, so the provider reads VICIDIAL_PASSWORD.
    declare({ provider: { password: { variable: 'vicidial_password' } } });
    await bed.workspace.expectApply();
    expect(bed.emulator.store.phones.map(({ phone_login }) => phone_login).sort()).toEqual([
      '2000a',
      '2000b',
      '2001a',
      '2001b',
    ]);
    expect(await bed.workspace.plan()).toMatchObject({ code: 0 });

    // A former password in the variable fails: it is the one that is used.
    const wrong = { TF_VAR_vicidial_password: 'wrongSecret1' };
    expect((await bed.workspace.plan([], wrong)).output).toContain('login');
  });

  test('has no secret of the provider in the plan file', async () => {
    declare({ provider: { password: { variable: 'vicidial_password' } } });
    const variable = { TF_VAR_vicidial_password: secrets.api, VICIDIAL_PASSWORD: '' };
    expect(await bed.workspace.plan([], variable)).toMatchObject({ code: 2 });
    const parts = unzip(readFileSync(join(bed.workspace.folder, 'plan.out')));
    // What a phone has is in it, so this is where the password would be.
    expect(parts).toContain(secrets.agent);
    expect(parts).not.toContain(secrets.api);
    await bed.workspace.expectSuccess(['apply', '-input=false', '-no-color', 'plan.out'], variable);
  });

  test('adopts the addresses of version 0.1 with moved_from, and imports with imports: all', async () => {
    // Names of servers that give the addresses of that version.
    const former = {
      servers: { '10_0_0_11': { ip: '10.0.0.11', suffix: 'a' }, '10_0_0_12': { ip: '10.0.0.12', suffix: 'b' } },
    };
    declare(former);
    await bed.workspace.expectApply();
    declare({ moved_from: 0.1 });
    expect((await bed.workspace.expectApply()).output).toContain('0 to add, 0 to change, 0 to destroy');
    declare();
    expect(await bed.workspace.plan()).toMatchObject({ code: 0 });

    rmSync(join(bed.workspace.folder, 'terraform.tfstate'));
    bed.writes();
    declare({ imports: 'all' });
    const { output } = await bed.workspace.expectApply();
    // The passwords of the four phones, which VICIdial has already: nothing is sent.
    expect(output).toContain('6 to import, 0 to add, 4 to change, 0 to destroy');
    expect(bed.writes()).toEqual([]);
    declare();
    expect(await bed.workspace.plan()).toMatchObject({ code: 0 });

    // One instance of a for_each is forgotten by a move to an address that is removed.
    declare({
      removed: ['vicidial_phone.phone-east-2001', 'vicidial_phone_alias.alias-2001'],
      seats: [{ extension: '2000' }],
      moved: [],
    });
    expect(await bed.workspace.plan()).toMatchObject({ code: 2 });
    expect(await planned()).toMatchObject({
      'vicidial_phone.phone-east-2001': ['forget'],
      'vicidial_phone.phone-west-2001': ['delete'],
    });
  });

  test('with imports of a phone that does not exist is an error that says so', async () => {
    declare({ imports: ['east/2001'] });
    const { code, output } = await bed.workspace.plan();
    expect(code).toBe(1);
    expect(output).toMatch(/10\.0\.0\.11\/2001/u);
    expect(output).toMatch(/does not exist|non-existent/u);
  });

  test('has a secret of its own for each phone, from a map; a phone without an entry has none', async () => {
    const passes = { TF_VAR_passes: JSON.stringify({ 2000: 'pass2000', 2001: 'pass2001' }) };
    const defaults = { ...content.defaults, phone_pass: { variable: 'passes', by: 'extension' as const } };
    declare({ defaults });
    await bed.workspace.expectApply([], passes);
    expect(bed.emulator.store.phones.map(({ phone_pass }) => phone_pass).sort()).toEqual([
      ...['pass2000', 'pass2000', 'pass2001', 'pass2001'],
    ]);
    // A secret that is not set any more leaves the state, and VICIdial keeps it.
    bed.writes();
    await bed.workspace.expectApply([], { TF_VAR_passes: '{"2000":"pass2000"}' });
    expect(bed.writes()).toEqual([]);
  });

  test('updates the phones of a server that was moved in place, although they are protected, and then plans nothing', async () => {
    const defaults = { ...content.defaults, protect: true };
    declare({ defaults });
    await bed.workspace.expectApply();
    for (const phone of bed.emulator.store.phones.filter(({ server_ip }) => server_ip === '10.0.0.12')) {
      bed.emulator.store.removePhone('10.0.0.12', phone.extension ?? '');
      bed.emulator.store.putPhone({ ...phone, server_ip: '10.0.0.13' });
    }
    const west = (server: object) => ({ defaults, servers: { ...content.servers, west: { suffix: 'b', ...server } } });
    declare(west({ ip: '10.0.0.13', was: '10.0.0.12' }));
    bed.writes();
    expect((await bed.workspace.expectApply()).output).toContain('0 to add, 2 to change, 0 to destroy');
    expect(bed.writes()).toEqual([]);
    declare(west({ ip: '10.0.0.13' }));
    expect(await bed.workspace.plan()).toMatchObject({ code: 0 });
    expect(
      Object.values(bed.workspace.state())
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...['10.0.0.11/2000', '10.0.0.11/2001', '10.0.0.13/2000', '10.0.0.13/2001', '2000', '2001']]);
  });
});
