import { fetch } from 'undici';
import { startEmulator, type EmulatorOptions } from '../../src/emulator/emulator';
import { sampleSystem, type SystemInput } from '../../src/emulator/system-data';
import { newPhone, startApi, update } from './api-calls';

const fieldsOf = (words: string) => {
  const fields = new URLSearchParams();
  for (const word of `user=6666 pass=admin1234 ${words}`.split(' ')) {
    const equals = word.indexOf('=');
    fields.set(word.slice(0, equals), word.slice(equals + 1));
  }
  return fields;
};

/** An emulator over HTTP, for what a call in memory does not show. */
async function started(data: Partial<SystemInput>, options: EmulatorOptions = {}) {
  const emulator = await startEmulator({ data: { ...sampleSystem, ...data }, ...options });
  const post = async (words: string) => {
    const response = await fetch(emulator.url, { method: 'POST', body: fieldsOf(words) });
    return { status: response.status, text: await response.text() };
  };
  return { emulator, post };
}

describe('with PHP that is silent about failed statements', () => {
  test('an email that breaks the statement answers SUCCESS, stores nothing, and requests the rebuild', () => {
    const { call, api } = startApi('241004', { php: 'silent' });
    expect(call(`${newPhone} email=o'neil@x.com`)).toContain('SUCCESS: add_phone PHONE HAS BEEN ADDED');
    expect(api.store.phones).toEqual([]);
    expect([...api.store.rebuilding]).toEqual(['10.0.0.11']);
    call(newPhone);
    expect(call(`${update} email=o'neil@x.com local_gmt=3.00`)).toContain('PHONE HAS BEEN UPDATED');
    expect(api.store.phones).toMatchObject([{ email: '', local_gmt: '-5.00' }]);
  });

  test('an alias id that exists once the column has truncated it answers SUCCESS, and stores nothing', () => {
    const { call, api } = startApi('241004', { php: 'silent' });
    call(newPhone);
    const id = 'a'.repeat(21);
    for (const name of ['first', 'second']) {
      const words = `function=add_phone_alias alias_id=${id} alias_name=${name} phone_logins=55000`;
      expect(call(words)).toContain('PHONE ALIAS HAS BEEN ADDED');
    }
    expect(api.store.aliases).toEqual([{ alias_id: 'a'.repeat(20), alias_name: 'first', phone_logins: '55000' }]);
  });
});

describe('with PHP that ends a call on a failed statement', () => {
  test.each([
    ["o'neil@x.com", 500],
    ["'a@b.c'", 500],
    ["a''b@x.com", 200],
  ])('an email %s gives %i: two apostrophes are one', (email, status) => {
    const { call, send, stored } = startApi();
    call(newPhone);
    expect(send(`${update} email=${email}`).status).toBe(status);
    expect(stored()?.email).toBe(status === 200 ? email.replace("''", "'") : '');
  });

  test('an extension whose first hundred characters exist gives 500, and is found by these only', () => {
    const { call, send } = startApi();
    const long = '1'.repeat(101);
    expect(send(`${newPhone} extension=${long}`).status).toBe(200);
    expect(send(`${newPhone} extension=${long} phone_login=other`)).toEqual({ status: 500, body: '' });
    expect(call(`${update} extension=${long}`)).toContain('PHONE DOES NOT EXIST');
    expect(call(`${update} extension=${'1'.repeat(100)}`)).toContain('SUCCESS');
  });
});

describe('with output buffering', () => {
  const last = (value: string) => `${newPhone} source=test note=${value}`;

  test.each(["it's", 'a\\b'])('%s as the last parameter of the body makes the whole reply a 500', async (value) => {
    const { emulator, post } = await started({ output_buffering: true });
    expect(await post(last(value))).toEqual({
      status: 500,
      text: 'SUCCESS: add_phone PHONE HAS BEEN ADDED - 6666|55000|10.0.0.11|SIP|55000\n',
    });
    expect(emulator.store.phones).toHaveLength(1);
    expect((await post(`note=${value} function=update_phone source=test`)).status).toBe(200);
    await emulator.close();
  });

  test('older PHP, and one without it, answer 200', async () => {
    for (const data of [{ output_buffering: true, php: 'silent' as const }, {}]) {
      const { emulator, post } = await started(data);
      expect((await post(last("it's"))).status).toBe(200);
      await emulator.close();
    }
  });
});

