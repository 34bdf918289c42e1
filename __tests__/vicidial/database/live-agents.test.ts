import { describeDatabase, phone, server, system, useDatabase } from './database';

const phones = [
  { extension: 'cc100', server_ip: server, protocol: 'SIP' },
  { extension: 'cc101', server_ip: server, protocol: 'IAX2' },
  { extension: 'cc102', server_ip: server, protocol: 'Zap' },
  {
    extension: 'cc103',
    server_ip: server,
    protocol: 'EXTERNAL',
    dialplan_number: '917275551212',
    phone_context: 'trusted',
  },
  { extension: 'cc104', server_ip: server, protocol: 'EXTERNAL', dialplan_number: '8300', phone_context: 'default' },
  { extension: 'cc105', server_ip: server, protocol: 'PJSIP' },
  { extension: 'cc106', server_ip: server, protocol: null },
  { extension: 'cc100', server_ip: '10.0.0.12', protocol: 'SIP' },
];
const objects = phones.map(({ extension, server_ip }) => phone(extension, server_ip));

describeDatabase('agents that are logged in', () => {
  const database = useDatabase();

  async function usersAt(agents: readonly { extension: string; server_ip?: string }[]): Promise<string[]> {
    const rows = agents.map((agent, index) => ({ user: `agent${index}`, server_ip: server, ...agent }));
    await database.db.load({ ...system, phones, live_agents: rows });
    const found = await database.reader().agentsOn(objects);
    return found.map((agent) => `${agent.phone.id} ${agent.user}`);
  }

  test.each([
    ['SIP/cc100', '10.0.0.11/cc100'],
    ['sip/CC100', '10.0.0.11/cc100'],
    ['IAX2/cc101', '10.0.0.11/cc101'],
    ['DAHDI/cc102', '10.0.0.11/cc102'],
    ['Zap/cc102', '10.0.0.11/cc102'],
    ['Local/917275551212@trusted', '10.0.0.11/cc103'],
    ['Local/8300@defaultagent0', '10.0.0.11/cc104'],
    ['PJSIP/cc105', '10.0.0.11/cc105'],
    ['SIP/cc106', '10.0.0.11/cc106'],
  ])('%s is at %s', async (extension, id) => {
    expect(await usersAt([{ extension }])).toEqual([`${id} agent0`]);
  });

  test.each([
    'IAX2/cc100',
    'SIP/cc10',
    'SIP/cc1000',
    'Local/917275551212@default',
    'Local/8300@default',
    'Local/8300@defaultother',
    'SIP/cc103',
  ])('%s is at none of the phones', async (extension) => {
    expect(await usersAt([{ extension }])).toEqual([]);
  });

  test('agents are at the phone of their server, and several may be at one', async () => {
    const agents = [
      { extension: 'SIP/cc100', server_ip: '10.0.0.12' },
      { extension: 'SIP/cc100' },
      { extension: 'SIP/cc100' },
    ];
    expect(await usersAt(agents)).toEqual([
      '10.0.0.11/cc100 agent1',
      '10.0.0.11/cc100 agent2',
      '10.0.0.12/cc100 agent0',
    ]);
  });

  test('an agent is described by user, status, campaign and time', async () => {
    const agent = { user: 'jo', server_ip: server, extension: 'SIP/cc100', status: 'INCALL', campaign_id: 'SALES' };
    await database.db.load({ ...system, phones, live_agents: [agent] });
    expect(await database.reader().agentsOn([phone('CC100')])).toEqual([
      {
        phone: phone('CC100'),
        user: 'jo',
        status: 'INCALL',
        campaign: 'SALES',
        lastUpdate: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/u) as string,
      },
    ]);
  });

  test('a row that was not updated for five minutes is of a session that broke', async () => {
    await usersAt([{ extension: 'SIP/cc100' }]);
    const found = async (seconds: string) => {
      await database.db.sql(`update vicidial_live_agents set last_update_time = ${seconds}`);
      return (await database.reader().agentsOn(objects)).length;
    };
    expect(await found('now() - interval 290 second')).toBe(1);
    expect(await found('now() - interval 310 second')).toBe(0);
    // An unknown time is no sign that the session broke.
    expect(await found('NULL')).toBe(1);
  });

  test('agents are read once for a run, and again on request', async () => {
    await usersAt([]);
    const reader = database.reader();
    expect(await reader.agentsOn(objects)).toEqual([]);
    await database.db.insert('vicidial_live_agents', [
      { user: 'jo', server_ip: server, extension: 'SIP/cc100', last_update_time: '2037-01-01 00:00:00' },
    ]);
    expect(await reader.agentsOn(objects)).toEqual([]);
    expect(await reader.agentsOn(objects, { fresh: true })).toHaveLength(1);
  });

  test('a phone that the database lacks is looked for with every protocol', async () => {
    await database.db.load({ ...system, live_agents: [{ user: 'jo', server_ip: server, extension: 'IAX2/cc100' }] });
    expect(await database.reader().agentsOn([phone('cc100')])).toHaveLength(1);
  });
});
