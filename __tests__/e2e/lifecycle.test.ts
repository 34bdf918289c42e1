import { phone, secrets, useStage } from './harness';

jest.setTimeout(300_000);

describe('the life of a phone, with the real terraform', () => {
  const stage = useStage();

  test('creation makes one call a phone, and a second one only for what add_phone cannot carry', async () => {
    stage.declare({
      plain: phone('55000', { email: 'desk@example.com', active: 'Y' }),
      ringing: phone('55001', { phone_ring_timeout: 45, active: 'N' }),
    });
    await stage.workspace.expectApply();
    expect(stage.writes().sort()).toEqual([
      'add_phone extension=55000 server_ip=10.0.0.11 local_gmt=-5.00 email=desk@example.com phone_full_name=Desk 55000 registration_password=*** protocol=SIP phone_pass=*** phone_login=55000 voicemail_id=55000 dialplan_number=55000 outbound_cid=7275551212',
      'add_phone extension=55001 server_ip=10.0.0.11 local_gmt=-5.00 phone_full_name=Desk 55001 registration_password=*** protocol=SIP phone_pass=*** phone_login=55001 voicemail_id=55001 dialplan_number=55001 outbound_cid=7275551212',
      'update_phone extension=55001 server_ip=10.0.0.11 active=N phone_ring_timeout=45',
    ]);
    expect(stage.dialer.store.phone('10.0.0.11', '55001')).toMatchObject({
      phone_ring_timeout: '45',
      active: 'N',
      phone_pass: secrets.agent,
    });
  });

  test('a second plan is empty and writes nothing', async () => {
    stage.declare({
      desk: phone('55000', { phone_ring_timeout: 45, webphone_auto_answer: 'N', template_id: 'SIP_generic' }),
    });
    await stage.workspace.expectApply();
    stage.writes();
    const plan = await stage.workspace.plan();
    expect(plan.output).toContain('No changes.');
    expect(plan.code).toBe(0);
    expect(stage.writes()).toEqual([]);
  });

  test('a changed field is planned alone and sent alone', async () => {
    stage.declare({ desk: phone('55000', { email: 'desk@example.com' }) });
    await stage.workspace.expectApply();
    stage.declare({ desk: phone('55000', { email: 'desk@example.com', outbound_cid: '7275559999' }) });
    expect((await stage.workspace.plan()).output).toMatch(
      /~ outbound_cid +: *|~ outbound_cid += "7275551212" -> "7275559999"/u,
    );
    const [change] = await stage.workspace.changes();
    expect(change?.actions).toEqual(['update']);
    expect(Object.keys(change?.after ?? {}).filter((name) => change?.after?.[name] !== change?.before?.[name])).toEqual(
      ['outbound_cid'],
    );
    stage.writes();
    await stage.workspace.expectApply();
    expect(stage.writes()).toEqual(['update_phone extension=55000 server_ip=10.0.0.11 outbound_cid=7275559999']);
    expect((await stage.workspace.plan()).code).toBe(0);
  });

  test('an emptied field sends --BLANK-- once', async () => {
    stage.declare({ desk: phone('55000', { email: 'desk@example.com' }) });
    await stage.workspace.expectApply();
    stage.writes();
    stage.declare({ desk: phone('55000', { email: '' }) });
    await stage.workspace.expectApply();
    expect(stage.writes()).toEqual(['update_phone extension=55000 server_ip=10.0.0.11 email=--BLANK--']);
    expect(stage.dialer.store.phone('10.0.0.11', '55000')?.email).toBe('');
    expect((await stage.workspace.plan()).code).toBe(0);
    expect(stage.writes()).toEqual([]);
  });

  test('a field taken out of the configuration sends nothing and keeps what the server has', async () => {
    stage.declare({ desk: phone('55000', { email: 'desk@example.com' }) });
    await stage.workspace.expectApply();
    stage.writes();
    stage.declare({ desk: phone('55000') });
    await stage.workspace.expectApply();
    expect(stage.writes()).toEqual([]);
    expect(stage.dialer.store.phone('10.0.0.11', '55000')?.email).toBe('desk@example.com');
    expect((await stage.workspace.plan()).code).toBe(0);
  });

  test('removal deletes with one call', async () => {
    stage.declare({ desk: phone('55000'), other: phone('55001') });
    await stage.workspace.expectApply();
    stage.writes();
    stage.declare({ other: phone('55001') });
    await stage.workspace.expectApply();
    expect(stage.writes()).toEqual(['update_phone extension=55000 server_ip=10.0.0.11 delete_phone=Y']);
    expect(Object.keys(stage.workspace.state())).toEqual(['vicidial_phone.other']);
  });

  test('a refused removal fails the run, names the permission and keeps the phone in state', async () => {
    stage.declare({ desk: phone('55000') });
    await stage.workspace.expectApply();
    stage.declare({});
    const run = await stage.workspace.run(['apply', '-input=false', '-no-color', '-auto-approve'], {
      VICIDIAL_USER: 'nodelete',
    });
    expect(run.code).toBe(1);
    expect(run.output).toContain('Delete Phones');
    expect(run.output).toContain('permission-delete');
    expect(Object.keys(stage.workspace.state())).toEqual(['vicidial_phone.desk']);
    expect(stage.dialer.store.phone('10.0.0.11', '55000')).toBeDefined();
  });

  test('another extension replaces the phone', async () => {
    stage.declare({ desk: phone('55000') });
    await stage.workspace.expectApply();
    stage.writes();
    stage.declare({ desk: phone('55009') });
    await stage.workspace.plan();
    expect((await stage.workspace.changes()).map(({ actions }) => actions)).toEqual([['delete', 'create']]);
    await stage.workspace.expectApply();
    expect(stage.writes().map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'update_phone extension=55000',
      'add_phone extension=55009',
    ]);
    expect(stage.workspace.state()['vicidial_phone.desk']?.id).toBe('10.0.0.11/55009');
  });

  test('another spelling of the same extension changes nothing', async () => {
    stage.declare({ desk: phone('cc100', { voicemail_id: '100', phone_full_name: 'Desk' }) });
    await stage.workspace.expectApply();
    stage.declare({
      desk: { ...phone('cc100', { voicemail_id: '100', phone_full_name: 'Desk' }), extension: 'CC100' },
    });
    expect((await stage.workspace.plan()).code).toBe(0);
  });

  test('a phone whose second call fails stays in state with what was added, and the error says so', async () => {
    stage.declare({ desk: phone('55000', { phone_ring_timeout: 45 }) });
    const { api } = stage.dialer;
    const answer = api.call.bind(api);
    api.call = (parameters) => (parameters.has('phone_ring_timeout') ? { status: 500, body: '' } : answer(parameters));
    const run = await stage.workspace.apply();
    expect(run.code).toBe(1);
    expect(run.output).toContain('server-failed');
    expect(run.output).toContain('partially-created');
    expect(stage.workspace.state()['vicidial_phone.desk']).toMatchObject({
      extension: '55000',
      phone_ring_timeout: null,
      outbound_cid: '7275551212',
    });
  });
});
