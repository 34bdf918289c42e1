/** The guide on OpenTofu: its blocks are formatted and valid, and what it promises of them holds. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sync as findOnPath } from 'which';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { engineVersion, findOpenTofu } from '../../testing/engine';
import { phone, secrets, system, useTestbed, type Testbed } from './harness';

jest.setTimeout(300_000);

const guide = readFileSync(join(__dirname, '../../docs/guides/opentofu.md'), 'utf8');
const blocks = [...guide.matchAll(/^```hcl\n(.*?)^```$/gmsu)].map(([, block = '']) => block);
const [systems = '', slowEncryption = '', slowMigration = '', enabled = '', backend = ''] = blocks;
/** With the fewest iterations that OpenTofu accepts. */
const [encryption = '', migration = ''] = [slowEncryption, slowMigration].map((block) =>
  block.replace('key_provider "pbkdf2" "passphrase" {', '$&\n iterations = 200000'),
);

const tofu = findOpenTofu();
const missing = ((): string | undefined => {
  if (tofu === undefined) return 'there is no tofu on the PATH';
  const version = engineVersion(tofu);
  return Number(/v1\.(\d+)/u.exec(version)?.[1]) >= 11 ? undefined : `${version} is older than 1.11`;
})();

const passwords = `
variable "phone_pass" {
  type      = string
  sensitive = true
}

variable "registration_password" {
  type      = string
  sensitive = true
}
`;
const passphrase = 'statePassphrase6174';

/** Of both systems, so that each login is accepted by the other one. */
const apiPassword = 'bothSystems3321';

const options = {
  emulator: { data: { ...system, users: [...system.users, { user: 'terraform', password: apiPassword }] } },
  environment: () => ({
    TF_VAR_phone_pass: secrets.agent,
    TF_VAR_registration_password: secrets.device,
    TF_VAR_state_passphrase: passphrase,
  }),
};

const environment = process.env;
beforeAll(() => {
  process.env = { ...environment, ...(tofu === undefined ? {} : { PHONESTATE_ENGINE: tofu }) };
});
afterAll(() => {
  process.env = environment;
});

/** Writes blocks of the guide, in place of those before, and the phones of a JSON configuration. */
function write(bed: Testbed, hcl: string, phones: Parameters<Testbed['declare']>[0] = {}): void {
  bed.workspace.write('main.tf', hcl + (hcl.includes('var.phone_pass') ? passwords : ''));
  bed.declare(phones);
}

async function errorsOf({ workspace }: Testbed, args: readonly string[], variables = {}): Promise<string> {
  const { code, output } = await workspace.run([...args, '-input=false', '-no-color'], variables);
  expect(code).toBe(1);
  return output;
}

/** Where a text occurs in clear: the names of the files of the workspace. */
function filesWith({ workspace: { folder } }: Testbed, text: string): string[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ name }) => name).filter((name) => readFileSync(join(folder, name)).includes(text));
}

const suite = missing === undefined ? describe : describe.skip;

