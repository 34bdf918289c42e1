import { Ledger } from '../../../src/provider/ledger/ledger';
import type { Situation } from '../../../src/provider/ledger/rules';
import { WrittenKeys } from '../../../src/provider/ledger/written-keys';
import { allOrders, apply, plan, type Outcome, type Phone, type Resource, type Walk } from './walk';

const [k1, k2, k3] = ['10.0.0.11/cc1', '10.0.0.11/cc2', '10.0.0.12/cc3'];
const p1: Phone = { key: k1, login: 'l1' };
const p2: Phone = { key: k2, login: 'l2' };
const p3: Phone = { key: k3, login: 'l3' };

type Options = Omit<Walk, 'resources'>;
const all: Options = { server: [p1, p2, p3] };
const engines = [{ readsOrphansLate: true }, { readsOrphansLate: false }, { refresh: false }];

const unchanged = (phone: Phone): Resource => ({ state: phone, config: phone });

/** The outcomes of all orders, on engines of each kind. */
function everyOutcome(resources: readonly Resource[], options: Options): Outcome[] {
  return engines.flatMap((engine) => {
    const walk = { resources, ...engine, ...options };
    return allOrders(walk).map((order) => plan(walk, order));
  });
}

const listed = (strings: Iterable<string>) => [...strings].sort().join();

/** Expects the code in every order, and the situation wherever the ledger has seen both objects. */
function expectRefused(resources: readonly Resource[], code: string, situation: Situation, options = all): void {
  const outcomes = everyOutcome(resources, options);
  expect(new Set(outcomes.map(({ codes }) => listed(codes)))).toEqual(new Set([code]));
  const seen = outcomes.flatMap(({ errors }) => (errors.length > 0 ? [errors.map((error) => error.situation)] : []));
  expect(seen).not.toEqual([]);
  expect(seen.filter((situations) => !situations.includes(situation))).toEqual([]);
}

function expectAccepted(resources: readonly Resource[], options: Options = all): void {
  expect(new Set(everyOutcome(resources, options).map(({ codes }) => listed(codes)))).toEqual(new Set(['']));
}

