/** Passwords of write-only arguments: sent where they have to be, and in nothing that the provider answers. */
import type { Phone, Store } from '../../src/emulator/store';
import { unknown } from '../../src/terraform/value';
import { useReaders } from './readers';
import { RpcWalk } from './rpc-walk';
import { phone, useServer } from './server';
import type { Arguments } from './plan-walk';

jest.setTimeout(60_000);

const canaries = { agent: 'agentCanary4417', device: 'deviceCanary8823', other: 'otherCanary3391' };

/** A phone with the passwords in write-only arguments. */
function hidden(fields: Arguments = {}): Arguments {
  return phone('55000', {
    phone_pass: null,
    phone_pass_wo: canaries.agent,
    phone_pass_wo_version: 1,
    registration_password: null,
    registration_password_wo: canaries.device,
    registration_password_wo_version: 1,
    ...fields,
  });
}

const noPasswords = {
  phone_pass: null,
  phone_pass_wo: null,
  registration_password: null,
  registration_password_wo: null,
};

/** Makes a server store something else than it was sent. */
function storeOtherwise(store: Store, columns: Phone): void {
  const putPhone = store.putPhone.bind(store);
  store.putPhone = (row) => putPhone({ ...row, ...columns });
}

describe('with the API', () => {
  const server = useServer();
  const walks: RpcWalk[] = [];
  const start = async (settings: Arguments = {}) => {
    const walk = await RpcWalk.start(server.emulator, settings);
    walks.push(walk);
    return walk;
  };

  afterEach(async () => {
    const ended = walks.splice(0);
    await Promise.all(ended.map((walk) => walk.end()));
    const answers = ended.flatMap((walk) => walk.answers);
    for (const canary of Object.values(canaries)) expect(answers.join('\n')).not.toContain(canary);
  });

  test('a new phone has them, and neither plan nor state nor private data', async () => {
    const created = await (await start()).apply(hidden());
    expect(created.codes).toEqual([]);
    expect(created.object).toMatchObject({
      ...noPasswords,
      phone_pass_wo_version: 1,
      registration_password_wo_version: 1,
    });
    expect(server.stored('55000')).toMatchObject({
      phone_pass: canaries.agent,
      registration_password: canaries.device,
    });
  });

  test('another value without another version is no change; another version sends the value alone', async () => {
    const created = await (await start()).apply(hidden());
    const state = created.object ?? {};
    const same = await (await start()).plan(hidden({ phone_pass_wo: canaries.other }), state);
    expect(same.object).toEqual(state);
    const config = hidden({ phone_pass_wo: canaries.other, phone_pass_wo_version: 2 });
    const planned = await (await start()).plan(config, state);
    expect(planned).toMatchObject({ codes: [], object: { ...noPasswords, phone_pass_wo_version: 2 } });
    const updated = await (await start()).apply(config, state);
    expect(updated).toMatchObject({ codes: [], object: { ...noPasswords, phone_pass_wo_version: 2 } });
    expect(server.stored('55000')).toMatchObject({
      phone_pass: canaries.other,
      registration_password: canaries.device,
    });
    expect(server.writes().at(-1)).toBe('update_phone extension=55000 server_ip=10.0.0.11 phone_pass=***');
  });

  test('a plan without the values is possible where none is sent, and refused where one is', async () => {
    const state = (await (await start()).apply(hidden())).object ?? {};
    const without = { phone_pass_wo: null, registration_password_wo: null };
    const renamed = await (await start()).apply(hidden({ ...without, phone_full_name: 'Reception' }), state);
    expect(renamed).toMatchObject({ codes: [], object: { phone_full_name: 'Reception', phone_pass_wo_version: 1 } });
    const cases: [Arguments, Arguments | null][] = [
      [hidden(without), null],
      [hidden({ ...without, phone_pass_wo_version: 2, registration_password_wo_version: 2 }), state],
    ];
    for (const [config, prior] of cases) {
      const planned = await (await start()).plan(config, prior);
      expect(planned.codes).toEqual(['write-only-value-missing', 'write-only-value-missing']);
      expect(planned.text).toContain('phone_pass_wo has no value, and phone_pass_wo_version asks for it.');
    }
  });

  test.each([null, unknown])('a value that is %s in the apply is refused before any call', async (value) => {
    const planned = await (await start()).plan(hidden());
    const walk = await start();
    const created = await walk.applyPlanned(planned.object ?? {}, hidden({ phone_pass_wo: value }));
    expect(created).toMatchObject({ codes: ['write-only-value-missing'], object: undefined });
    expect(server.writes()).toEqual([]);
    const state = (await (await start()).apply(hidden())).object ?? {};
    const changed = hidden({ phone_pass_wo: value, phone_pass_wo_version: 2 });
    const updated = await walk.applyPlanned({ ...state, phone_pass_wo_version: 2 }, changed, state);
    expect(updated).toMatchObject({ codes: ['write-only-value-missing'], object: undefined });
    expect(server.writes()).toHaveLength(1);
  });

  test('values that are known only in the apply are planned', async () => {
    const config = hidden({ phone_pass_wo: unknown, phone_pass_wo_version: unknown });
    const planned = await (await start()).plan(config);
    expect(planned).toMatchObject({ codes: [], object: { phone_pass_wo: null, phone_pass_wo_version: unknown } });
    const applied = await (await start()).apply(hidden());
    expect(applied.codes).toEqual([]);
    const state = applied.object ?? {};
    const update = await (await start()).plan({ ...hidden(), ...config }, state);
    expect(update).toMatchObject({ codes: [], object: { phone_pass_wo: null, phone_pass_wo_version: unknown } });
  });

  test('a declared password becomes a write-only one and back: state has one or the other', async () => {
    const declared = phone('55000');
    const before = (await (await start()).apply(declared)).object ?? {};
    const values = { phone_pass_wo: 'agent55000', registration_password_wo: 'device55000' };
    const calls = server.writes().length;
    const after = await (await start()).apply(hidden(values), before);
    expect(after).toMatchObject({ codes: [], object: { ...noPasswords, phone_pass_wo_version: 1 } });
    expect(server.writes()).toHaveLength(calls);
    const back = await (await start()).apply(declared, after.object ?? {});
    expect(back).toMatchObject({ codes: [], object: { phone_pass: 'agent55000', phone_pass_wo_version: null } });
    const unmanaged = await (
      await start()
    ).apply(hidden({ ...noPasswords, phone_pass_wo_version: null }), after.object);
    expect(unmanaged).toMatchObject({ codes: [], object: { ...noPasswords, phone_pass_wo_version: null } });
  });

  test('a replaced phone gets them from the configuration', async () => {
    const state = (await (await start()).apply(hidden())).object ?? {};
    const moved = hidden({ extension: '55001', dialplan_number: '55001' });
    const walk = await start();
    const first = await walk.plan(moved, state);
    expect(first.replaces).toBe(true);
    const second = await walk.plan(moved, null, first.private);
    expect(second.codes).toEqual([]);
    const lacking = await (await start()).plan(hidden({ ...noPasswords }), null);
    expect(lacking.codes).toContain('write-only-value-missing');
    const process = await start();
    await process.send('ApplyResourceChange', {
      type_name: 'vicidial_phone',
      prior_state: process.value(state),
      planned_state: process.value(null),
    });
    expect(server.stored('55000')).toBeUndefined();
    expect((await process.apply(moved)).codes).toEqual([]);
    expect(server.stored('55001')).toMatchObject({
      phone_pass: canaries.agent,
      registration_password: canaries.device,
    });
  });

  test('an adopted phone gets them', async () => {
    server.store('55000', { phone_pass: 'before', registration_password: 'before' });
    const adopted = await (await start({ adopt_existing: true })).apply(hidden());
    expect(adopted).toMatchObject({ codes: [], object: { ...noPasswords, adopted: true } });
    expect(server.stored('55000')).toMatchObject({
      phone_pass: canaries.agent,
      registration_password: canaries.device,
    });
  });

  test('they are validated as the fields that they stand for, and never shown', async () => {
    const walk = await start();
    expect(await walk.validate(hidden({ phone_pass_wo: `${canaries.agent}!` }))).toEqual(['value-characters']);
    const weak = await walk.plan(hidden({ phone_pass_wo: '55000', registration_password_wo: 'test' }));
    expect(weak.codes).toEqual(['password-default', 'password-is-extension']);
    const short = await walk.plan(hidden({ registration_password_wo: '' }));
    expect(short.codes).toContain('value-empty');
  });

  test.each<[string, Arguments, string[]]>([
    ['a password and its write-only form', { phone_pass: canaries.other }, ['write-only-conflict']],
    ['a password and a version', { phone_pass: canaries.other, phone_pass_wo: null }, ['write-only-conflict']],
    ['a value without a version', { registration_password_wo_version: null }, ['write-only-without-version']],
    ['a version without a value, which nothing may ask for', { phone_pass_wo: null }, []],
    ['what is not known yet', { phone_pass: unknown, registration_password_wo_version: unknown }, []],
  ])('%s', async (_case, fields, codes) => {
    expect(await (await start()).validate(hidden(fields))).toEqual(codes);
  });

  test('an engine that does not know them gets an error for each', async () => {
    const none = { client_capabilities: { write_only_attributes_allowed: false } };
    const codes = await (await start()).validate(hidden(), none);
    expect(codes).toEqual(['write-only-unsupported', 'write-only-unsupported']);
  });

  test('the passwords of the phones of an alias are compared', async () => {
    const walk = await start();
    await walk.plan(hidden());
    const fields = { extension: '55001', dialplan_number: '55001', voicemail_id: '55001', phone_login: '55001' };
    await walk.plan(hidden({ ...fields, phone_pass_wo: canaries.other }));
    const alias = walk.provider.resources.vicidial_phone_alias;
    const config = { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000', '55001'] };
    const planned = await alias?.plan({ config, prior: null, proposed: null, priorPrivate: new Uint8Array() });
    expect(JSON.stringify(planned?.diagnostics)).toContain('alias-passwords-differ');
  });
});

describe.each(useReaders())('read from $reader', (system) => {
  beforeEach(() => system.reset());

  test('state never gets what is stored, and a version that was not stored is sent again', async () => {
    const databaseUrl = system.reader === 'database' ? system.database.url() : null;
    const walk = await RpcWalk.start(system.emulator, { read_from: system.reader, database_url: databaseUrl });
    const created = await walk.apply(hidden());
    expect(created).toMatchObject({ codes: [], object: { ...noPasswords, phone_pass_wo_version: 1 } });
    const state = created.object ?? {};
    system.store('55000', { ...system.stored('55000'), phone_pass: canaries.other });
    const read = await walk.read(state);
    expect(read).toMatchObject({ codes: [], object: state });

    // A version that the state did not have: what is stored already is not sent.
    system.writes();
    const known = await walk.apply(hidden({ registration_password_wo_version: 2 }), state);
    expect(known).toMatchObject({ codes: [], object: { registration_password_wo_version: 2 } });
    expect(system.writes()).toEqual([]);

    storeOtherwise(system.emulator.store, { phone_pass: canaries.other });
    const changed = await walk.apply(hidden({ phone_pass_wo_version: 2 }), state);
    expect(changed).toMatchObject({
      codes: ['stored-differently'],
      object: { ...noPasswords, phone_pass_wo_version: 1 },
    });
    expect(walk.answers.join('\n')).not.toMatch(/Canary/u);
    await walk.end();
  });
});
