import { phone, secrets, useStage } from './harness';

jest.setTimeout(300_000);

describe('aliases', () => {
  const stage = useStage();
  const desks = (fields: Record<string, unknown> = {}) => ({
    desks: {
      alias_id: 'desks',
      alias_name: 'Desks',
      phone_logins: ['${vicidial_phone.a.phone_login}', '${vicidial_phone.b.phone_login}'],
      ...fields,
    },
  });

  test('are created after their phones, changed by field, kept in order and deleted', async () => {
    const phones = { a: phone('55000'), b: phone('55001') };
    stage.declare(phones, desks());
    await stage.workspace.expectApply();
    expect(stage.writes().at(-1)).toBe('add_phone_alias alias_id=desks alias_name=Desks phone_logins=55000,55001');
    expect((await stage.workspace.plan()).code).toBe(0);

    stage.declare(phones, desks({ phone_logins: ['55001', '55000'] }));
    await stage.workspace.expectApply();
    expect(stage.writes()).toEqual(['update_phone_alias alias_id=desks phone_logins=55001,55000']);

    stage.declare(phones);
    await stage.workspace.expectApply();
    expect(stage.writes()).toEqual(['update_phone_alias alias_id=desks delete_alias=Y']);
  });

  test('that were deleted are planned again', async () => {
    stage.declare({ a: phone('55000'), b: phone('55001') }, desks());
    await stage.workspace.expectApply();
    stage.dialer.store.removeAlias('desks');
    await stage.workspace.plan();
    expect((await stage.workspace.changes()).map(({ address, actions }) => [address, actions])).toEqual([
      ['vicidial_phone_alias.desks', ['create']],
    ]);
  });

  test('with a login that no phone has are refused on that attribute', async () => {
    stage.declare({ a: phone('55000'), b: phone('55001') }, desks({ phone_logins: ['55000', '59999'] }));
    const run = await stage.workspace.apply();
    expect(run.code).toBe(1);
    expect(run.output).toContain('alias-login-unknown');
  });
});

describe('values that only apply knows', () => {
  const stage = useStage();

  test('flow through plan and apply, the key of a phone among them', async () => {
    const configure = (extension: string) =>
      stage.workspace.configure({
        resource: {
          terraform_data: { source: { input: { extension, name: 'Named later', timeout: 45 } } },
          vicidial_phone: {
            desk: phone('55000', {
              extension: '${terraform_data.source.output.extension}',
              phone_full_name: '${terraform_data.source.output.name}',
              phone_ring_timeout: '${terraform_data.source.output.timeout}',
            }),
          },
          vicidial_phone_alias: {
            desks: { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['${vicidial_phone.desk.phone_login}'] },
          },
        },
      });
    configure('55000');
    await stage.workspace.plan();
    const planned = (await stage.workspace.changes()).find(({ address }) => address === 'vicidial_phone.desk');
    expect(planned?.unknown).toMatchObject({
      extension: true,
      id: true,
      phone_full_name: true,
      phone_ring_timeout: true,
    });
    await stage.workspace.expectApply();
    expect(stage.dialer.store.phone('10.0.0.11', '55000')).toMatchObject({
      phone_full_name: 'Named later',
      phone_ring_timeout: '45',
    });
    expect((await stage.workspace.plan()).code).toBe(0);
  });

  test('that turn out wrong fail before any call', async () => {
    stage.workspace.configure({
      resource: {
        terraform_data: { source: { input: 'Käthe' } },
        vicidial_phone: { desk: phone('55000', { phone_full_name: '${terraform_data.source.output}' }) },
      },
    });
    const run = await stage.workspace.apply();
    expect(run.code).toBe(1);
    expect(run.output).toContain('value-characters');
    expect(stage.writes()).toEqual([]);
  });
});

describe('secrets', () => {
  const stage = useStage();

  test('are in no plan, no log, no error and no print-out of the journal', async () => {
    const printed: string[] = [];
    const run = async (args: readonly string[], environment: Record<string, string> = {}) => {
      const { output } = await stage.workspace.run([...args, '-input=false', '-no-color'], {
        TF_LOG: 'trace',
        ...environment,
      });
      printed.push(output);
    };
    stage.workspace.configure({
      variable: { agent: { type: 'string', sensitive: true }, device: { type: 'string', sensitive: true } },
      resource: {
        vicidial_phone: {
          desk: phone('55000', { phone_pass: '${var.agent}', registration_password: '${var.device}' }),
        },
      },
    });
    const values = { TF_VAR_agent: secrets.agent, TF_VAR_device: secrets.device };
    await run(['plan'], values);
    await run(['apply', '-auto-approve'], values);
    await run(['plan'], { ...values, TF_VAR_device: `${secrets.device}2` });
    await run(['plan'], { ...values, VICIDIAL_PASSWORD: `${secrets.api}3` });
    // A refusal that echoes every required value, passwords among them.
    await run(['apply', '-auto-approve'], { ...values, TF_VAR_agent: `${secrets.agent}!` });
    await run(['apply', '-auto-approve', '-replace=vicidial_phone.desk'], { ...values, VICIDIAL_USER: 'nodelete' });
    printed.push(stage.dialer.journal.entries.map(String).join('\n'), JSON.stringify(stage.dialer.journal.entries));
    expect(printed.join('\n')).toContain('add_phone answered SUCCESS: add_phone PHONE HAS BEEN ADDED');
    for (const secret of Object.values(secrets)) expect(printed.join('\n').split(secret)).toHaveLength(1);
  });
});