describe('calls that race', () => {
  const races = { seed: 1, max_ms: 24 };
  const outcomeOf = (text: string) => /(ADDED|ALREADY EXISTS)/u.exec(text)?.[1] ?? 'failed';
  /** What three calls at once came to, several times over, sorted. */
  async function outcomes(data: Partial<SystemInput>, wordsOf: (round: number, call: number) => string) {
    const { emulator, post } = await started(data);
    const rounds = [];
    for (let round = 0; round < 20; round += 1) {
      const replies = await Promise.all([0, 1, 2].map((call) => post(wordsOf(round, call))));
      rounds.push(replies.map(({ text }) => outcomeOf(text)).sort());
    }
    await emulator.close();
    return rounds;
  }
  const added = (round: readonly string[]) => round.filter((outcome) => outcome === 'ADDED').length;
  const sameKey = (round: number) => `${newPhone} source=test extension=7${round}0 phone_login=7${round}0`;
  const sameLogin = (round: number, call: number) =>
    `${newPhone} source=test extension=7${round}0${call} phone_login=7${round}0`;

  test('add one phone of a key; the others exist already, or fail in the statement', async () => {
    const rounds = await outcomes({ races }, sameKey);
    expect(rounds.map(added)).toEqual(rounds.map(() => 1));
    expect(rounds.flat()).toContain('failed');
  });

  test('may add more than one phone with one login', async () => {
    const rounds = await outcomes({ races }, sameLogin);
    expect(rounds.some((round) => added(round) > 1)).toBe(true);
  });

  test('begin to race, and stop, when the setting changes while the emulator runs', async () => {
    const { emulator, post } = await started({});
    const settings: { races?: typeof races } = emulator.store.settings;
    const failures = async (first: number) => {
      const replies = [];
      for (let round = first; round < first + 10; round += 1)
        replies.push(...(await Promise.all([0, 1, 2].map(() => post(sameKey(round))))));
      return replies.filter(({ text }) => outcomeOf(text) === 'failed').length;
    };
    expect(await failures(0)).toBe(0);
    settings.races = races;
    expect(await failures(10)).toBeGreaterThan(0);
    delete settings.races;
    expect(await failures(20)).toBe(0);
    await emulator.close();
  });

  test('without the switch, calls at once are carried out one after the other', async () => {
    const rounds = [...(await outcomes({}, sameKey)), ...(await outcomes({}, sameLogin))];
    expect(rounds.map(added)).toEqual(rounds.map(() => 1));
    expect(rounds.flat()).not.toContain('failed');
  });
});

describe('use_non_latin', () => {
  const nonLatin = { use_non_latin: true };

  test('keeps letters of every script, but not emoji, combining marks, or a value that is no UTF-8', () => {
    const { call, stored } = startApi('241004', nonLatin);
    call(`${newPhone} phone_full_name=Käthe😀Ж́\u0301`);
    expect(stored()?.phone_full_name).toBe('KätheЖ');
    call(`${update} phone_full_name=caf\uDCE9 phone_context=new`);
    expect(stored()).toMatchObject({ phone_full_name: 'KätheЖ', phone_context: 'new' });
  });

  test('leaves server_ip, protocol, active and the like ASCII', () => {
    const { call } = startApi('241004', nonLatin);
    call(newPhone);
    expect(call(`${update} server_ip=10.0.0.11é protocol=SIPж delete_phone=Yé`)).toContain('PHONE HAS BEEN DELETED');
  });

  test.each([
    ['16 Cyrillic letters', 'Ж'.repeat(16), false],
    ['15 Cyrillic letters', 'Ж'.repeat(15), true],
    ['11 Chinese letters', '中'.repeat(11), false],
    ['10 Chinese letters', '中'.repeat(10), true],
    ['one Chinese letter', '中', true],
  ])('limits of update_phone are bytes: %s', (_name, value, accepted) => {
    const { call } = startApi('241004', nonLatin);
    call(newPhone);
    expect(call(`${update} phone_full_name=${value}`).startsWith('SUCCESS')).toBe(accepted);
  });

  test('columns are characters: add_phone stores fifty letters, and four question marks for one of four bytes', () => {
    const { call, stored } = startApi('241004', nonLatin);
    call(`${newPhone} phone_full_name=${'中'.repeat(60)} phone_login=𠀀a`);
    expect(stored()).toMatchObject({ phone_full_name: '中'.repeat(50), phone_login: '????a' });
    expect(call(`${newPhone} extension=55001 phone_login=𠀀a`)).toContain('PHONE LOGIN ALREADY EXISTS');
  });

  test.each(['cafe', 'CAFÉ', 'Café'])('finds the extension café as %s', (extension) => {
    const { call } = startApi('241004', nonLatin);
    call(`${newPhone} extension=café`);
    expect(call(`${update} extension=${extension}`)).toContain('SUCCESS');
    expect(call(`${newPhone} extension=${extension}`)).toContain('PHONE ALREADY EXISTS');
  });

  test.each([
    ['ёлка', 'елка', true],
    ['Йод', 'Иод', false],
    ['straße', 'strase', true],
    ['ΟΔΟΣ', 'οδός', true],
  ])('%s and %s are one key: %s', (one, other, same) => {
    const { call } = startApi('241004', nonLatin);
    call(`${newPhone} extension=${one}`);
    expect(call(`${update} extension=${other}`).startsWith('SUCCESS')).toBe(same);
  });

  test('user and password may have letters of any script', () => {
    const { call } = startApi('241004', { ...nonLatin, users: [{ user: 'jörg', password: 'žluť' }] });
    expect(call('function=update_phone user=JÖRG pass=žluť')).toContain('REQUIRED FIELDS: |JÖRG|');
  });

  test('builds before 220312 strip almost nothing, so that --BLANK-- clears and Yes does not delete', () => {
    const { call, send, stored } = startApi('200622', nonLatin);
    call(`${newPhone} phone_full_name=Desk!`);
    expect(send(`${update} extension=5'5`).status).toBe(500);
    expect(stored()?.phone_full_name).toBe('Desk!');
    call(`${update} outbound_alt_cid=7275551213`);
    call(`${update} outbound_alt_cid=--BLANK-- voicemail_id=--BLANK--`);
    expect(stored()).toMatchObject({ outbound_alt_cid: '', voicemail_id: '' });
    expect(call(`${update} delete_phone=Yes`)).toContain('UPDATED');
  });

  test('over tables in latin1, other scripts are question marks, and a look-up with them is a 500', () => {
    const { call, send, stored } = startApi('241004', { ...nonLatin, latin1_tables: true });
    call(`${newPhone} phone_full_name=Käthe中文`);
    expect(stored()?.phone_full_name).toBe('Käthe??');
    expect(send(`${update} extension=中文`)).toEqual({ status: 500, body: '' });
    expect(send(`${newPhone} extension=55001 phone_login=中文`).status).toBe(500);
  });
});

