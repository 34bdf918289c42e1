import { phone, secrets, useStage } from './harness';

jest.setTimeout(300_000);

/** A value for each field that no server stores, and the code of what is said about it. */
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

describe('values that would not survive the server', () => {
  const stage = useStage();

  test('a wrong value of each field is an error of the plan, on its attribute, and no call is made', async () => {
    stage.declare(
      Object.fromEntries(
        wrong.map(([field, value], index) => [field, phone(String(55_000 + index), { [field]: value })]),
      ),
    );
    const { stdout, code } = await planAsJson();
    expect(code).toBe(1);
    const said = stdout
      .filter(({ address }) => address !== undefined)
      .map(({ address, snippet, detail }) => [address, snippet.split('"')[1], /Code: (\S+)/u.exec(detail)?.[1]]);
    expect(said.sort()).toEqual(wrong.map(([field, , failure]) => [`vicidial_phone.${field}`, field, failure]).sort());
    expect(stage.dialer.journal.entries).toEqual([]);
    // Terraform itself shows the line of the configuration, where the literal stands; what the provider says does not.
    expect(stdout.map(({ detail }) => detail).join()).not.toContain('p@ssw0rd!');
  });

  test('each argument that a creation lacks is an error of the plan', async () => {
    stage.declare({ desk: { server_ip: '10.0.0.11', extension: '55000' } });
    const plan = await stage.workspace.plan();
    expect(plan.code).toBe(1);
    for (const field of ['phone_login', 'phone_pass', 'outbound_cid'])
      expect(plan.output).toContain(`${field} is not declared`);
  });

  test('a provider argument that cannot work is an error on that argument', async () => {
    stage.workspace.configure({
      provider: { vicidial: { url: 'ftp://dialer', password: 'p@ssw0rd!' } },
      resource: { vicidial_phone: { desk: phone('55000') } },
    });
    const plan = await stage.workspace.plan();
    expect(plan.code).toBe(1);
    expect(plan.output).toContain('url cannot be used');
    expect(plan.output).not.toContain('p@ssw0rd!');
  });

  test('a refusal of the server is an error on the attribute it is about', async () => {
    // The template is what no harmless call reaches.
    stage.declare({ desk: phone('55000', { template_id: 'no_such' }) });
    const run = await stage.workspace.apply();
    expect(run.code).toBe(1);
    expect(run.output).toContain('No such configuration template');
    expect(run.output).toMatch(/"template_id": "no_such"/u);
    expect(stage.workspace.state()).toEqual({});
  });

  test('a phone that exists already is not adopted: the error shows how to import it', async () => {
    stage.declare({ desk: phone('55000') });
    await stage.workspace.expectApply();
    await stage.workspace.expectSuccess(['state', 'rm', 'vicidial_phone.desk']);
    const run = await stage.workspace.apply();
    expect(run.code).toBe(1);
    expect(run.output.replace(/\s+/gu, ' ')).toContain('terraform import vicidial_phone.NAME 10.0.0.11/55000');
  });

  test('with a wrong password at most two logins are tried, whatever the number of phones', async () => {
    stage.declare(
      Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`p${index}`, phone(String(55_000 + index))])),
    );
    await stage.workspace.expectApply();
    stage.dialer.journal.clear();
    const plan = await stage.workspace.run(['plan', '-input=false', '-no-color', '-parallelism=30'], {
      VICIDIAL_PASSWORD: `${secrets.api}x`,
    });
    expect(plan.code).toBe(1);
    expect(plan.output).toContain('login-incorrect');
    expect(stage.dialer.journal.entries.length).toBeLessThanOrEqual(2);
  });

  interface Said {
    readonly address?: string;
    readonly snippet: string;
    readonly detail: string;
  }

  async function planAsJson(): Promise<{ readonly code: number; readonly stdout: readonly Said[] }> {
    const { code, output } = await stage.workspace.run(['plan', '-input=false', '-json']);
    const lines = output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as PlanLine);
    const stdout = lines.flatMap(({ diagnostic }) =>
      diagnostic
        ? [
            {
              detail: diagnostic.detail,
              snippet: diagnostic.snippet?.code ?? '',
              ...(diagnostic.address ? { address: diagnostic.address } : {}),
            },
          ]
        : [],
    );
    return { code, stdout };
  }

  interface PlanLine {
    readonly diagnostic?: {
      readonly detail: string;
      readonly address?: string;
      readonly snippet?: { readonly code: string };
    };
  }
});
