import { fleet, phone, secrets, useTestbed } from './harness';

jest.setTimeout(300_000);

/** For each field a value that no server stores unchanged, and the code of its error. */
const wrong: readonly (readonly [string, unknown, string])[] = [
  ['extension', 'desk 1', 'value-characters'],
  ['server_ip', '10.0.0.11.12.13.14', 'value-length'],
  ['local_gmt', '-5', 'value-choice'],
  ['email', 'front+desk@example.com', 'value-email'],
  ['phone_context', 'from internal', 'value-characters'],
  ['phone_full_name', 'Käthe', 'value-characters'],
  ['registration_password', 'p@ssw0rd!', 'value-characters'],
  ['protocol', 'PJSIP', 'value-choice'],
  ['phone_pass', 'p@ssw0rd!', 'value-characters'],
  ['phone_login', 'a-login-of-seventeen', 'value-length'],
  ['voicemail_id', '12345678901', 'value-length'],
  ['dialplan_number', '5', 'value-length'],
  ['active', 'yes', 'value-choice'],
  ['outbound_cid', '+17275551212', 'value-characters'],
  ['admin_user_group', '--BLANK--', 'value-reserved'],
  ['outbound_alt_cid', '', 'value-empty'],
  ['phone_ring_timeout', 181, 'value-range'],
  ['delete_vm_after_email', 'y', 'value-choice'],
  ['is_webphone', 'maybe', 'value-choice'],
  ['webphone_auto_answer', 'n', 'value-choice'],
  ['use_external_server_ip', 'true', 'value-choice'],
  ['on_hook_agent', '1', 'value-choice'],
  ['template_id', 'x', 'value-length'],
];

const testbed = useTestbed();

test('an invalid value of each field is an error of the plan on its attribute, and no call is made', async () => {
  // While it is not known, letters of other scripts are not refused before the plan.
  testbed.workspace.setVariable('VICIDIAL_NON_LATIN', 'false');
  testbed.declare(
    Object.fromEntries(
      wrong.map(([field, value], index) => [field, phone(String(55_000 + index), { [field]: value })]),
    ),
  );
  const { diagnostics, code } = await planAsJson();
  expect(code).toBe(1);
  // Neither points at the line of a password, which the engine would print.
  const isSecret = (field: string) => ['phone_pass', 'registration_password'].includes(field);
  expect(
    diagnostics
      .flatMap(({ address, snippet, detail }) =>
        address ? [[address, snippet?.code.split('"')[1], /Code: (\S+)/u.exec(detail)?.[1]]] : [],
      )
      .sort(),
  ).toEqual(
    wrong.map(([field, , code]) => [`vicidial_phone.${field}`, isSecret(field) ? undefined : field, code]).sort(),
  );
  expect(testbed.emulator.journal.entries).toEqual([]);
  expect(JSON.stringify(diagnostics)).not.toContain('p@ssw0rd!');
});

test('one error of the plan names the arguments that add_phone requires and the configuration lacks', async () => {
  const { server_ip, extension, ...lacking } = phone('55000');
  testbed.declare({ desk: { server_ip, extension } });
  const plan = await testbed.workspace.plan();
  expect(plan.code).toBe(1);
  const [[, names = ''] = [], ...others] = plan.output.matchAll(/([\w,\s]+)\sare\snot\sset/gu);
  expect(others).toEqual([]);
  expect(names.match(/\w+/gu)?.sort()).toEqual(Object.keys(lacking).sort());
  expect(Object.keys(lacking)).toHaveLength(9);
});

test.each([
  ['url', 'ftp://server', 'url is not valid'],
  ['delete_permission_check', 'maybe', 'auto, canary, warn, deny'],
])('an invalid provider argument is an error on that argument: %s', async (name, value, text) => {
  testbed.workspace.configure({
    provider: { vicidial: { password: 'p@ssw0rd!', [name]: value } },
    resource: { vicidial_phone: { desk: phone('55000') } },
  });
  const plan = await testbed.workspace.plan();
  expect(plan.code).toBe(1);
  expect(plan.output.replace(/\s+/gu, ' ')).toContain(text);
  expect(plan.output).toContain(`"${name}": "${value}"`);
  expect(plan.output).not.toContain('p@ssw0rd!');
});

test('what only a write finds out is an error of the apply, on the attribute it is about', async () => {
  // No read-only call reaches the check of the template.
  testbed.declare({ desk: phone('55000', { template_id: 'no_such' }) });
  const run = await testbed.workspace.apply();
  expect(run.code).toBe(1);
  expect(run.output).toContain('No such configuration template');
  expect(run.output).toMatch(/"template_id": "no_such"/u);
  expect(testbed.workspace.state()).toEqual({});
});

test('with a wrong password at most two calls log in and the lock-out is explained once, however many phones there are', async () => {
  testbed.declare(fleet(10));
  await testbed.workspace.expectApply();
  testbed.emulator.journal.clear();
  testbed.declare(fleet(50));
  const { code, output } = await testbed.workspace.plan(['-parallelism=50'], { VICIDIAL_PASSWORD: `${secrets.api}x` });
  expect(code).toBe(1);
  expect(output).toContain('login-incorrect');
  expect(output.split('Ten failed logins lock')).toHaveLength(2);
  const logins = testbed.emulator.journal.entries.filter(({ function: name }) => name !== 'version');
  expect(logins.length).toBeLessThanOrEqual(2);
});

interface Diagnostic {
  readonly detail: string;
  readonly address?: string;
  readonly snippet?: { readonly code: string };
}

/** The errors and warnings of a plan, as the engine prints them for programs: one JSON object on a line. */
async function planAsJson(): Promise<{
  readonly code: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}> {
  const { code, stdout } = await testbed.workspace.run(['plan', '-input=false', '-json']);
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  return {
    code,
    diagnostics: lines.flatMap((line) => (JSON.parse(line) as { readonly diagnostic?: Diagnostic }).diagnostic ?? []),
  };
}
