import { phone } from './harness';
import { actionsOf, describeReaders, functionOf, putByHand } from './reading-bed';

jest.setTimeout(300_000);

const server = '10.0.0.11';

describeReaders(['database', 'admin'], (testbed) => {
  const declared = {
    desk: phone('55000'),
    lobby: phone('55001', { email: 'lobby@example.com' }),
    stockroom: phone('55002'),
  };
  const aliases = {
    desks: { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000'] },
    lobbies: { alias_id: 'lobbies', alias_name: 'Lobbies', phone_logins: ['55001'] },
  };

  test('one changed, one deleted and one created by hand: the plan shows exactly that, and the next one nothing', async () => {
    const { store } = testbed.emulator;
    testbed.declare(declared, aliases);
    testbed.store(declared, aliases);
    putByHand(testbed, '55001', { email: 'other@example.com', phone_ring_timeout: '30' });
    store.removePhone(server, '55002');
    putByHand(testbed, '55003', { phone_login: '55003', protocol: 'SIP' });
    store.putAlias({ alias_id: 'desks', alias_name: 'Other desks', phone_logins: '55001,55000' });
    store.removeAlias('lobbies');
    store.putAlias({ alias_id: 'byhand', alias_name: 'By hand', phone_logins: '55000' });
    testbed.writes();

    expect((await testbed.workspace.plan()).code).toBe(2);
    const changes = await testbed.workspace.changes();
    expect(actionsOf(changes)).toEqual([
      'create vicidial_phone.stockroom',
      'create vicidial_phone_alias.lobbies',
      'update vicidial_phone.lobby',
      'update vicidial_phone_alias.desks',
    ]);
    const at = (address: string) => changes.find((each) => each.address === address);
    // The ring timeout is not declared: it is shown, and stays.
    expect(at('vicidial_phone.lobby')).toMatchObject({
      before: { email: 'other@example.com', phone_ring_timeout: 30 },
      after: { email: 'lobby@example.com', phone_ring_timeout: 30 },
    });
    expect(at('vicidial_phone_alias.desks')?.before).toMatchObject({
      alias_name: 'Other desks',
      phone_logins: ['55001', '55000'],
    });

    await testbed.workspace.expectApply();
    expect(testbed.writes().map(functionOf).sort()).toEqual([
      'add_phone 55002',
      'add_phone_alias lobbies',
      'update_phone 55001',
      'update_phone_alias desks',
    ]);
    expect(store.phone(server, '55001')).toMatchObject({ email: 'lobby@example.com', phone_ring_timeout: '30' });
    expect(store.phone(server, '55003')).toBeDefined();
    expect(store.alias('byhand')).toBeDefined();
    expect((await testbed.workspace.plan()).code).toBe(0);
  });

  test('a phone that was created by hand is an error where it is declared, and is adopted where that is allowed', async () => {
    putByHand(testbed, '55003', { phone_login: '55003', email: 'hand@example.com', outbound_cid: '7275550000' });
    testbed.declare({ hand: phone('55003') });
    const refused = await testbed.workspace.plan();
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('phone-exists');

    const adopting = { VICIDIAL_ADOPT_EXISTING: 'true' };
    const { output } = await testbed.workspace.expectApply([], adopting);
    expect(output).toMatch(/\+ adopted += true/u);
    expect(testbed.writes().map(functionOf)).toEqual(['update_phone 55003']);
    expect(testbed.workspace.state()['vicidial_phone.hand']).toMatchObject({
      adopted: true,
      outbound_cid: '7275551212',
      email: 'hand@example.com',
    });
    expect((await testbed.workspace.plan()).code).toBe(0);
  });
});