suite(`OpenTofu${missing === undefined ? '' : ` (${missing})`}`, () => {
  const bed = useTestbed(options);

  test('has guide blocks that are formatted and valid', async () => {
    expect(blocks).toHaveLength(5);
    for (const block of blocks) {
      write(bed, block);
      expect(await bed.workspace.run(['fmt', '-check', 'main.tf'])).toMatchObject({ code: 0 });
      await bed.workspace.expectSuccess(['validate'], { TF_VAR_site: 'east', TF_VAR_systems: '{}' });
    }
  });

  describe('with for_each on the provider', () => {
    let west: Emulator;
    beforeAll(async () => {
      west = await startEmulator({ data: { ...system, users: [{ user: 'terraform', password: apiPassword }] } });
    });
    afterAll(() => west.close());

    type Phones = Readonly<Record<string, string>>;

    function variables(entries: Readonly<Record<string, { readonly url: string; readonly phones: Phones }>>) {
      const all = Object.entries(entries).map(([name, entry]) => [name, { server_ip: '10.0.0.11', ...entry }]);
      return {
        TF_VAR_systems: JSON.stringify(Object.fromEntries(all)),
        TF_VAR_passwords: JSON.stringify({ east: apiPassword, west: apiPassword }),
      };
    }

    test('has the same phones on two systems, and never changes those of the other one', async () => {
      const { workspace, emulator } = bed;
      write(bed, systems);
      const east = { url: emulator.url, phones: { 55000: 'Front desk', 55001: 'Back office' } };
      const both = { east, west: { url: west.url, phones: { 55000: 'Front desk' } } };
      await workspace.expectApply([], variables(both));
      expect([emulator.store.phones, west.store.phones].map(({ length }) => length)).toEqual([2, 1]);
      expect(await workspace.plan([], variables(both))).toMatchObject({ code: 0 });
      for (const each of [emulator, west]) each.journal.clear();

      const swapped = { east: { ...east, url: west.url }, west: { ...both.west, url: emulator.url } };
      expect((await workspace.plan([], variables(swapped))).output).toContain('system-differs');
      const changed = { ...swapped, east: { ...swapped.east, phones: { 55000: 'Lobby' } } };
      expect(await errorsOf(bed, ['apply', '-auto-approve'], variables(changed))).toContain('system-mismatch');
      // A phone in state has no provider any more.
      expect(await errorsOf(bed, ['apply', '-auto-approve'], variables({ east }))).toContain(
        'Provider instance not present',
      );
      expect([...emulator.journal.writes, ...west.journal.writes]).toEqual([]);

      await workspace.expectApply([], variables({ ...both, west: { ...both.west, phones: {} } }));
      expect(emulator.journal.writes).toEqual([]);
      expect(west.store.phones).toEqual([]);
      await workspace.expectApply([], variables({ east }));
      expect(Object.keys(workspace.state())).toHaveLength(2);
    });
  });

  test('has no password in clear in state and plan files with encryption, also of a state that was in clear', async () => {
    const { workspace } = bed;
    write(bed, '', { a: phone('55000') });
    await workspace.expectApply();
    expect(filesWith(bed, secrets.agent)).toEqual(['main.tf.json', 'terraform.tfstate']);
    write(bed, encryption, { a: phone('55000') });
    expect(await errorsOf(bed, ['plan'])).toContain('unencrypted');

    write(bed, migration, { a: phone('55000') });
    await workspace.expectApply();
    expect(filesWith(bed, secrets.agent)).toEqual(['main.tf.json']);
    write(bed, encryption, { a: phone('55000'), b: phone('55001') });
    expect(await workspace.plan()).toMatchObject({ code: 2 });
    const { stdout } = await workspace.expectSuccess(['show', '-json', 'plan.out']);
    expect(stdout).toContain(secrets.agent);
    await workspace.expectSuccess(['apply', '-input=false', 'plan.out']);
    expect(await workspace.plan()).toMatchObject({ code: 0 });
    for (const secret of [secrets.agent, secrets.device]) expect(filesWith(bed, secret)).toEqual(['main.tf.json']);
    expect(await errorsOf(bed, ['plan'], { TF_VAR_state_passphrase: 'anotherPassphrase1' })).toContain('decryption');
  });

  test('deletes a phone with enabled = false as one that is removed, and gives its key to no other', async () => {
    const { workspace, emulator } = bed;
    write(
      bed,
      enabled
        .replace(/ {2}lifecycle \{.*?\n {2}\}\n/su, '')
        .replace('"front_desk" {\n  server', '"front_desk" {\n  count = 1\n  server'),
    );
    await workspace.expectApply();
    bed.writes();
    write(bed, enabled);
    const moved = await workspace.plan();
    expect(moved.output).toContain('0 to add, 0 to change, 0 to destroy');
    await workspace.expectApply();

    write(bed, enabled, { other: phone('55000') });
    const off = { TF_VAR_front_desk: 'false' };
    for (const adopt of ['false', 'true'])
      expect(await errorsOf(bed, ['plan'], { ...off, VICIDIAL_ADOPT_EXISTING: adopt })).toContain('phone-exists');
    write(bed, enabled);
    expect(await errorsOf(bed, ['plan'], { ...off, VICIDIAL_USER: 'nodelete' })).toMatch(/Code: .*delete/u);
    expect(bed.writes()).toEqual([]);
    await workspace.expectApply([], off);
    expect(emulator.store.phones).toEqual([]);
    await workspace.expectApply();
    expect(emulator.store.phones).toHaveLength(1);
  });

  test('neither reads, changes nor deletes an excluded phone, and gives its key and login to no other', async () => {
    const { workspace, emulator } = bed;
    write(bed, '', { a: phone('55000'), b: phone('55001') });
    await workspace.expectApply();
    bed.writes();
    const exclude = ['-exclude=vicidial_phone.a'];

    write(bed, '', { a: phone('55000', { phone_full_name: 'New' }), b: phone('55001', { phone_full_name: 'New' }) });
    await workspace.expectApply(exclude);
    expect(bed.writes()).toEqual([expect.stringContaining('extension=55001')]);

    write(bed, '', { b: phone('55001', { phone_full_name: 'New' }) });
    expect(await workspace.plan(exclude)).toMatchObject({ code: 0 });
    write(bed, '', { c: phone('55000'), b: phone('55001', { phone_full_name: 'New', phone_login: '55000' }) });
    const output = await errorsOf(bed, ['plan', ...exclude]);
    expect(output).toContain('phone-exists');
    expect(output).toContain('login-taken');

    // What adopts it is shown, and the next whole plan is refused.
    write(bed, '', { c: phone('55000'), b: phone('55001', { phone_full_name: 'New' }) });
    const adopt = { VICIDIAL_ADOPT_EXISTING: 'true' };
    expect((await workspace.expectApply(exclude, adopt)).output).toContain('An existing object will be adopted');
    expect(await errorsOf(bed, ['apply', '-auto-approve'], adopt)).toContain('stored-twice');
    expect(bed.writes().filter((line) => !line.startsWith('update_phone'))).toEqual([]);
    expect(emulator.store.phones).toHaveLength(2);
  });
});

