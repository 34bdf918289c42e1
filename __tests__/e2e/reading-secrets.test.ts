import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { phone, secrets, type Fields } from './harness';
import { describeReaders, putByHand } from './reading-bed';

jest.setTimeout(300_000);

/** Passwords that are on the server, and in no configuration. */
const canary = { phone_pass: 'canaryAgent3391', registration_password: 'canaryDevice7714' };
const declared = { phone_pass: secrets.agent, registration_password: secrets.device };
const key = (extension: string) => ({ server_ip: '10.0.0.11', extension });
/** It lists phones of different passwords, which is a warning. */
const aliases = { desks: { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000', '55001', '55002'] } };

describeReaders(['admin', 'database'], (testbed, reader) => {
  /** All that was printed, at the highest level of the log. */
  let printed: string[];
  beforeEach(() => (printed = []));

  async function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const flags = ['-input=false', '-no-color'];
    const { code, output } = await testbed.workspace.run([...args, ...flags], { TF_LOG: 'trace', ...environment });
    printed.push(output);
    return code;
  }
  const apply = () => run(['apply', '-auto-approve']);
  const stateText = () => readFileSync(join(testbed.workspace.folder, 'terraform.tfstate'), 'utf8');

  function expectNoSecret(texts: readonly string[], words: readonly string[]) {
    const found = words.filter((word) => texts.some((text) => text.includes(word)));
    expect(found).toEqual([]);
  }
  const canaries = Object.values(canary);
  const everySecret = () => [
    ...canaries,
    ...Object.values(secrets),
    ...(reader.name === 'database' ? [new URL(reader.databaseUrl).password] : []),
  ];

  test('the passwords of phones that are imported, or not managed at all, are in no output, log, plan or state', async () => {
    const { workspace } = testbed;
    for (const extension of ['55000', '55001', '55002']) {
      putByHand(testbed, extension, {
        phone_login: extension,
        ...canary,
        phone_pass: `${canary.phone_pass}${extension}`,
      });
    }
    const imports = ['55001', '55002'].map((each) => ({ to: `vicidial_phone.p${each}`, id: `10.0.0.11/${each}` }));
    const resource = {
      vicidial_phone: { p55001: { ...key('55001'), email: 'desk@example.com' } },
      vicidial_phone_alias: aliases,
    };
    workspace.configure({ import: imports, resource });
    expect(await run(['plan', '-out=plan.out', '-generate-config-out=generated.tf'])).toBe(0);
    const plan = await workspace.expectSuccess(['show', '-json', 'plan.out']);
    expect(await apply()).toBe(0);
    expect(await run(['plan', '-detailed-exitcode'])).toBe(0);

    if (reader.name === 'database') expect(printed.join('\n')).toContain('Code: alias-passwords-differ');
    const generated = readFileSync(join(workspace.folder, 'generated.tf'), 'utf8');
    expectNoSecret([...printed, plan.stdout, generated, stateText()], canaries);
    expectNoSecret(printed, everySecret());
  });

  test('neither are those that were changed by hand, or are not declared any more', async () => {
    const { workspace } = testbed;
    const phones: Record<string, Fields> = { p55000: phone('55000'), p55001: phone('55001') };
    testbed.store(phones);
    putByHand(testbed, '55000', canary);
    testbed.declare({ ...phones, p55001: key('55001') });
    expect(await run(['plan', '-detailed-exitcode'])).toBe(2);
    expect(await apply()).toBe(0);
    expect(testbed.writes()).toEqual([
      'update_phone extension=55000 server_ip=10.0.0.11 registration_password=*** phone_pass=***',
    ]);
    expect(workspace.state()['vicidial_phone.p55001']).toMatchObject({ phone_pass: null, registration_password: null });

    putByHand(testbed, '55001', canary);
    expect(await run(['apply', '-auto-approve', '-refresh-only'])).toBe(0);
    expect(await run(['plan', '-detailed-exitcode'])).toBe(0);
    expect(workspace.state()['vicidial_phone.p55000']).toMatchObject(declared);
    expectNoSecret([...printed, stateText()], canaries);
    expectNoSecret(printed, everySecret());
  });

  test('neither are those of runs that fail', async () => {
    const phones = { p55000: phone('55000') };
    testbed.store(phones);
    putByHand(testbed, '55001', canary);
    testbed.declare(phones);
    expect(
      await run(['plan', '-detailed-exitcode'], { VICIDIAL_READ_FROM: 'admin', VICIDIAL_PASSWORD: `${secrets.api}x` }),
    ).toBe(1);
    if (reader.name === 'database') {
      const url = new URL(reader.databaseUrl);
      url.password += 'x';
      expect(await run(['plan', '-detailed-exitcode'], { VICIDIAL_DATABASE_URL: url.href })).toBe(1);
    }
    for (const kind of ['cut-page', 'other-application'] as const) {
      testbed.emulator.faults.add({ kind, page: true });
      expect(await run(['plan', '-detailed-exitcode'], { VICIDIAL_READ_FROM: 'admin' })).toBe(1);
      testbed.emulator.faults.clear();
    }
    testbed.emulator.faults.add({ kind: 'error-before', function: 'update_phone' });
    testbed.declare({ p55000: phone('55000', canary) });
    expect(await apply()).toBe(1);
    expectNoSecret(printed, everySecret());
  });
});
