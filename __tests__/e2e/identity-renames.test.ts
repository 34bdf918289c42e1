import { acceptedTogether, refusedTogether } from './identity-cases';
import type { Fields } from './harness';

jest.setTimeout(300_000);

/** Phones by address: `vicidial_phone.NAME["KEY"]`. */
function instances(
  name: string,
  keys: readonly (string | number)[],
  phones: readonly Fields[],
): Record<string, Fields> {
  return Object.fromEntries(
    keys.map((key, index) => [`vicidial_phone.${name}[${JSON.stringify(key)}]`, phones[index] ?? {}]),
  );
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** A resource with `count`, whose extensions are a list. */
function counted(phone: Fields, extensions: readonly string[]): Fields {
  const [list, each] = [JSON.stringify(extensions), `\${${JSON.stringify(extensions)}[count.index]}`];
  const own = { extension: each, dialplan_number: each, voicemail_id: each, phone_login: each };
  return { ...phone, ...own, phone_full_name: 'Desk', count: `\${length(${list})}` };
}

/** A resource with `for_each`, whose extensions are the values of a map. */
function mapped(phone: Fields, extensions: Readonly<Record<string, string>>): Fields {
  const each = '${each.value}';
  const own = { extension: each, dialplan_number: each, voicemail_id: each, phone_login: each };
  return { ...phone, ...own, phone_full_name: 'Desk', for_each: extensions };
}

const desk = { phone_full_name: 'Desk' };

/** Keys of for_each renamed without `moved`. */
const renamedKeys = (count: number) =>
  ((number, own) => {
    const indexes = upTo(count);
    const name = `keys${count}`;
    return {
      state: instances(
        name,
        indexes.map((index) => `old${index}`),
        indexes.map((index) => own(index, desk)),
      ),
      declared: {
        [`vicidial_phone.${name}`]: mapped(
          own(0),
          Object.fromEntries(indexes.map((index) => [`new${index}`, number(index)])),
        ),
      },
      codes: ['phone-exists'],
      texts: [/moved/u],
      refused: count,
    };
  }) satisfies Parameters<typeof refusedTogether>[0][string];

/** A list of `count` without its first element. */
const shiftedCount = (count: number, lifecycle: Fields = {}) =>
  ((number, own) => {
    const indexes = upTo(count);
    const name = `shift${count}${'lifecycle' in lifecycle ? '_early' : ''}`;
    return {
      state: instances(
        name,
        indexes,
        indexes.map((index) => own(index, desk)),
      ),
      declared: {
        [`vicidial_phone.${name}`]: { ...counted(own(0), indexes.slice(1).map(number)), ...lifecycle },
      },
      codes: ['phone-exists'],
      texts: [/for_each/u, /moved/u],
    };
  }) satisfies Parameters<typeof refusedTogether>[0][string];

const early = { lifecycle: { create_before_destroy: true } };
const shifts = {
  'count of 4 without its first element': shiftedCount(4),
  'count of 30 without its first element': shiftedCount(30),
  'count of 4 without its first element, with create_before_destroy': shiftedCount(4, early),
};

/* Rows 3 and 4. */
describe('addresses renamed without moved, and shifted lists', () => {
  refusedTogether({
    'a resource renamed': (_, own) => ({
      state: { 'vicidial_phone.before': own(1) },
      declared: { 'vicidial_phone.after': own(1) },
      codes: ['phone-exists'],
      texts: [/moved/u],
    }),
    'a resource renamed, its key spelled in capitals': (number, own) => ({
      state: { 'vicidial_phone.lower': own(1, { extension: `${number(1)}a` }) },
      declared: { 'vicidial_phone.upper': own(1, { extension: `${number(1)}A` }) },
      codes: ['phone-exists'],
      texts: [/moved/u],
    }),
    'an alias renamed': (number, own) => ({
      state: {
        'vicidial_phone.listed': own(1),
        'vicidial_phone_alias.before': { alias_id: number(2), alias_name: 'Desks', phone_logins: [number(1)] },
      },
      declared: {
        'vicidial_phone.listed': own(1),
        'vicidial_phone_alias.after': { alias_id: number(2), alias_name: 'Desks', phone_logins: [number(1)] },
      },
      codes: ['alias-exists'],
      texts: [/moved/u],
    }),
    '1 key of for_each renamed': renamedKeys(1),
    '10 keys of for_each renamed': renamedKeys(10),
    '30 keys of for_each renamed': renamedKeys(30),
    ...shifts,
    'a list of count with a new first element': (number, own) => ({
      state: instances('front', [0, 1], [own(1, desk), own(2, desk)]),
      declared: { 'vicidial_phone.front': counted(own(0), [number(3), number(1), number(2)]) },
      codes: ['phone-exists'],
      texts: [/for_each/u],
    }),
  });
});

describe('with adopt_existing', () => {
  refusedTogether(
    {
      'a resource renamed': (_, own) => ({
        state: { 'vicidial_phone.before': own(1) },
        declared: { 'vicidial_phone.after': own(1) },
        codes: ['phone-exists'],
        texts: [/moved/u],
      }),
      '10 keys of for_each renamed': renamedKeys(10),
      ...shifts,
    },
    { environment: { VICIDIAL_ADOPT_EXISTING: 'true' } },
  );
});

describe('accepted', () => {
  acceptedTogether({
    'a resource renamed with moved': (number, own) => ({
      state: { 'vicidial_phone.before': own(1) },
      declared: { 'vicidial_phone.after': own(1) },
      blocks: { moved: [{ from: 'vicidial_phone.before', to: 'vicidial_phone.after' }] },
      after: { 'vicidial_phone.after': number(1) },
    }),
    'count moved to for_each': (number, own) => ({
      state: instances('list', [0, 1, 2], [own(1, desk), own(2, desk), own(3, desk)]),
      declared: { 'vicidial_phone.map': mapped(own(0), { a: number(1), b: number(2), c: number(3) }) },
      blocks: {
        moved: ['a', 'b', 'c'].map((key, index) => ({
          from: `vicidial_phone.list[${index}]`,
          to: `vicidial_phone.map["${key}"]`,
        })),
      },
      after: {
        'vicidial_phone.map["a"]': number(1),
        'vicidial_phone.map["b"]': number(2),
        'vicidial_phone.map["c"]': number(3),
      },
    }),
    'for_each in another order': (number, own) => ({
      state: instances('ordered', ['a', 'b', 'c'], [own(1, desk), own(2, desk), own(3, desk)]),
      declared: { 'vicidial_phone.ordered': mapped(own(0), { c: number(3), a: number(1), b: number(2) }) },
      after: {
        'vicidial_phone.ordered["a"]': number(1),
        'vicidial_phone.ordered["b"]': number(2),
        'vicidial_phone.ordered["c"]': number(3),
      },
    }),
    'an element of for_each taken out, and another added': (number, own) => ({
      state: instances('mixed', ['a', 'b'], [own(1, desk), own(2, desk)]),
      declared: { 'vicidial_phone.mixed': mapped(own(0), { b: number(2), c: number(3) }) },
      after: { 'vicidial_phone.mixed["b"]': number(2), 'vicidial_phone.mixed["c"]': number(3) },
    }),
    'the last element of a list of count taken out': (number, own) => ({
      state: instances('last', [0, 1, 2], [own(1, desk), own(2, desk), own(3, desk)]),
      declared: { 'vicidial_phone.last': counted(own(0), [number(1), number(2)]) },
      after: { 'vicidial_phone.last[0]': number(1), 'vicidial_phone.last[1]': number(2) },
    }),
    'one phone of a list of count tainted': (number, own) => ({
      state: instances('tainted', [0, 1, 2], [own(1, desk), own(2, desk), own(3, desk)]),
      tainted: ['vicidial_phone.tainted[1]'],
      declared: { 'vicidial_phone.tainted': counted(own(0), [number(1), number(2), number(3)]) },
      after: {
        'vicidial_phone.tainted[0]': number(1),
        'vicidial_phone.tainted[1]': number(2),
        'vicidial_phone.tainted[2]': number(3),
      },
    }),
  });
});
