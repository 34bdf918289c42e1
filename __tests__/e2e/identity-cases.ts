/** Cases that share one run of the engine: each has extensions of its own, by which its errors and phones are known. */
import {
  expectCode,
  expectErrors,
  type Bed,
  type Changes,
  type Objects,
  type PrepareOptions,
  type Result,
} from './identity-bed';
import { inBothBeds, seeds } from './identity-test';
import { phone, type Fields } from './harness';

/** What a case is made of. */
export interface Case extends Pick<PrepareOptions, 'tainted' | 'missing'> {
  /** The objects in state, which the server has too. */
  readonly state?: Objects;
  /** Objects that only the server has. */
  readonly server?: readonly Fields[];
  /** The resources declared, by address without an instance key. */
  readonly declared?: Objects;
  /** Other blocks of the configuration: `moved`, `removed`, `import`. */
  readonly blocks?: Readonly<Record<string, readonly Fields[]>>;
}

export interface RefusedCase extends Case {
  /** The codes that its errors may have. */
  readonly codes: readonly string[];
  /** What the messages have to name, together. */
  readonly texts?: readonly (string | RegExp)[];
  /** How many objects must have an error at least. Default: 1. */
  readonly refused?: number;
}

export interface AcceptedCase extends Case {
  /** The objects in state afterwards: address and extension, with the server where it is another one. */
  readonly after: Readonly<Record<string, string>>;
  /** The login of each phone on the server afterwards, by extension. Default: the extension. */
  readonly logins?: Readonly<Record<string, string>>;
  /** The codes of its warnings, besides those that every plan may have. */
  readonly warnings?: readonly string[];
}

/** Makes a case. `number(1)` is an extension of its own, `own(1)` a phone with it. */
type Make<C extends Case> = (number: (index: number) => string, own: (index: number, fields?: Fields) => Fields) => C;

/** Warnings of the settings that the tests run with, not of what they test. */
const ambient = ['delete-unchecked', 'unmanaged-fields-lost', 'password-is-extension'];

interface Group {
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

interface Numbered<C extends Case> {
  readonly name: string;
  readonly base: string;
  readonly made: C;
}

function numbered<C extends Case>(cases: Readonly<Record<string, Make<C>>>): Numbered<C>[] {
  return Object.entries(cases).map(([name, make], index) => {
    const base = String(501 + index);
    const number = (at: number) => `${base}${String(at).padStart(2, '0')}`;
    return { name, base, made: make(number, (at, fields) => phone(number(at), fields)) };
  });
}

/**
 * Defines a test for each case: an apply of all of them together is refused with the codes that each names, and changes
 * nothing.
 */
export function refusedTogether(cases: Readonly<Record<string, Make<RefusedCase>>>, group: Group = {}): void {
  const all = numbered(cases);
  for (const seed of seeds()) {
    let results: readonly (Result & { readonly changes: Changes })[] = [];
    beforeAll(async () => {
      results = await inBothBeds(seed, async (bed) => {
        prepare(bed, all);
        return bed.applyAndCompare(group.flags, group.environment);
      });
    });

    test('an apply is refused and changes nothing', () => {
      for (const { changes, ...result } of results) {
        expectCode(1, result);
        expect(changes).toEqual({ writes: [], server: false, state: false });
      }
    });

    test.each(all)('$name', ({ base, made: { codes, texts = [], refused = 1 } }) => {
      for (const { findings } of results) {
        const own = findings.filter(({ severity, object }) => severity === 'error' && isOf(base, object));
        expectErrors({ findings: own, errors: own.map(({ code = '' }) => code) }, codes);
        const message = own.map(({ summary, detail }) => `${summary}\n${detail}`).join('\n');
        for (const text of texts) expect(message).toMatch(text);
        expect(new Set(own.map(({ object }) => object)).size).toBeGreaterThanOrEqual(refused);
      }
    });
  }
}

/**
 * Defines a test for each case: an apply of all of them together succeeds, state and server are as each says, and the
 * plan after it is empty.
 */
export function acceptedTogether(cases: Readonly<Record<string, Make<AcceptedCase>>>, group: Group = {}): void {
  const all = numbered(cases);
  for (const seed of seeds()) {
    interface Outcome {
      readonly applied: Result;
      readonly planned: Result;
      readonly state: Readonly<Record<string, unknown>>;
      readonly phones: Readonly<Record<string, string | undefined>>;
    }
    let outcomes: Outcome[] = [];
    beforeAll(async () => {
      outcomes = await inBothBeds(seed, async (bed) => {
        prepare(bed, all);
        const applied = await bed.apply(group.flags, group.environment);
        const [state, phones] = [bed.state(), bed.phones()];
        return { applied, planned: await bed.plan([], group.environment), state, phones };
      });
    });

    test('an apply succeeds, and the plan after it is empty', () => {
      for (const { applied, planned } of outcomes) {
        expectCode(0, applied);
        expectCode(0, planned);
      }
    });

    test.each(all)('$name', ({ base, made: { after, logins = {}, warnings = [] } }) => {
      for (const { applied, state, phones } of outcomes) {
        const own = applied.findings.filter(({ object }) => isOf(base, object));
        expect(own.filter(({ severity }) => severity === 'error')).toEqual([]);
        const codes = own.flatMap(({ code = '' }) => (ambient.includes(code) && !warnings.includes(code) ? [] : code));
        expect([...new Set(codes)].sort()).toEqual([...warnings].sort());
        const ids = Object.entries(after).map(([address, id]): [string, string] => [address, idOf(address, id)]);
        expect(ofCase(base, Object.entries(state), 1)).toEqual(Object.fromEntries(ids));
        const expected = ids
          .filter(([address]) => !isAlias(address))
          .map(([, key]) => [key, logins[extensionOf(key)] ?? extensionOf(key)]);
        expect(ofCase(base, Object.entries(phones), 0)).toEqual(Object.fromEntries(expected));
      }
    });
  }
}

function prepare(bed: Bed, all: readonly Numbered<Case>[]): void {
  const cases = all.map(({ made }) => made);
  const merged = (pick: (made: Case) => Objects | undefined): Objects =>
    Object.fromEntries(cases.flatMap((made) => Object.entries(pick(made) ?? {})));
  bed.prepare(
    merged(({ state }) => state),
    {
      tainted: cases.flatMap(({ tainted = [] }) => tainted),
      missing: cases.flatMap(({ missing = [] }) => missing),
    },
  );
  bed.serve(...cases.flatMap(({ server = [] }) => server));
  const blocks: Record<string, Fields[]> = {};
  for (const [name, list] of cases.flatMap(({ blocks = {} }) => Object.entries(blocks)))
    (blocks[name] ??= []).push(...list);
  bed.declare(
    merged(({ declared }) => declared),
    blocks,
  );
}

/** The entries whose id or key is of a case. */
function ofCase(base: string, entries: readonly (readonly [string, unknown])[], at: 0 | 1): Record<string, unknown> {
  return Object.fromEntries(entries.filter((entry) => isOf(base, String(entry[at]))));
}

/** The id of an object in state. */
function idOf(address: string, id: string): string {
  return id.includes('/') || isAlias(address) ? id : `10.0.0.11/${id}`;
}

function isAlias(address: string): boolean {
  return address.includes('vicidial_phone_alias.');
}

function isOf(base: string, id = ''): boolean {
  return new RegExp(`^${base}\\d\\d[a-z]*$`, 'iu').test(extensionOf(id));
}

function extensionOf(id: string): string {
  return id.split('/').at(-1) ?? '';
}
