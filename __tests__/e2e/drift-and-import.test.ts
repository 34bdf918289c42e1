import { phone, useTestbed } from './harness';

jest.setTimeout(300_000);

describe('drift', () => {
  const testbed = useTestbed();

  test('a phone that was deleted is planned for creation again', async () => {
    const phones = { desk: phone('55000'), other: phone('55001') };
    testbed.store(phones);
    testbed.emulator.store.removePhone('10.0.0.11', '55000');
    testbed.declare(phones);
    const { output } = await testbed.workspace.expectApply();
    expect(output).toContain('# vicidial_phone.desk will be created');
    expect(output).toContain('Resources: 1 added, 0 changed, 0 destroyed.');
    expect(testbed.emulator.store.phone('10.0.0.11', '55000')).toBeDefined();
  });

  test('a phone that its user group hides is an error, not a creation', async () => {
    const desk = { desk: phone('55000', { admin_user_group: 'ADMIN' }) };
    testbed.store(desk);
    testbed.declare(desk);
    const plan = await testbed.workspace.plan([], { VICIDIAL_USER: 'sales' });
    expect(plan.code).toBe(1);
    expect(plan.output).toContain('phone-hidden');
    expect(Object.keys(testbed.workspace.state())).toEqual(['vicidial_phone.desk']);
  });

  test('destroying a phone that is gone already succeeds', async () => {
    testbed.store({ desk: phone('55000') });
    testbed.declare({ desk: phone('55000') });
    testbed.emulator.store.removePhone('10.0.0.11', '55000');
    await testbed.workspace.expectApply(['-destroy', '-refresh=false']);
    expect(testbed.workspace.state()).toEqual({});
  });

  test('an unreachable server is an error and leaves the state alone', async () => {
    testbed.store({ desk: phone('55000') });
    testbed.declare({ desk: phone('55000') });
    const before = testbed.workspace.state();
    const plan = await testbed.workspace.plan([], {
      VICIDIAL_URL: 'http://127.0.0.1:1/vicidial/non_agent_api.php',
    });
    expect(plan.code).toBe(1);
    expect(plan.output).toContain('server-unreachable');
    expect(testbed.workspace.state()).toEqual(before);
  });
});

describe('import', () => {
  const testbed = useTestbed();

  const phones = { desk: phone('55000') };
  const desks = (login: string) => ({ desks: { alias_id: 'desks', alias_name: 'Desks', phone_logins: [login] } });

  beforeEach(() => {
    testbed.serve(phones, desks('55000'));
    testbed.declare(phones, desks('${vicidial_phone.desk.phone_login}'));
  });

  test('by id, and the plan after it replaces nothing', async () => {
    expect((await testbed.workspace.import('vicidial_phone.desk', '10.0.0.11/55000')).code).toBe(0);
    expect((await testbed.workspace.import('vicidial_phone_alias.desks', 'desks')).code).toBe(0);
    expect(testbed.writes()).toEqual([]);
    // All but the passwords was read. Those that are declared are stored already, so they are not sent.
    const { output } = await testbed.workspace.expectApply();
    expect(output).toContain('# vicidial_phone.desk will be updated in-place');
    expect(output).toContain('Resources: 0 added, 1 changed, 0 destroyed.');
    expect(testbed.writes()).toEqual([]);
    expect((await testbed.workspace.plan()).code).toBe(0);
  });

  test('by an import block, with a configuration in part', async () => {
    testbed.workspace.configure({
      import: [{ to: 'vicidial_phone.desk', id: '10.0.0.11/55000' }],
      resource: {
        vicidial_phone: { desk: { server_ip: '10.0.0.11', extension: '55000', outbound_cid: '7275559999' } },
      },
    });
    await testbed.workspace.expectApply();
    expect(testbed.writes()).toEqual(['update_phone extension=55000 server_ip=10.0.0.11 outbound_cid=7275559999']);
    expect((await testbed.workspace.plan()).code).toBe(0);
  });

  test('of an id that names nothing says what an id looks like', async () => {
    const run = await testbed.workspace.import('vicidial_phone.desk', '55000');
    expect(run.code).toBe(1);
    expect(run.output).toContain('10.0.0.11/55000');
  });

  test('of a phone that is not there fails', async () => {
    const run = await testbed.workspace.import('vicidial_phone.desk', '10.0.0.11/59999');
    expect(run.code).toBe(1);
    expect(run.output).toContain('Cannot import non-existent remote object');
  });
});