describe('refused in every order of evaluation', () => {
  const refused: [string, Resource[], string, Situation, Options?][] = [
    // Row 2
    [
      '-replace with adopt_existing',
      [{ ...unchanged(p1), is: 'replaced' }],
      'phone-exists',
      'adopts-itself',
      { ...all, adoptExisting: true },
    ],
    [
      'a taint with adopt_existing',
      [{ ...unchanged(p1), is: 'tainted' }],
      'phone-exists',
      'adopts-stored',
      { ...all, adoptExisting: true },
    ],
    // Row 3
    ['an address renamed without moved', [{ state: p1 }, { config: p1 }], 'phone-exists', 'key-of-deleted'],
    [
      'an address renamed without moved, the key spelled otherwise',
      [{ state: p1 }, { config: { key: k1.toUpperCase(), login: 'L1' } }],
      'phone-exists',
      'key-of-deleted',
    ],
    [
      'an address renamed without moved, with adopt_existing',
      [{ state: p1 }, { config: p1 }],
      'phone-exists',
      'adopts-stored',
      { ...all, adoptExisting: true },
    ],
    // Row 4
    [
      'a list of count without its first element',
      [{ state: p1, config: p2 }, { state: p2, config: p3 }, { state: p3 }],
      'phone-exists',
      'key-shifted',
    ],
    [
      'a list of count with a new first element',
      [{ state: p1, config: p2 }, { state: p2, config: p1 }, { config: p3 }],
      'phone-exists',
      'keys-swapped',
    ],
    // Row 5
    [
      'keys that are swapped',
      [
        { state: p1, config: { ...p1, key: k2 } },
        { state: p2, config: { ...p2, key: k1 } },
      ],
      'phone-exists',
      'keys-swapped',
    ],
    [
      'a key taken over from a resource with a new key',
      [{ state: p1, config: { ...p1, key: '10.0.0.9/cc9' } }, { config: { key: k1, login: 'l9' } }],
      'phone-exists',
      'key-shifted',
    ],
    ['a key of a phone that stays', [unchanged(p1), { config: { key: k1, login: 'l9' } }], 'phone-exists', 'key-kept'],
    [
      'logins that are swapped',
      [
        { state: p1, config: { ...p1, login: 'l2' } },
        { state: p2, config: { ...p2, login: 'l1' } },
      ],
      'login-taken',
      'logins-swapped',
    ],
    [
      'the login of a deleted phone, for a new one',
      [{ state: p1 }, { config: { key: '10.0.0.9/cc9', login: 'l1' } }],
      'login-taken',
      'login-of-deleted',
    ],
    [
      'the login of a changed phone, for a new one',
      [{ state: p1, config: { ...p1, login: 'l9' } }, { config: { key: '10.0.0.9/cc9', login: 'l1' } }],
      'login-taken',
      'login-of-changed',
    ],
    [
      'the login of a deleted phone, for another in state',
      [{ state: p1 }, { state: p2, config: { ...p2, login: 'l1' } }],
      'login-taken',
      'login-of-deleted',
    ],
    [
      'the login of a phone that may change it',
      [
        { state: p1, config: { key: k1, login: undefined } },
        { state: p2, config: { ...p2, login: 'l1' } },
      ],
      'login-taken',
      'login-kept',
    ],
    [
      'two updates to one login',
      [
        { state: p1, config: { ...p1, login: 'l9' } },
        { state: p2, config: { ...p2, login: 'L9' } },
      ],
      'duplicate-in-plan',
      'planned-twice',
    ],
    [
      'an update and a creation to one login',
      [{ state: p1, config: { ...p1, login: 'l9' } }, { config: { key: '10.0.0.9/cc9', login: 'l9' } }],
      'duplicate-in-plan',
      'planned-twice',
    ],
    [
      'two new phones with one key',
      [{ config: { key: '10.0.0.9/café', login: 'l8' } }, { config: { key: '10.0.0.9/CAFE', login: 'l9' } }],
      'duplicate-in-plan',
      'planned-twice',
    ],
    [
      'two imports that declare one login',
      [
        { imports: k1, config: { key: k1, login: 'l9' } },
        { imports: k2, config: { key: k2, login: 'l9' } },
      ],
      'duplicate-in-plan',
      'planned-twice',
    ],
    [
      'an import that declares the login of a phone in state',
      [{ imports: k1, config: { key: k1, login: 'l3' } }, unchanged(p3)],
      'login-taken',
      'login-kept',
    ],
    [
      'an adoption with the login of a phone in state',
      [{ config: { key: k1, login: 'l3' } }, unchanged(p3)],
      'login-taken',
      'login-kept',
      { ...all, adoptExisting: true },
    ],
    [
      '-replace of a phone whose login another has too',
      [{ ...unchanged(p1), is: 'replaced' }, unchanged({ ...p3, login: 'l1' })],
      'login-taken',
      'login-kept',
      { server: [p1, { ...p3, login: 'l1' }] },
    ],
    [
      'a new key for a phone whose login another has too',
      [{ state: p1, config: { ...p1, key: k2 } }, unchanged({ ...p3, login: 'l1' })],
      'login-taken',
      'login-kept',
      { server: [p1, { ...p3, login: 'l1' }] },
    ],
    // Row 6
    [
      'two imports of one phone',
      [
        { imports: k1, config: p1 },
        { imports: k1.toUpperCase(), config: { ...p1, key: k1.toUpperCase() } },
      ],
      'stored-twice',
      'imported-twice',
    ],
    [
      'an import of a phone in state',
      [{ imports: k1, config: { key: k1, login: undefined } }, unchanged(p1)],
      'stored-twice',
      'imported-twice',
    ],
    ['a phone in state twice', [unchanged(p1), unchanged(p1)], 'stored-twice', 'stored-twice'],
    [
      'a phone in state twice, one of them removed',
      [unchanged(p1), { state: p1 }],
      'stored-twice',
      'stored-twice-one-leaves',
    ],
    [
      'a phone in state twice, one of them with a new key',
      [unchanged(p1), { state: p1, config: { key: k2, login: 'l2' } }],
      'stored-twice',
      'stored-twice-one-leaves',
      { server: [p1] },
    ],
    // Row 17
    [
      'adoption of a phone that state forgets',
      [{ state: p1, is: 'forgotten' }, { config: p1 }],
      'phone-exists',
      'adopts-stored',
      { ...all, adoptExisting: true },
    ],
    [
      'adoption of a phone that is imported',
      [{ imports: k1, config: { key: k1, login: undefined } }, { config: p1 }],
      'phone-exists',
      'adopts-stored',
      { ...all, adoptExisting: true },
    ],
    // Row 19
    [
      'an unknown key of a phone in state',
      [{ state: p1, config: { key: undefined, login: 'l1' } }, unchanged(p2)],
      'key-unknown',
      'key-unknown',
    ],
  ];

  for (const [name, resources, code, situation, options] of refused)
    test(name, () => expectRefused(resources, code, situation, options));
});

