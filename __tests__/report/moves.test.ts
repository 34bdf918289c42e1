/** Which moved blocks are printed. */
import { declaredObjects, objectsInState } from '../../src/report/addressed-objects';
import { pairMoves, toHcl, toYaml } from '../../src/report/moves';
import { resourceChange, samplePlan, storedPhone } from '../../testing/sample-plan';

type Fields = Readonly<Record<string, unknown>>;

const instance = (attributes: Fields, index_key?: string | number) => ({ index_key, attributes });

const stateFile = JSON.stringify({
  version: 4,
  resources: [
    {
      mode: 'managed',
      type: 'vicidial_phone',
      name: 'desk',
      instances: [instance(storedPhone('55000'), 0), instance(storedPhone('55001'), 1)],
    },
    {
      module: 'module.site["a"]',
      mode: 'managed',
      type: 'vicidial_phone',
      name: 'front',
      instances: [instance(storedPhone('55002'))],
    },
    { mode: 'managed', type: 'vicidial_phone_alias', name: 'desks', instances: [instance({ alias_id: 'desks' })] },
    {
      mode: 'managed',
      type: 'vicidial_phone',
      name: 'old',
      instances: [{ deposed: 'ab12', attributes: storedPhone('55009') }],
    },
    { mode: 'data', type: 'vicidial_phone', name: 'read', instances: [instance(storedPhone('55003'))] },
  ],
});

const shownState = JSON.stringify({
  format_version: '1.0',
  values: {
    root_module: {
      resources: [
        { address: 'vicidial_phone.desk[0]', mode: 'managed', type: 'vicidial_phone', values: storedPhone('55000') },
        { address: 'vicidial_phone.desk[1]', mode: 'managed', type: 'vicidial_phone', values: storedPhone('55001') },
        {
          address: 'vicidial_phone_alias.desks',
          mode: 'managed',
          type: 'vicidial_phone_alias',
          values: { alias_id: 'desks' },
        },
      ],
      child_modules: [
        {
          resources: [
            {
              address: 'module.site["a"].vicidial_phone.front',
              mode: 'managed',
              type: 'vicidial_phone',
              values: storedPhone('55002'),
            },
          ],
        },
      ],
    },
  },
});

/** A plan whose prior state has the same objects. */
const plan = JSON.stringify({
  format_version: '1.2',
  prior_state: JSON.parse(shownState) as unknown,
  configuration: {},
});

const synthesised = JSON.stringify({
  resource: {
    vicidial_phone: {
      'phone-east-55000': { server_ip: '10.0.0.11', extension: '55000' },
      'phone-east-55001': { server_ip: '10.0.0.11', extension: '55001' },
      front: { server_ip: '10.0.0.11', extension: '55002' },
      expression: { server_ip: '10.0.0.11', extension: '${var.extension}' },
    },
    vicidial_phone_alias: { desks: { alias_id: 'desks' } },
    null_resource: { x: {} },
  },
});

const expected = [
  { from: 'vicidial_phone.desk[0]', to: 'vicidial_phone.phone-east-55000' },
  { from: 'vicidial_phone.desk[1]', to: 'vicidial_phone.phone-east-55001' },
  { from: 'module.site["a"].vicidial_phone.front', to: 'vicidial_phone.front' },
];

test.each([
  ['a state file', stateFile],
  ['the JSON of a state', shownState],
  ['the JSON of a plan', plan],
])('addresses in %s are paired with those of a synthesised configuration by key', (_name, old) => {
  expect(pairMoves(objectsInState(old, 'old'), declaredObjects(synthesised, 'cdk.tf.json', undefined))).toEqual({
    moves: expected,
    refused: [],
  });
});

