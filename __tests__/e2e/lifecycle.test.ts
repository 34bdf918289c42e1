import { phone, secrets, useTestbed } from './harness';

jest.setTimeout(300_000);

describe('the life cycle of a phone', () => {
  const testbed = useTestbed();

  test('a creation makes one call, and a second one only for what add_phone does not take; the next plan is empty', async () => {
    testbed.declare({
      plain: phone('55000', { email: 'desk@example.com', active: 'Y' }),
      ringing: phone('55001', {
        phone_ring_timeout: 45,
        active: 'N',
        webphone_auto_answer: 'N',
        template_id: 'SIP_generic',
      }),
    });
    await testbed.workspace.expectApply();
    expect(testbed.writes().sort()).toEqual([
      'add_phone extension=55000 server_ip=10.0.0.11 local_gmt=-5.00 email=desk@example.com phone_full_name=Desk 55000 registration_password=*** protocol=SIP phone_pass=*** phone_login=55000 voicemail_id=55000 dialplan_number=55000 outbound_cid=7275551212',
      'add_phone extension=55001 server_ip=10.0.0.11 local_gmt=-5.00 phone_full_name=Desk 55001 registration_password=*** protocol=SIP phone_pass=*** phone_login=55001 voicemail_id=55001 dialplan_number=55001 outbound_cid=7275551212 webphone_auto_answer=N template_id=SIP_generic',
      'update_phone extension=55001 server_ip=10.0.0.11 active=N phone_ring_timeout=45',
    ]);
    expect(testbed.emulator.store.phone('10.0.0.11', '55001')).toMatchObject({
      phone_ring_timeout: '45',
      active: 'N',
      phone_pass: secrets.agent,
    });
    const plan = await testbed.workspace.plan();
    expect(plan.output).toContain('No changes.');
    expect(plan.code).toBe(0);
    expect(testbed.writes()).toEqual([]);
  });

  test('a changed field is planned alone and sent alone', async () => {
    testbed.store({ desk: phone('55000', { email: 'desk@example.com' }) });
    testbed.declare({ desk: phone('55000', { email: 'desk@example.com', outbound_cid: '7275559999' }) });
    const { output } = await testbed.workspace.expectApply();
    expect(output).toContain('# vicidial_phone.desk will be updated in-place');
    const changes = output.match(/^ +[-+~] \w+ +=.*$/gmu)?.map((line) => line.trim().replaceAll(/ +/gu, ' '));
    expect(changes).toEqual(['~ outbound_cid = "7275551212" -> "7275559999"']);
    expect(testbed.writes()).toEqual(['update_phone extension=55000 server_ip=10.0.0.11 outbound_cid=7275559999']);
    expect((await testbed.workspace.plan()).code).toBe(0);
  });

  test('an emptied field sends --BLANK-- once', async () => {
    testbed.store({ desk: phone('55000', { email: 'desk@example.com' }) });
    testbed.declare({ desk: phone('55000', { email: '' }) });
    await testbed.workspace.expectApply();
    expect(testbed.writes()).toEqual(['update_phone extension=55000 server_ip=10.0.0.11 email=--BLANK--']);
    expect(testbed.emulator.store.phone('10.0.0.11', '55000')?.email).toBe('');
    expect((await testbed.workspace.plan()).code).toBe(0);
    expect(testbed.writes()).toEqual([]);
  });

  test('a field taken out of the configuration sends nothing and keeps what the server has', async () => {
    testbed.store({ desk: phone('55000', { email: 'desk@example.com' }) });
    testbed.declare({ desk: phone('55000') });
    await testbed.workspace.expectApply();
    expect(testbed.writes()).toEqual([]);
    expect(testbed.emulator.store.phone('10.0.0.11', '55000')?.email).toBe('desk@example.com');
    expect((await testbed.workspace.plan()).code).toBe(0);
  });

  test('a phone taken out of the configuration is deleted with one call', async () => {
    testbed.store({ desk: phone('55000'), other: phone('55001') });
    testbed.declare({ other: phone('55001') });
    await testbed.workspace.expectApply();
    expect(testbed.writes()).toEqual(['update_phone extension=55000 server_ip=10.0.0.11 delete_phone=Y']);
    expect(Object.keys(testbed.workspace.state())).toEqual(['vicidial_phone.other']);
  });

  test('a refused deletion fails the run, names the permission and keeps the phone in state', async () => {
    testbed.store({ desk: phone('55000') });
    testbed.declare({});
    const run = await testbed.workspace.apply([], {
      VICIDIAL_USER: 'nodelete',
    });
    expect(run.code).toBe(1);
    expect(run.output).toContain('Delete Phones');
    expect(run.output).toContain('permission-delete');
    expect(Object.keys(testbed.workspace.state())).toEqual(['vicidial_phone.desk']);
    expect(testbed.emulator.store.phone('10.0.0.11', '55000')).toBeDefined();
  });

  test('another extension replaces the phone', async () => {
    testbed.store({ desk: phone('55000') });
    testbed.declare({ desk: phone('55009') });
    const { output } = await testbed.workspace.expectApply();
    expect(output).toContain('-/+ resource "vicidial_phone" "desk"');
    expect(testbed.writes().map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'update_phone extension=55000',
      'add_phone extension=55009',
    ]);
    expect(testbed.workspace.state()['vicidial_phone.desk']?.id).toBe('10.0.0.11/55009');
  });

  test('another spelling of the same extension changes nothing', async () => {
    testbed.store({ desk: phone('cc100', { voicemail_id: '100', phone_full_name: 'Desk' }) });
    testbed.declare({
      desk: { ...phone('cc100', { voicemail_id: '100', phone_full_name: 'Desk' }), extension: 'CC100' },
    });
    expect((await testbed.workspace.plan()).code).toBe(0);
  });

  test('a phone whose second call fails stays in state with what was added, and the error says so', async () => {
    testbed.declare({ desk: phone('55000', { phone_ring_timeout: 45 }) });
    testbed.emulator.faults.add({ kind: 'error-before', function: 'update_phone', writing: true });
    const run = await testbed.workspace.apply();
    expect(run.code).toBe(1);
    expect(run.output).toContain('server-failed');
    expect(run.output).toContain('partially-created');
    expect(testbed.workspace.state()['vicidial_phone.desk']).toMatchObject({
      extension: '55000',
      phone_ring_timeout: null,
      outbound_cid: '7275551212',
    });
  });
});