describe('accepted in every order of evaluation', () => {
  const accepted: [string, Resource[], Options?][] = [
    ['moved, and for_each reordered: no change to any phone', [unchanged(p1), unchanged(p2), unchanged(p3)]],
    [
      'import and removed in one plan',
      [
        { state: p1, is: 'forgotten' },
        { imports: k1, config: p1 },
      ],
    ],
    ['one of two doubles taken out with removed', [{ state: p1, is: 'forgotten' }, unchanged(p1)]],
    ['destroy of everything, a double included', [{ state: p1 }, { state: p2 }, { state: p2 }]],
    ['-replace', [{ ...unchanged(p1), is: 'replaced' }, unchanged(p2)]],
    ['-replace with a new login', [{ state: p1, config: { ...p1, login: 'l9' }, is: 'replaced' }, unchanged(p2)]],
    ['a new key with the login kept', [{ state: p1, config: { key: '10.0.0.9/cc9', login: 'l1' } }, unchanged(p2)]],
    ['a new key with a new login', [{ state: p1, config: { key: '10.0.0.9/cc9', login: 'l9' } }, unchanged(p2)]],
    ['a new key in another spelling', [{ state: p1, config: { ...p1, key: k1.toUpperCase() } }]],
    [
      'two phones in state with one login',
      [unchanged(p1), unchanged({ ...p2, login: 'l1' })],
      { server: [p1, { ...p2, login: 'l1' }] },
    ],
    [
      'a phone that gets out of a shared login',
      [unchanged(p1), { state: { ...p2, login: 'l1' }, config: p2 }],
      { server: [p1, { ...p2, login: 'l1' }] },
    ],
    [
      'one of two phones with one login deleted',
      [unchanged(p1), { state: { ...p2, login: 'l1' } }],
      { server: [p1, { ...p2, login: 'l1' }] },
    ],
    ['an import with its own login', [{ imports: k1, config: p1 }, unchanged(p2)]],
    [
      'an import with a new key and its own login',
      [{ imports: k1, config: { key: '10.0.0.9/cc9', login: 'l1' } }, unchanged(p2)],
    ],
    ['an adoption with its own login', [{ config: p1 }, unchanged(p2)], { ...all, adoptExisting: true }],
    [
      'a new phone where another was deleted by hand',
      [{ state: p1, config: p1 }, { config: { key: '10.0.0.9/cc9', login: 'l9' } }],
      { server: [p2], refresh: true },
    ],
  ];

  for (const [name, resources, options] of accepted) test(name, () => expectAccepted(resources, options));

  test.each([true, false])('one taint within a count, and a new phone (orphans read late: %s)', (readsOrphansLate) => {
    const walk: Walk = {
      resources: [{ ...unchanged(p1), is: 'tainted' }, unchanged(p2), { config: p3 }],
      server: [p1, p2],
      readsOrphansLate,
    };
    for (const order of allOrders(walk)) expect([...plan(walk, order).codes]).toEqual([]);
  });
});

describe('a tainted phone', () => {
  const tainted: Resource = { ...unchanged(p1), is: 'tainted' };

  test('is not known without a refresh: the server says that it exists', () => {
    const walk: Walk = { resources: [tainted], ...all, refresh: false };
    for (const order of allOrders(walk)) expect([...plan(walk, order).codes]).toEqual(['phone-exists']);
  });

  test('is refused where it gets another key and keeps its login', () => {
    const walk: Walk = {
      resources: [{ state: p1, config: { key: '10.0.0.9/cc9', login: 'l1' }, is: 'tainted' }],
      ...all,
    };
    for (const order of allOrders(walk)) expect([...plan(walk, order).codes]).toEqual(['login-taken']);
  });

  test('does not hide a new phone of its key, whichever is planned first', () => {
    const walk: Walk = { resources: [tainted, { config: p1 }], ...all };
    for (const order of allOrders(walk))
      expect([...plan(walk, order).codes].sort()).toEqual(['duplicate-in-plan', 'phone-exists']);
  });

  test('that leaves its key to a new phone is the exception: refused, or nothing but its own phone is deleted', () => {
    const next = { key: '10.0.0.9/cc9', login: 'l9' };
    const resources: Resource[] = [{ state: p1, config: next, is: 'tainted' }, { config: { key: k1, login: 'l8' } }];
    const walk: Walk = { resources, ...all };
    const outcomes = allOrders(walk).map((order) => plan(walk, order));
    expect(new Set(outcomes.map(({ codes }) => listed(codes)))).toEqual(new Set(['', 'phone-exists']));
    for (const outcome of outcomes.filter(({ codes }) => codes.size === 0)) {
      expect(() => apply(walk, outcome, [1, 0, 0])).toThrow(`${k1} exists`);
      expect(apply(walk, outcome, [0, 0, 1]).find(k1)).toEqual({ key: k1, login: 'l8' });
    }
  });
});

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
    expect(ledger.planCreate(phone, p1, marker)).toMatchObject({ creation: 'second-half', errors: [] });
    const other = new Ledger('another process');
    other.planUpdate(stored(p1), p1);
    expect(other.planCreate(phone, p1, marker)).toMatchObject({
      creation: 'new',
      errors: [{ code: 'phone-exists', situation: 'key-kept' }],
    });
  });

  test('after the first Apply, nothing', () => {
    const { marker } = ledger.planDelete(stored(p1));
    ledger.planDelete(stored(p2));
    ledger.end();
    expect(ledger.planCreate(phone, p2)).toMatchObject({ creation: 'new', errors: [], warnings: [], questions: {} });
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
  const keepsList = (ledger: Ledger) => ledger.planUpdate(alias, { logins: ['L1', 'l2'] });
  const creates = (ledger: Ledger) => ledger.planCreate('phone_alias', { key: 'desks', logins: ['l1'] });

  test.each([
    [deletes, keepsList],
    [keepsList, deletes],
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
    keepsList(shared);
    expect(deletes(shared).warnings).toEqual([]);
  });

  test('is none where the phone is added again with it', () => {
    const ledger = new Ledger('process');
    keepsList(ledger);
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
