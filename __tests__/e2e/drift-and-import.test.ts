import { phone, useStage } from './harness';

jest.setTimeout(300_000);

describe('what happened behind the back of terraform', () => {
  const stage = useStage();

  test('a phone that was deleted is planned for creation again', async () => {
    stage.declare({ desk: phone('55000'), other: phone('55001') });
    await stage.workspace.expectApply();
    stage.dialer.store.removePhone('10.0.0.11', '55000');
    expect((await stage.workspace.plan()).code).toBe(2);
    expect((await stage.workspace.changes()).map(({ address, actions }) => [address, actions])).toEqual([
      ['vicidial_phone.desk', ['create']],
    ]);
    await stage.workspace.expectApply();
    expect(stage.dialer.store.phone('10.0.0.11', '55000')).toBeDefined();
  });

  test('a phone that its user group hides is an error, not a creation', async () => {
    stage.declare({ desk: phone('55000', { admin_user_group: 'ADMIN' }) });
    await stage.workspace.expectApply();
    const plan = await stage.workspace.run(['plan', '-input=false', '-no-color'], { VICIDIAL_USER: 'sales' });
    expect(plan.code).toBe(1);
    expect(plan.output).toContain('phone-hidden');
    expect(Object.keys(stage.workspace.state())).toEqual(['vicidial_phone.desk']);
  });

  test('destroying a phone that is gone already succeeds', async () => {
    stage.declare({ desk: phone('55000') });
    await stage.workspace.expectApply();
    stage.dialer.store.removePhone('10.0.0.11', '55000');
    await stage.workspace.expectSuccess(['destroy', '-input=false', '-no-color', '-auto-approve', '-refresh=false']);
    expect(stage.workspace.state()).toEqual({});
  });

  test('an unreachable server is an error and leaves the state alone', async () => {
    stage.declare({ desk: phone('55000') });
    await stage.workspace.expectApply();
    const before = stage.workspace.state();
    const plan = await stage.workspace.run(['plan', '-input=false', '-no-color'], {
      VICIDIAL_URL: 'http://127.0.0.1:1/vicidial/non_agent_api.php',
    });
    expect(plan.code).toBe(1);
    expect(plan.output).toContain('server-unreachable');
    expect(stage.workspace.state()).toEqual(before);
  });
});

describe('import', () => {
  const stage = useStage();

  beforeEach(async () => {
    stage.declare(
      { desk: phone('55000') },
      { desks: { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['${vicidial_phone.desk.phone_login}'] } },
    );
    await stage.workspace.expectApply();
    await stage.workspace.expectSuccess(['state', 'rm', 'vicidial_phone.desk', 'vicidial_phone_alias.desks']);
    stage.writes();
  });

  test('by id, and the plan after it replaces nothing', async () => {
    await stage.workspace.expectSuccess([
      'import',
      '-input=false',
      '-no-color',
      'vicidial_phone.desk',
      '10.0.0.11/55000',
    ]);
    await stage.workspace.expectSuccess(['import', '-input=false', '-no-color', 'vicidial_phone_alias.desks', 'desks']);
    expect(stage.writes()).toEqual([]);
    await stage.workspace.plan();
    expect((await stage.workspace.changes()).map(({ actions }) => actions)).toEqual([['update'], ['update']]);
    await stage.workspace.expectApply();
    expect((await stage.workspace.plan()).code).toBe(0);
  });

  test('by an import block, with a configuration in part', async () => {
    stage.workspace.configure({
      import: [{ to: 'vicidial_phone.desk', id: '10.0.0.11/55000' }],
      resource: {
        vicidial_phone: { desk: { server_ip: '10.0.0.11', extension: '55000', outbound_cid: '7275559999' } },
      },
    });
    await stage.workspace.expectApply();
    expect(stage.writes()).toEqual(['update_phone extension=55000 server_ip=10.0.0.11 outbound_cid=7275559999']);
    expect((await stage.workspace.plan()).code).toBe(0);
  });

  test('of an id that names nothing says what an id looks like', async () => {
    const run = await stage.workspace.run(['import', '-input=false', '-no-color', 'vicidial_phone.desk', '55000']);
    expect(run.code).toBe(1);
    expect(run.output).toContain('10.0.0.11/55000');
  });

  test('of a phone that is not there fails', async () => {
    const run = await stage.workspace.run([
      'import',
      '-input=false',
      '-no-color',
      'vicidial_phone.desk',
      '10.0.0.11/59999',
    ]);
    expect(run.code).toBe(1);
    expect(run.output).toContain('Cannot import non-existent remote object');
  });
});
