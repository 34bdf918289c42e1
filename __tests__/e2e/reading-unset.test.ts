import { phone, secrets } from './harness';
import { describeReaders, functionOf, putByHand } from './reading-bed';

jest.setTimeout(300_000);

const server = '10.0.0.11';

describeReaders(['admin', 'database'], (testbed) => {
  test('arguments are removed from the configuration without a change, and a secret with one that sends nothing', async () => {
    const { workspace } = testbed;
    testbed.store(
      { desk: phone('55000', { email: 'desk@example.com', phone_ring_timeout: 45, template_id: 'SIP_generic' }) },
      { desks: { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000'] } },
    );
    const passwords = { phone_pass: secrets.agent, registration_password: secrets.device };
    testbed.declare(
      { desk: { server_ip: server, extension: '55000', ...passwords } },
      { desks: { alias_id: 'desks' } },
    );
    const withoutOthers = await workspace.plan();
    expect(withoutOthers.output).toContain('No changes.');
    expect(withoutOthers.code).toBe(0);

    testbed.declare({ desk: { server_ip: server, extension: '55000' } }, { desks: { alias_id: 'desks' } });
    const withoutSecrets = await workspace.expectApply();
    const changes = withoutSecrets.output
      .match(/^ +[-+~] \w+ +=.*$/gmu)
      ?.map((line) => line.trim().replace(/ +=/u, ' ='));
    expect(changes?.sort()).toEqual([
      '- phone_pass = (sensitive value) -> null',
      '- registration_password = (sensitive value) -> null',
    ]);
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
    const phones = {
      desk: phone('Desk1', { email: '', template_id: '', outbound_cid: '7275551212' }),
      lobby: phone('55001', { local_gmt: '-5.00' }),
    };
    const aliases = { desks: { alias_id: 'Desks', alias_name: 'Desks', phone_logins: ['Desk1'] } };
    testbed.declare(phones, aliases);
    testbed.store(phones, aliases);
    const { store } = testbed.emulator;
    const stored = store.phone(server, 'Desk1');
    store.removePhone(server, 'Desk1');
    store.putPhone({ ...stored, extension: 'DESK1', email: null, template_id: '--NONE--' });
    putByHand(testbed, '55001', { local_gmt: '-5', email: null });
    store.removeAlias('Desks');
    store.putAlias({ alias_id: 'DESKS', alias_name: 'Desks', phone_logins: 'Desk1' });
    expect((await testbed.workspace.expectApply()).output).toContain('No changes.');
    expect(testbed.writes()).toEqual([]);
    const desk = { id: `${server}/Desk1`, extension: 'Desk1', email: '', template_id: '' };
    expect(testbed.workspace.state()['vicidial_phone.desk']).toMatchObject(desk);

    // An empty string that is not empty any more is drift.
    putByHand(testbed, 'DESK1', { email: 'hand@example.com' });
    const { output } = await testbed.workspace.expectApply();
    expect(output).toContain('# vicidial_phone.desk will be updated in-place');
    expect(output).toContain('Resources: 0 added, 1 changed, 0 destroyed.');
    expect(testbed.writes().map(functionOf)).toEqual(['update_phone Desk1']);
    expect((await testbed.workspace.plan()).code).toBe(0);
  });
});
