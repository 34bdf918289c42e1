import { type Options, k1, k2, p1, p2, p3, all, unchanged, expectRefused } from './every-order';
import { type Resource } from './walk';
import type { Situation } from '../../../src/provider/ledger/rules';

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
      'a key taken from a resource with a new key',
      [{ state: p1, config: { ...p1, key: '10.0.0.9/cc9' } }, { config: { key: k1, login: 'l9' } }],
      'phone-exists',
      'key-shifted',
    ],
    ['a key of a phone that stays', [unchanged(p1), { config: { key: k1, login: 'l9' } }], 'phone-exists', 'key-stays'],
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
      'login-stays',
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
      'login-stays',
    ],
    [
      'an adoption with the login of a phone in state',
      [{ config: { key: k1, login: 'l3' } }, unchanged(p3)],
      'login-taken',
      'login-stays',
      { ...all, adoptExisting: true },
    ],
    [
      '-replace of a phone whose login another has too',
      [{ ...unchanged(p1), is: 'replaced' }, unchanged({ ...p3, login: 'l1' })],
      'login-taken',
      'login-stays',
      { server: [p1, { ...p3, login: 'l1' }] },
    ],
    [
      'a new key for a phone whose login another has too',
      [{ state: p1, config: { ...p1, key: k2 } }, unchanged({ ...p3, login: 'l1' })],
      'login-taken',
      'login-stays',
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
