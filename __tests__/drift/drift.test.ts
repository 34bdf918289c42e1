import { Drift, type Lookup } from '../../src/drift/drift';
import { objectsOfSystem } from '../../src/drift/systems';
import type { EnvironmentChanges } from '../../src/environment/environment-file';
import type { StateObject } from '../../src/report/addressed-objects';
import { readFrom } from '../environment/environment-of';
import { driftOf, east, fileOf, found, inState, phone, row, west } from './samples';

describe('a value', () => {
  const states: Readonly<Record<string, unknown>> = { same: 'Desk', old: 'Old', other: 'Third', null: null };
  test.each([
    // declared is Desk
    ['Desk', 'same', []],
    ['Desk', 'old', []],
    ['Hand', 'same', ['changed 10.0.0.11/55000: phone_full_name']],
    ['Old', 'old', ['update 10.0.0.11/55000: phone_full_name']],
    ['Hand', 'other', ['changed 10.0.0.11/55000: phone_full_name']],
    ['Hand', 'null', ['update 10.0.0.11/55000: phone_full_name']],
  ])('that is %s on the system and %s in state', (onSystem, applied, expected) => {
    const drift = driftOf({
      environment: fileOf([phone('55000')]),
      rows: [row('55000', { phone_full_name: onSystem })],
      state: [inState('55000', { phone_full_name: states[applied] })],
    });
    expect(found(drift)).toEqual(expected);
    expect(drift.report().result).toBe(expected.some((each) => each.startsWith('changed')) ? 'drift' : 'none');
  });

  test('is shown as it is declared, applied and found, with the line of the file', () => {
    const drift = driftOf({
      environment: fileOf([phone('55000')]),
      rows: [row('55000', { phone_full_name: 'Hand' })],
      state: [inState('55000', { phone_full_name: 'Third' })],
    });
    expect(drift.report().changed).toMatchObject([
      {
        type: 'phone',
        name: 'east/55000',
        place: { file: 'lab.yaml' },
        fields: [{ name: 'phone_full_name', declared: 'Desk', applied: 'Third', found: 'Hand' }],
      },
    ]);
  });

  test('that is not declared, or that the file ignores, is no drift', () => {
    const rows = [row('55000', { phone_full_name: 'Hand', email: 'hand@example.com' })];
    const environment = fileOf([phone('55000')], { ignore: ['phone_full_name'] });
    expect(found(driftOf({ environment, rows, state: [inState('55000')] }))).toEqual([]);
  });

  test('that means the same in another spelling is no drift', () => {
    const environment = fileOf([phone('55000', { local_gmt: '-5.00', phone_ring_timeout: 60, email: '' })]);
    const rows = [row('55000', { local_gmt: '-5', phone_ring_timeout: '60', email: null })];
    const state = [inState('55000', { local_gmt: '-5.00', phone_ring_timeout: 60, email: '' })];
    expect(found(driftOf({ environment, rows, state }))).toEqual([]);
  });
});

describe('a password', () => {
  const environment = fileOf([phone('55000', { phone_pass: { variable: 'phone_pass' } })]);

  test('is compared with the one in state, and never shown', () => {
    const changed = driftOf({
      environment,
      rows: [row('55000', { phone_pass: 'byHandSecret' })],
      state: [inState('55000')],
    });
    expect(found(changed)).toEqual(['changed 10.0.0.11/55000: phone_pass']);
    expect(JSON.stringify(changed.report())).not.toMatch(/byHandSecret|agentPass/u);
    const same = driftOf({ environment, rows: [row('55000')], state: [inState('55000')] });
    expect([found(same), same.report().notes]).toEqual([[], []]);
  });

  test.each([
    ['no state', undefined, 'their values are in the state only'],
    ['none in state', [inState('55000', { phone_pass: null })], 'the state does not have them'],
  ])('is not compared with %s, which is said', (_name, state, reason) => {
    const drift = driftOf({ environment, rows: [row('55000', { phone_pass: 'byHandSecret' })], state });
    expect(found(drift)).toEqual([]);
    expect(drift.report().notes.join('\n')).toContain(`1 declared password was not compared: ${reason}`);
  });

  test('that is not declared is not managed', () => {
    const rows = [row('55000', { phone_pass: 'byHandSecret' })];
    expect(found(driftOf({ environment: fileOf([phone('55000')]), rows, state: [inState('55000')] }))).toEqual([]);
  });
});

