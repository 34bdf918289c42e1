import { chmodSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { buildSync } from 'esbuild';
import { EnvironmentStack, Phone, PhoneAlias, PhoneGroup, VicidialProvider, type PhoneProps } from '../../src';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { providerFile } from '../../testing/provider-file';
import { Workspace } from '../../testing/workspace';
import { environmentOf } from '../environment/environment-of';

jest.setTimeout(300_000);

const examples = join(__dirname, '..', '..', 'examples');
const variables = { TF_VAR_phone_pass: 'agent55000', TF_VAR_registration_password: 'device55000' };

/** Phones that exist before a test. */
const existing = ['55001', '55002'].map((extension) => ({
  server_ip: '10.0.0.11',
  extension,
  phone_login: extension,
  phone_pass: `agent${extension}`,
}));

let emulator: Emulator;
let workspace: Workspace;

beforeEach(async () => {
  emulator = await startEmulator({
    data: { servers: ['10.0.0.11'], users: [{ user: 'planner', password: 'apiPassword1' }], phones: existing },
  });
  workspace = await Workspace.create({
    environment: {
      VICIDIAL_URL: emulator.url,
      VICIDIAL_USER: 'planner',
      VICIDIAL_PASSWORD: 'apiPassword1',
      ...variables,
    },
    provider: 'mirror',
  });
});
afterEach(async () => {
  workspace.remove();
  await emulator.close();
});

/** Makes this the whole configuration; it has the version of the provider itself. */
async function configure(file: string, text: string): Promise<void> {
  workspace.write('versions.tf', '');
  workspace.write(file, text);
  await workspace.init();
}

/** A stack with the provider; cdktf writes the provider's version itself. */
function newStack(build: (stack: TerraformStack) => void, hclOutput = false): TerraformStack {
  const stack = new TerraformStack(new App({ outdir: '/nowhere', hclOutput }), 'test');
  new VicidialProvider(stack, 'vicidial');
  build(stack);
  return stack;
}

function desk(stack: TerraformStack): PhoneProps {
  const variable = (name: string) =>
    new TerraformVariable(stack, name, { type: 'string', sensitive: true }).stringValue;
  return {
    serverIp: '10.0.0.11',
    extension: '55000',
    dialplanNumber: '55000',
    voicemailId: '55000',
    phoneLogin: '55000',
    phonePass: variable('phone_pass'),
    registrationPassword: variable('registration_password'),
    protocol: 'SIP',
    phoneFullName: 'Front desk',
    localGmt: '-5.00',
    outboundCid: '7275551212',
    phoneRingTimeout: 45,
  };
}

describe('a stack, with the engine', () => {
  test('written as HCL, plans what was declared', async () => {
    const stack = newStack((scope) => {
      const phone = new Phone(scope, 'desk', desk(scope));
      new PhoneAlias(scope, 'desks', {
        aliasId: 'desks',
        aliasName: 'All desks',
        phoneLogins: [phone.phoneLogin, '55001'],
      });
    }, true);
    // Its declared type is any; it is the stack as HCL.
    await configure('main.tf', Testing.synthHcl(stack, true) as string);
    const plan = await workspace.plan();
    expect(plan).toMatchObject({ code: 2 });
    const changes = await workspace.changes();
    expect(changes.map(({ address, actions }) => [address, actions])).toEqual([
      ['vicidial_phone.desk', ['create']],
      ['vicidial_phone_alias.desks', ['create']],
    ]);
    expect(changes[0]?.after).toMatchObject({ extension: '55000', phone_ring_timeout: 45, phone_pass: 'agent55000' });
    expect(changes[1]?.after).toMatchObject({ phone_logins: ['55000', '55001'] });
  });

  test('has names that the engine accepts for all phones of an environment', async () => {
    const keys = [
      ['east', 'büro'],
      ['east', 'bäro'],
      ['east-1', '55000'],
      ['süd', '55000'],
    ] as const;
    const stack = new EnvironmentStack(
      new App({ outdir: '/nowhere' }),
      'test',
      environmentOf({
        servers: Object.fromEntries(keys.map(([server], index) => [server, `10.0.0.${index + 11}`])),
        provider: { url: emulator.url, user: { variable: 'api_user' }, password: { variable: 'api_password' } },
        phones: keys.map(([server, extension], index) => ({ server, extension, phone_login: `desk${index}` })),
        aliases: ['büro', 'bäro'].map((alias_id) => ({ alias_id, alias_name: 'Desks', phone_logins: ['desk0'] })),
      }),
    );
    for (const provider of stack.allProviders()) provider.addOverride('non_latin', true);
    await configure('main.tf.json', Testing.synth(stack, true));
    await workspace.expectSuccess(['validate', '-no-color']);
    expect(
      readFileSync(join(workspace.folder, 'main.tf.json'), 'utf8').match(/"(?:extension|alias_id)":/gu),
    ).toHaveLength(6);
  });

  test('imports by importFrom, and by generateConfigForImport with a generated configuration', async () => {
    const stack = newStack((scope) => {
      new Phone(scope, 'desk', { serverIp: '10.0.0.11', extension: '55001' }).importFrom('10.0.0.11/55001');
      Phone.generateConfigForImport(scope, 'found', '10.0.0.11/55002');
    });
    await configure('main.tf.json', Testing.synth(stack, true));
    const plan = await workspace.run(['plan', '-input=false', '-no-color', '-generate-config-out=generated.tf']);
    expect(plan.output).toContain('2 to import, 0 to add, 0 to change, 0 to destroy');
    expect(readFileSync(join(workspace.folder, 'generated.tf'), 'utf8')).toMatch(
      /resource "vicidial_phone" "found" \{[^}]*extension += "55002"/u,
    );
    await workspace.expectApply();
    expect(Object.entries(workspace.state()).map(([address, { id }]) => [address, id])).toEqual([
      ['vicidial_phone.desk', '10.0.0.11/55001'],
      ['vicidial_phone.found', '10.0.0.11/55002'],
    ]);
    expect(emulator.journal.writes).toEqual([]);
  });
});

describe('PhoneGroup.ready, with the engine', () => {
  /** Adds null-provider.ts to the providers of the workspace: the real one is in a registry, which tests do not need. */
  function overrideProviders(): void {
    const program = join(workspace.folder, 'terraform-provider-null');
    buildSync({
      entryPoints: [join(__dirname, 'null-provider.ts')],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: program,
      banner: { js: '#!/usr/bin/env node' },
    });
    chmodSync(program, 0o755);
    const overrides = { 'hashicorp/null': workspace.folder, 'phonestate/vicidial': dirname(providerFile) };
    const lines = Object.entries(overrides).map(([address, folder]) => `"${address}" = "${folder}"`);
    workspace.write(
      'terraform.rc',
      `provider_installation {\n dev_overrides {\n${lines.join('\n')}\n}\n direct {}\n}\n`,
    );
  }

  test('what depends on it is created after every phone of the group', async () => {
    const stack = newStack((scope) => {
      const { serverIp, extension, ...props } = desk(scope);
      const keys = (number: string) => ({ dialplanNumber: number, voicemailId: number, phoneLogin: number });
      const group = new PhoneGroup(scope, 'sales', {
        serverIp,
        defaults: props,
        phones: { '55003': keys('55003'), '55004': keys('55004') },
      });
      new Phone(scope, 'last', { serverIp, extension, ...props, dependsOn: [group.ready] });
    });
    overrideProviders();
    workspace.write('versions.tf', '');
    workspace.write('main.tf.json', Testing.synth(stack, true));
    await workspace.expectApply();
    const created = emulator.journal.writes.map(String).filter((line) => line.startsWith('add_phone '));
    expect(created).toHaveLength(3);
    expect(created[2]).toContain('extension=55000');
  });
});

/* That they are valid is in __tests__/e2e/documented-configurations.test.ts. */
describe('the example', () => {
  const read = (...path: string[]) => readFileSync(join(examples, ...path), 'utf8');

  test.each([
    ['vicidial_phone', '10.0.0.11/55000'],
    ['vicidial_phone_alias', 'desks'],
  ])('of %s can be applied, and is imported by its import.sh', async (type, id) => {
    workspace.write('main.tf', read('resources', type, 'resource.tf'));
    await workspace.init();
    await workspace.expectApply();
    const [[address, { id: created }] = ['', {}]] = Object.entries(workspace.state());
    expect(created).toBe(id);

    await workspace.expectSuccess(['state', 'rm', address]);
    const [, ...words] = /^terraform (.+)$/mu.exec(read('resources', type, 'import.sh')) ?? [];
    const [command = '', ...imported] = words.join().split(' ');
    await workspace.expectSuccess([command, '-input=false', '-no-color', ...imported]);
    expect(workspace.state()[address]).toMatchObject({ id });
  });
});