test('of a refused plan, planned creates and the errors of its log are the new addresses', () => {
  const before = storedPhone('55000');
  const refused = samplePlan(
    [
      resourceChange('vicidial_phone.old', ['delete'], before, null),
      resourceChange('vicidial_phone.older', ['delete'], storedPhone('55001'), null),
      resourceChange('vicidial_phone.newer', ['create'], null, storedPhone('55001')),
    ],
    { errored: true },
  );
  const diagnostic = (address: string) =>
    JSON.stringify({
      type: 'diagnostic',
      diagnostic: {
        severity: 'error',
        summary: 'Exists',
        detail: 'x\nObject: vicidial_phone 10.0.0.11/55000',
        address,
      },
    });
  // The error is about both: which of the two the engine asks first is not known.
  const log = [diagnostic('vicidial_phone.old'), diagnostic('vicidial_phone.new["a"]')].join('\n');
  expect(pairMoves(objectsInState(refused, 'plan.json'), declaredObjects(refused, 'plan.json', log)).moves).toEqual([
    { from: 'vicidial_phone.older', to: 'vicidial_phone.newer' },
    { from: 'vicidial_phone.old', to: 'vicidial_phone.new["a"]' },
  ]);
});

const phone = (address: string, key: string) => ({ address, type: 'vicidial_phone', key });

test('keys are compared exactly, and types too', () => {
  const old = [
    phone('vicidial_phone.a', '10.0.0.11/Desk'),
    { address: 'vicidial_phone_alias.a', type: 'vicidial_phone_alias', key: 'x' },
  ];
  expect(pairMoves(old, [phone('vicidial_phone.b', '10.0.0.11/desk'), phone('vicidial_phone.c', 'x')]).moves).toEqual(
    [],
  );
});

test('an object that is at its address still is not moved', () => {
  const old = [phone('vicidial_phone.a', 'k')];
  expect(pairMoves(old, [phone('vicidial_phone.a', 'k'), phone('vicidial_phone.b', 'k')])).toEqual({
    moves: [],
    refused: [],
  });
});

test.each([
  [
    'an address that another object has in state',
    [phone('vicidial_phone.a[0]', 'k0'), phone('vicidial_phone.a[1]', 'k1')],
    [phone('vicidial_phone.a[0]', 'k1')],
    'vicidial_phone k1 cannot move from vicidial_phone.a[1] to vicidial_phone.a[0]',
  ],
  [
    'a key that is in state twice',
    [phone('vicidial_phone.a', 'k'), phone('vicidial_phone.b', 'k')],
    [phone('vicidial_phone.c', 'k')],
    'vicidial_phone k is in state more than once: vicidial_phone.a, vicidial_phone.b',
  ],
  [
    'a key that is declared twice',
    [phone('vicidial_phone.a', 'k')],
    [phone('vicidial_phone.b', 'k'), phone('vicidial_phone.c', 'k')],
    'vicidial_phone k is declared more than once: vicidial_phone.b, vicidial_phone.c',
  ],
])('what cannot be moved is refused with the reason: %s', (_name, old, now, message) => {
  const { moves, refused } = pairMoves(old, now);
  expect(moves).toEqual([]);
  expect(refused).toEqual([expect.stringContaining(message)]);
});

test('moves are written as blocks of Terraform, and as lines of an environment file', () => {
  const moves = [{ from: 'vicidial_phone.a["x"]', to: 'vicidial_phone.b' }];
  expect(toHcl(moves)).toBe('moved {\n  from = vicidial_phone.a["x"]\n  to   = vicidial_phone.b\n}\n');
  expect(toYaml(moves)).toBe('moved:\n  - { from: "vicidial_phone.a[\\"x\\"]", to: "vicidial_phone.b" }\n');
});

test.each([
  ['no JSON', () => objectsInState('x', 'old.json'), 'old.json is not JSON'],
  ['something else', () => objectsInState('[]', 'old.json'), 'old.json is not a plan'],
  ['no configuration', () => declaredObjects('[]', 'cdk.tf.json', undefined), 'neither a synthesised configuration'],
])('is refused: %s', (_name, read, message) => {
  expect(read).toThrow(message);
});
