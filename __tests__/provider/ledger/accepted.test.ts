import { listed, type Options, k1, p1, p2, p3, all, unchanged, expectAccepted } from './every-order';
import { allOrders, apply, plan, type Resource, type Walk } from './walk';

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