describe('an object', () => {
  test.each<[string, boolean, boolean, boolean, string[]]>([
    // declared, in state, on the system
    ['only on the system', false, false, true, ['unmanaged 10.0.0.11/55000']],
    ['that was deleted on the system', true, true, false, ['missing 10.0.0.11/55000']],
    ['that is not created yet', true, false, false, ['create 10.0.0.11/55000']],
    ['that exists and is not in state', true, false, true, ['adopt 10.0.0.11/55000']],
    ['whose deletion is not applied', false, true, true, ['delete 10.0.0.11/55000']],
    ['that was deleted before the apply that deletes it', false, true, false, []],
  ])('%s', (_name, isDeclared, isApplied, isFound, expected) => {
    const drift = driftOf({
      environment: fileOf(isDeclared ? [phone('55000')] : []),
      rows: isFound ? [row('55000', { phone_full_name: 'Hand' })] : [],
      state: isApplied ? [inState('55000')] : [],
    });
    expect(found(drift)).toEqual(expected);
  });

  test('to import or to forget is named so', () => {
    const drift = driftOf({
      environment: fileOf([phone('55000')], { imports: 'all', removed: ['vicidial_phone.phone-east-55001'] }),
      rows: [row('55000'), row('55001')],
      state: [inState('55001')],
    });
    expect(found(drift)).toEqual(['import 10.0.0.11/55000', 'forget 10.0.0.11/55001']);
  });

  test('is drift without a state, which is said', () => {
    const drift = driftOf({
      environment: fileOf([phone('55000'), phone('55001')]),
      rows: [row('55001', { phone_full_name: 'Old' })],
    });
    expect(found(drift)).toEqual(['changed 10.0.0.11/55001: phone_full_name', 'missing 10.0.0.11/55000']);
    expect(drift.report()).toMatchObject({ state: 'none' });
    expect(drift.report().notes[0]).toContain('cannot be distinguished');
  });

  test('is paired in any letter case', () => {
    const drift = driftOf({
      environment: fileOf([phone('cc100')]),
      rows: [row('CC100', { phone_login: 'cc100' })],
      state: [inState('Cc100', { phone_login: 'cc100' })],
    });
    expect(found(drift)).toEqual([]);
  });

  test('of a server that VICIdial has moved is the one in state at the old address', () => {
    const environment = fileOf([phone('55000')], { servers: { east: { ip: '10.0.0.21', was: east } } });
    const rows = [row('55000', { phone_full_name: 'Hand' }, '10.0.0.21')];
    expect(found(driftOf({ environment, rows, state: [inState('55000')] }))).toEqual([
      'changed 10.0.0.21/55000: phone_full_name',
    ]);
    const notMoved = driftOf({ environment, rows: [row('55000')], state: [inState('55000')] });
    expect(found(notMoved)).toEqual(['create 10.0.0.21/55000', 'delete 10.0.0.11/55000']);
  });

  test.each<[Lookup, string[]]>([
    ['hidden', ['hidden 10.0.0.11/55000']],
    ['not-found', ['missing 10.0.0.11/55000']],
    ['unknown', ['missing 10.0.0.11/55000']],
    ['found', []],
  ])('that the reader does not show, and is %s', (lookUpAll, expected) => {
    const drift = driftOf({ environment: fileOf([phone('55000')]), state: [inState('55000')] });
    expect(drift.missing).toMatchObject([{ type: 'phone', key: '10.0.0.11/55000' }]);
    drift.setLookups([lookUpAll]);
    expect(found(drift)).toEqual(expected);
    expect(drift.report().notes.join('\n').includes('may only be hidden')).toBe(lookUpAll === 'unknown');
  });
});

