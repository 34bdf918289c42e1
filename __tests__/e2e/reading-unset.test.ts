import { phone, secrets } from './harness';
import { actionsOf, describeReaders, functionOf, putByHand } from './reading-bed';

jest.setTimeout(300_000);

const server = '10.0.0.11';

describeReaders(['admin', 'database'], (testbed) => {
  test('arguments are removed from the configuration without a change, and a secret with one that sends nothing', async () => {
    const { workspace } = testbed;
    testbed.declare(
      { desk: phone('55000', { email: 'desk@example.com', phone_ring_timeout: 45, template_id: 'SIP_generic' }) },
      { desks: { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['${vicidial_phone.desk.phone_login}'] } },
    );
    await workspace.expectApply();
    testbed.writes();

    const passwords = { phone_pass: secrets.agent, registration_password: secrets.device };
    testbed.declare(
      { desk: { server_ip: server, extension: '55000', ...passwords } },
      { desks: { alias_id: 'desks' } },
    );
    const withoutOthers = await workspace.plan();
    expect(withoutOthers.output).toContain('No changes.');
    expect(withoutOthers.code).toBe(0);

    testbed.declare({ desk: { server_ip: server, extension: '55000' } }, { desks: { alias_id: 'desks' } });
    const withoutSecrets = await workspace.plan();
    expect(withoutSecrets.code).toBe(2);
    expect(withoutSecrets.output).toMatch(/- phone_pass += \(sensitive value\) -> null/u);
    const [change] = await workspace.changes();
    const differing = Object.keys(change?.after ?? {}).filter(
      (name) => change?.before?.[name] !== change?.after?.[name],
    );
    expect(differing.sort()).toEqual(['phone_pass', 'registration_password']);
    await workspace.expectApply();
    expect(testbed.writes()).toEqual([]);
    expect(workspace.state()['vicidial_phone.desk']).toMatchObject({
      phone_pass: null,
      registration_password: null,
      email: 'desk@example.com',
      phone_ring_timeout: 45,
      template_id: 'SIP_generic',
    });
    expect(testbed.emulator.store.phone(server, '55000')).toMatchObject(passwords);
    expect((await workspace.plan()).code).toBe(0);
  });

  test('other spellings of the same are no drift: the empty string, NULL, --NONE-- and the letter case of a key', async () => {
    testbed.declare(
      {
        desk: phone('Desk1', { email: '', template_id: '', outbound_cid: '7275551212' }),
        lobby: phone('55001', { local_gmt: '-5.00' }),
      },
      { desks: { alias_id: 'Desks', alias_name: 'Desks', phone_logins: ['${vicidial_phone.desk.phone_login}'] } },
    );
    await testbed.workspace.expectApply();
    const { store } = testbed.emulator;
    const stored = store.phone(server, 'Desk1');
    store.removePhone(server, 'Desk1');
    store.putPhone({ ...stored, extension: 'DESK1', email: null, template_id: '--NONE--' });
    putByHand(testbed, '55001', { local_gmt: '-5', email: null });
    store.removeAlias('Desks');
    store.putAlias({ alias_id: 'DESKS', alias_name: 'Desks', phone_logins: 'Desk1' });
    testbed.writes();

    const plan = await testbed.workspace.plan();
    expect(plan.output).toContain('No changes.');
    expect(plan.code).toBe(0);
    await testbed.workspace.expectApply();
    expect(testbed.writes()).toEqual([]);
    const desk = { id: `${server}/Desk1`, extension: 'Desk1', email: '', template_id: '' };
    expect(testbed.workspace.state()['vicidial_phone.desk']).toMatchObject(desk);

    // An empty string that is not empty any more is drift.
    putByHand(testbed, 'DESK1', { email: 'hand@example.com' });
    expect((await testbed.workspace.plan()).code).toBe(2);
    expect(actionsOf(await testbed.workspace.changes())).toEqual(['update vicidial_phone.desk']);
    await testbed.workspace.expectApply();
    expect(testbed.writes().map(functionOf)).toEqual(['update_phone Desk1']);
    expect((await testbed.workspace.plan()).code).toBe(0);
  });
});
