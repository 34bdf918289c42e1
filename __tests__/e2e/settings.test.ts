/** What the engine itself does with wrong settings, secrets in the configuration, mocks, and warnings about many objects. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fleet, phone, useTestbed, type Fields } from './harness';
import { unwrap } from './reading-bed';

jest.setTimeout(300_000);

/** What the engine adds to an error of a provider without a block. */
const blockRequired = 'requires explicit configuration';

const testbed = useTestbed({ environment: () => ({ VICIDIAL_READ_FROM: 'admin' }) });

test('what is wrong with the environment is said without the demand for a provider block', async () => {
  const { workspace } = testbed;
  const wrong = { VICIDIAL_URL: `${testbed.emulator.url}\n`, VICIDIAL_VERIFY_WRITES: 'yes' };
  for (const provider of [{}, { provider: { vicidial: {} } }]) {
    workspace.configure({ ...provider, resource: { vicidial_phone: fleet(3) } });
    const { code, output } = await workspace.plan([], wrong);
    expect(code).toBe(1);
    expect(output).not.toContain(blockRequired);
    expect(unwrap(output)).toMatch(/url is not valid.*ends with a line break.*VICIDIAL_URL/u);
    expect(output.match(/VICIDIAL_VERIFY_WRITES/gu)).toHaveLength(1);
  }
  // These plan nothing before they configure the provider.
  workspace.configure({ resource: { vicidial_phone: { desk: phone('55000') } } });
  const plan = await workspace.plan();
  expect(plan.code).toBe(2);
  for (const args of [
    ['apply', '-input=false', '-no-color', 'plan.out'],
    ['import', '-input=false', '-no-color', 'vicidial_phone.desk', '10.0.0.11/55000'],
  ]) {
    const { code, output } = await workspace.run(args, wrong);
    expect(code).toBe(1);
    expect(output).not.toContain(blockRequired);
    expect(unwrap(output)).toMatch(/url is not valid.*VICIDIAL_URL.*VICIDIAL_VERIFY_WRITES/u);
  }
  expect(testbed.writes()).toEqual([]);
});

test('literal secrets are in no output, where the provider block or a resource is refused', async () => {
  const { workspace } = testbed;
  rmSync(join(workspace.folder, 'main.tf.json'), { force: true });
  const secrets = ['urlSecret1', 'apiSecret2', 'dbSecret3', 'agentSecret4', 'deviceSecret5'];
  const desk = `resource "vicidial_phone" "desk" {
  server_ip             = "10.0.0.11"
  extension             = "55000"
  phone_pass            = "agentSecret4 "
  registration_password = "deviceSecret5\\n"
}
`;
  const block = `provider "vicidial" {
  url          = "https://planner:urlSecret1@vicidial.example.com/"
  password     = "apiSecret2\\n"
  database_url = "mysql://reader:dbSecret3@db.example.com"
}
`;
  for (const configuration of [`${block}${desk}`, `provider "vicidial" { password = "apiSecret2!" }\n${desk}`, desk]) {
    workspace.write('main.tf', configuration);
    for (const args of [
      ['validate', '-json'],
      ['plan', '-no-color'],
    ]) {
      const { code, output } = await workspace.run(args);
      expect(code).toBe(1);
      expect(output).toMatch(/provider-argument|value-characters/u);
      expect(secrets.filter((secret) => output.includes(secret))).toEqual([]);
    }
  }
});

test('resources are validated in a test with a mock, whatever the provider block of the configuration sets', async () => {
  const { workspace } = testbed;
  const silent = Object.fromEntries(['URL', 'USER', 'PASSWORD', 'READ_FROM'].map((name) => [`VICIDIAL_${name}`, '']));
  workspace.configure({
    provider: { vicidial: { url: 'https://vicidial.example.com/', non_latin: true } },
    resource: { vicidial_phone: { desk: phone('55000', { phone_full_name: 'Käthe' }) } },
  });
  workspace.write(
    'desk.tftest.hcl',
    `mock_provider "vicidial" {}

run "desk" {
  assert {
    condition     = vicidial_phone.desk.phone_full_name == "Käthe"
    error_message = "another name"
  }
}

run "other_desk" {
  command = plan

  override_resource {
    target = vicidial_phone.desk
    values = { system = "mocked" }
  }
}
`,
  );
  const { code, output } = await workspace.run(['test', '-no-color'], silent);
  expect(output).toContain('2 passed, 0 failed');
  expect(code).toBe(0);
});

test('taking an argument out of 50 phones plans nothing, and what many phones would lose is said of each', async () => {
  const { workspace } = testbed;
  const phones = fleet(50);
  const changed = (names: readonly string[], change: (name: string) => Fields) =>
    Object.fromEntries(names.map((name): [string, Fields] => [name, { ...phones[name], ...change(name) }]));
  testbed.store(changed(Object.keys(phones), (name) => ({ email: `${name}@example.com` })));
  testbed.declare(phones);
  const { code, output } = await workspace.plan();
  expect(output).toContain('No changes.');
  expect(code).toBe(0);
  expect(output).not.toContain('Code: ');

  const moved = ['p55000', 'p55001', 'p55002'];
  testbed.declare({ ...phones, ...changed(moved, (name) => ({ extension: `9${name.slice(1)}` })) });
  const replacing = await workspace.plan();
  expect(replacing.code).toBe(2);
  const text = unwrap(replacing.output);
  for (const name of moved) {
    expect(text).toMatch(new RegExp(`Warning: [^:]+: vicidial_phone 10.0.0.11/${name.slice(1)} `, 'u'));
  }
  expect(text.match(/does not set email/gu)).toHaveLength(moved.length);
});