describe('a phone alias', () => {
  const environment = fileOf([phone('55000'), phone('55001')], {
    aliases: [{ alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000', '55001'] }],
  });
  const rows = [row('55000'), row('55001')];
  const stateOf = (logins: readonly string[]): StateObject[] => [
    inState('55000'),
    inState('55001'),
    {
      address: 'vicidial_phone_alias.alias-desks',
      type: 'vicidial_phone_alias',
      values: { alias_id: 'desks', alias_name: 'Desks', phone_logins: logins },
    },
  ];
  test.each([
    [['55001', '55000'], ['55000', '55001'], []],
    [['55000'], ['55000', '55001'], ['changed desks: phone_logins']],
    [['55000'], ['55000'], ['update desks: phone_logins']],
  ])('that lists %j on the system and %j in state', (onSystem, applied, expected) => {
    const aliases = [{ alias_id: 'desks', alias_name: 'Desks', phone_logins: onSystem }];
    expect(found(driftOf({ environment, rows, aliases, state: stateOf(applied) }))).toEqual(expected);
  });

  test('is missing and unmanaged like a phone', () => {
    const aliases = [{ alias_id: 'night', alias_name: 'Night', phone_logins: ['55000'] }];
    expect(found(driftOf({ environment, rows, aliases, state: stateOf(['55000', '55001']) }))).toEqual([
      'missing desks',
      'unmanaged night',
    ]);
  });
});

describe('what is managed elsewhere', () => {
  const rows = [
    row('55000'),
    row('90001'),
    row('90002', {}, west),
    row('56000', {}, west),
    row('57000', { admin_user_group: 'SALES' }),
  ];
  const aliases = [{ alias_id: 'tmp-1', alias_name: 'Tmp', phone_logins: ['55000'] }];

  test('is ignored by server, extension, user group and alias_id, what is declared never', () => {
    const ignore: EnvironmentChanges['ignore'] = [
      { server: 'east', extension: ['9*', '55000'] },
      { server: west, extension: '56???' },
      { user_group: 'sales' },
      { alias_id: 'TMP*' },
    ];
    const drift = driftOf({ environment: fileOf([phone('55000')], { ignore }), rows, aliases, state: [] });
    expect(found(drift)).toEqual(['unmanaged 10.0.0.12/90002', 'adopt 10.0.0.11/55000']);
    expect(drift.report().counts).toMatchObject({ ignored: 4, found: 2, managed: 1, managedPercent: 50 });
  });

  test('is counted for the environment that declares it', () => {
    const files = { 'west.yaml': `version: 1\nservers: { w: ${west} }\nphones: [{ server: w, extension: '56000' }]\n` };
    const others = [readFrom(files, 'west.yaml')];
    const drift = driftOf({ environment: fileOf([phone('55000')]), others, rows, state: [inState('55000')] });
    expect(found(drift)).toEqual([
      'unmanaged 10.0.0.11/90001',
      'unmanaged 10.0.0.12/90002',
      'unmanaged 10.0.0.11/57000',
    ]);
    expect(drift.report().counts).toEqual({
      declared: 1,
      found: 5,
      managed: 2,
      managedPercent: 40,
      ignored: 0,
      elsewhere: { west: 1 },
    });
  });
});

test('without a single object the percentage is not known', () => {
  expect(driftOf({}).report()).toMatchObject({ result: 'none', counts: { found: 0, managedPercent: null } });
});

test('what a reader cannot show is said, by field', () => {
  const environment = fileOf([phone('55000', { email: 'a@example.com' })]);
  const rows = {
    phones: [{ values: { server_ip: east, extension: '55000', phone_login: '55000', phone_full_name: 'Desk' } }],
    aliases: [],
  };
  const drift = new Drift({ environment, others: [], system: 's', user: 'u', reader: 'admin', rows, state: undefined });
  expect(drift.report().notes).toContain('email of 1 object cannot be read by the admin pages, and was not compared.');
});

describe('a state', () => {
  const of = (system: unknown) => ({ address: 'a', type: 'vicidial_phone', values: { system } });
  test('of another system is refused; what has no system belongs to it', () => {
    expect(() => objectsOfSystem([of('a'), of('b')], 'c', undefined)).toThrow(
      'The state has objects of a, b, and what is read is c.',
    );
    expect(objectsOfSystem([of('a'), of('b'), of(null)], 'a', undefined)).toHaveLength(2);
    expect(objectsOfSystem([of('a')], 'c', 'a')).toHaveLength(1);
    expect(objectsOfSystem([], 'c', undefined)).toEqual([]);
  });
});