test('server names may be in any letter case; the phone has what was sent, and the mark is on the server', () => {
  const { call, api } = startApi('241004', { servers: ['node.Example'] });
  expect(call(`${newPhone} server_ip=NODE.example`)).toContain('SUCCESS');
  expect(api.store.phones).toMatchObject([{ server_ip: 'NODE.example' }]);
  expect([...api.store.rebuilding]).toEqual(['node.Example']);
});

test('the groups of a user that are three characters together with their spaces hide nothing', () => {
  const groups = (name: string) => ({ user_groups: [{ name: 'SALES', viewable_groups: [name] }] });
  for (const [name, found] of [
    ['A', true],
    ['AB', false],
  ] as const) {
    const { call } = startApi('241004', groups(name));
    call(`${newPhone} admin_user_group=ADMIN`);
    expect(call(`${update} user=sales`).startsWith('SUCCESS')).toBe(found);
  }
});

test('server_refresh counts the servers that wait for no rebuild yet, for any stage with the word', () => {
  const { call } = startApi();
  call(newPhone);
  expect(call('function=server_refresh stage=(xREFRESHx)')).toBe(
    'SUCCESS: server_refresh SERVER REFRESH HAS BEEN TRIGGERED - 6666|1',
  );
  expect(call('function=server_refresh stage=REFRESH')).toContain('6666|0');
  expect(call('function=server_refresh stage=refresh alias_id=desks')).toBe(
    'ERROR: server_refresh YOU MUST USE ALL REQUIRED FIELDS: |6666|desks||',
  );
});

test('vm_list shows the active phones that a user of level 7 may view, with nothing escaped', () => {
  const { call, api } = startApi();
  const put = (extension: string, columns: object) =>
    api.store.putPhone({ extension, server_ip: '10.0.0.11', voicemail_id: '801', active: 'Y', ...columns });
  put('55000', { phone_full_name: '<b>Desk</b>', email: 'a@b.c' });
  put('55001', { active: 'N' });
  put('55002', { admin_user_group: 'ADMIN' });
  const listed = (user: string) =>
    [...call(`function=vm_list user=${user}`).matchAll(/<td>(\d+) - /gu)].map((row) => row[1]);
  expect(call('function=vm_list user=level7')).toContain('<td>801</td><td>55000 - <b>Desk</b></td><td>a@b.c</td>');
  expect([listed('level7'), listed('sales')]).toEqual([['55000', '55002'], ['55000']]);
});