suite(`OpenTofu, with init${missing === undefined ? '' : ` (${missing})`}`, () => {
  const bed = useTestbed({ ...options, provider: 'mirror' });

  test('chooses the backend by a variable, and a run with the state of another site creates nothing', async () => {
    const { workspace } = bed;
    const site = (name: string) => ({ TF_VAR_site: name });
    write(bed, backend, { a: phone('55000') });
    await workspace.expectSuccess(['init', '-input=false'], site('east'));
    await workspace.expectApply([], site('east'));
    expect(filesWith(bed, secrets.agent)).toContain('east.tfstate');
    bed.writes();
    expect(await errorsOf(bed, ['apply', '-auto-approve'], site('west'))).toContain('init');
    await workspace.expectSuccess(['init', '-input=false', '-reconfigure'], site('west'));
    expect(await errorsOf(bed, ['apply', '-auto-approve'], site('west'))).toContain('phone-exists');
    expect(bed.writes()).toEqual([]);
  });

  test('plans nothing for the state of Terraform, and Terraform nothing for its own', async () => {
    const { workspace } = bed;
    write(bed, '', { a: phone('55000') });
    await workspace.init();
    await workspace.expectApply();
    const file = join(workspace.folder, 'terraform.tfstate');
    const addresses = () => readFileSync(file, 'utf8').match(/registry\.[a-z]+\.\w+/gu);
    workspace.write('terraform.tfstate', readFileSync(file, 'utf8').replaceAll('opentofu.org', 'terraform.io'));
    expect(await workspace.plan()).toMatchObject({ code: 0 });
    await workspace.expectApply();
    write(bed, '', { a: phone('55000', { phone_full_name: 'New' }) });
    await workspace.expectApply();
    expect(addresses()).toEqual(['registry.opentofu.org']);

    const terraform = findOnPath('terraform', { nothrow: true });
    if (terraform === null) return;
    process.env.PHONESTATE_ENGINE = terraform;
    const registries = ['opentofu.org', 'terraform.io'].map((host) => `registry.${host}/phonestate/vicidial`);
    await workspace.expectSuccess(['state', 'replace-provider', '-auto-approve', ...registries]);
    await workspace.init();
    expect(await workspace.plan()).toMatchObject({ code: 0 });
    expect(addresses()).toEqual(['registry.terraform.io']);
    process.env.PHONESTATE_ENGINE = tofu;
  });
});
