import { k1, k2, p1, p2, p3 } from './every-order';
import { Ledger } from '../../../src/provider/ledger/ledger';
import { WrittenKeys } from '../../../src/provider/ledger/written-keys';
import type { Phone } from './model-server';

describe('what is reported', () => {
  const phone = 'phone' as const;
  const stored = (object: Phone) => ({ type: phone, ...object });
  let ledger: Ledger;
  beforeEach(() => {
    ledger = new Ledger('process');
  });

  test('a conflict names both objects, as they were written', () => {
    ledger.planDelete(stored({ key: '10.0.0.11/CC1', login: 'L1' }));
    expect(ledger.planCreate(phone, p1).errors).toEqual([
      {
        code: 'phone-exists',
        situation: 'key-of-deleted',
        type: 'phone',
        key: k1,
        action: 'create',
        identity: k1,
        otherKey: '10.0.0.11/CC1',
        otherAction: 'delete',
      },
    ]);
  });

  test('an object in the middle of a shift has one failure, not one for each neighbour', () => {
    ledger.planReplace(stored(p1), p2);
    ledger.planDelete(stored(p3));
    expect(ledger.planReplace(stored(p2), p3).errors).toHaveLength(1);
  });

  test('objects in conflict over a key are not reported over a login too', () => {
    ledger.planDelete(stored(p1));
    expect(ledger.planCreate(phone, p1).errors.map(({ code }) => code)).toEqual(['phone-exists']);
  });

  test('an alias_id has a code of its own, and shares nothing with a phone login', () => {
    ledger.planCreate(phone, { key: k1, login: 'desks' });
    expect(ledger.planDelete({ type: 'phone_alias', key: 'desks' }).errors).toEqual([]);
    expect(ledger.planCreate('phone_alias', { key: 'Desks' }).errors).toMatchObject([{ code: 'alias-exists' }]);
  });

  test('a second half is known by the marker of its first, and by no other', () => {
    const { marker } = ledger.planUpdate(stored(p1), p1);
    expect(ledger.planCreate(phone, p1, marker)).toMatchObject({ createdAs: 'second-half', errors: [] });
    const other = new Ledger('another process');
    other.planUpdate(stored(p1), p1);
    expect(other.planCreate(phone, p1, marker)).toMatchObject({
      createdAs: 'new',
      errors: [{ code: 'phone-exists', situation: 'key-stays' }],
    });
  });

  test('after the first Apply, nothing', () => {
    const { marker } = ledger.planDelete(stored(p1));
    ledger.planDelete(stored(p2));
    ledger.end();
    expect(ledger.planCreate(phone, p2)).toMatchObject({ createdAs: 'new', errors: [], warnings: [], questions: {} });
    expect(ledger.planUpdate(stored(p3), { login: 'l1' })).toMatchObject({ errors: [], questions: {} });
    expect(ledger.planReplace(stored(p3), { key: undefined })).toMatchObject({ errors: [], questions: {} });
    expect([ledger.planAdoption(marker), ledger.priorState(stored(p2)), ledger.found(stored(p2))]).toEqual([
      [],
      [],
      [],
    ]);
  });
});

describe('what is to be asked of the server', () => {
  const prior = { type: 'phone', ...p1 } as const;
  const ledger = () => new Ledger('process');

  test('of a new phone, its key and login', () => {
    expect(ledger().planCreate('phone', p1).questions).toEqual(p1);
  });

  test('of an update, a new login; of an import, whether the login is its own', () => {
    expect(ledger().planUpdate(prior, { login: 'L1' }).questions).toEqual({});
    expect(ledger().planUpdate(prior, { login: 'l2' }).questions).toEqual({ login: 'l2' });
    expect(ledger().planUpdate({ type: 'phone', key: k1 }, p1).questions).toEqual({ login: 'l1', ownKey: k1 });
  });

  test('of a new key, all at the first half, and nothing at the second', () => {
    const one = ledger();
    const { marker, questions } = one.planReplace(prior, { key: k2, login: 'l1' });
    expect(questions).toEqual({ key: k2, login: 'l1', ownKey: k1 });
    expect(one.planCreate('phone', { key: k2, login: 'l1' }, marker).questions).toEqual({});
  });

  test('of -replace, at its second half, whether another phone has got its login by hand', () => {
    const one = ledger();
    const { marker } = one.planUpdate(prior, p1);
    expect(one.planCreate('phone', p1, marker).questions).toEqual({ login: 'l1', ownKey: k1 });
  });

  test('of a tainted phone, not its key', () => {
    const one = ledger();
    one.found(prior);
    expect(one.planCreate('phone', { key: k1, login: 'l2' }).questions).toEqual({ login: 'l2' });
    const other = ledger();
    other.found(prior);
    expect(other.planCreate('phone', p1).questions).toEqual({ login: 'l1', ownKey: k1 });
  });

  test('of a tainted phone, no more where state forgets another of its key', () => {
    const one = ledger();
    one.found(prior);
    one.priorState({ ...prior, login: 'l2' });
    expect(one.planCreate('phone', p1).questions).toEqual({ login: 'l1', ownKey: k1 });
  });

  test('of an unknown key or login, nothing', () => {
    expect(ledger().planCreate('phone', { key: undefined, login: undefined }).questions).toEqual({});
    expect(ledger().planUpdate(prior, { login: undefined }).questions).toEqual({});
  });
});

describe('a login that a phone leaves and a phone alias lists', () => {
  const prior = { type: 'phone', ...p1 } as const;
  const alias = { type: 'phone_alias', key: 'desks' } as const;
  const deletes = (ledger: Ledger) => ledger.planDelete(prior);
  const changes = (ledger: Ledger) => ledger.planUpdate(prior, { login: 'l9' });
  const sameList = (ledger: Ledger) => ledger.planUpdate(alias, { logins: ['L1', 'l2'] });
  const creates = (ledger: Ledger) => ledger.planCreate('phone_alias', { key: 'desks', logins: ['l1'] });

  test.each([
    [deletes, sameList],
    [sameList, deletes],
    [changes, creates],
    [creates, changes],
  ])('is a warning, in either order', (first, second) => {
    const ledger = new Ledger('process');
    expect(first(ledger).warnings).toEqual([]);
    expect(second(ledger).warnings).toMatchObject([{ code: 'login-still-listed', situation: 'login-still-listed' }]);
  });

  test('is none where the list no longer has it, the alias goes too, or another phone has the login', () => {
    const ledger = new Ledger('process');
    ledger.planUpdate(alias, { logins: ['l2'] });
    ledger.planDelete({ ...alias, key: 'night' });
    expect(deletes(ledger).warnings).toEqual([]);
    const shared = new Ledger('process');
    shared.planUpdate({ type: 'phone', key: k2, login: 'l1' }, { login: 'l1' });
    sameList(shared);
    expect(deletes(shared).warnings).toEqual([]);
  });

  test('is none where the phone is added again with it', () => {
    const ledger = new Ledger('process');
    sameList(ledger);
    expect(ledger.planReplace(prior, { key: k2, login: 'l1' }).warnings).toEqual([]);
  });
});

test('a key that this process has written is known in any spelling, and by its type', () => {
  const written = new WrittenKeys();
  written.add('phone', '10.0.0.11/café');
  expect(written.has('phone', '10.0.0.11/CAFE')).toBe(true);
  expect(written.has('phone', '10.0.0.12/café')).toBe(false);
  expect(written.has('phone_alias', '10.0.0.11/café')).toBe(false);
});
