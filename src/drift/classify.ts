/**
 * Distinguishes what was changed on a system from what is merged and not applied yet: what is declared, what state says was
 * applied, and what is found are compared in pairs.
 *
 * | declared, applied, found | meaning |
 * | --- | --- |
 * | declared = found | nothing |
 * | declared = applied, found differs | drift |
 * | applied = found, declared differs | not applied |
 * | all three differ | drift, and the next apply writes the declared value |
 *
 * A value that state does not have was never applied.
 */
import { compareSides, type FieldDifference, type ObjectsComparison } from '../compare/compare';
import type { Side, SideObject, SideValue } from '../compare/side';
import { Secret } from '../model/secret';
import type { FieldDrift, UnappliedObject, ShownValue } from './drift-schema';

export interface ComparedSides {
  readonly declared: Side;
  readonly found: Side;
  /** Undefined without a state. */
  readonly applied: Side | undefined;
}

/** An object, by its folded key on all sides: `10.0.0.11/55000`, `ALIAS:DESKS`. */
interface Keyed {
  readonly key: string;
}

export interface ClassifiedFields extends Keyed {
  readonly fields: readonly FieldDrift[];
}

export interface ClassifiedUnapplied extends ClassifiedFields {
  /** Whether an object is adopted or imported, deleted or forgotten, the caller knows. */
  readonly action: Extract<UnappliedObject['action'], 'create' | 'update' | 'adopt' | 'delete'>;
}

export interface Classified {
  readonly changed: readonly ClassifiedFields[];
  readonly missing: readonly Keyed[];
  readonly unmanaged: readonly Keyed[];
  readonly notApplied: readonly ClassifiedUnapplied[];
  /** Declared fields that were not compared, with the number of objects. */
  readonly unread: ReadonlyMap<string, number>;
  /** Declared passwords that were not compared. */
  readonly uncomparedSecrets: number;
}

/** The kinds of objects; each is compared by itself. */
const kinds = ['phones', 'aliases'] as const;
type Kind = (typeof kinds)[number];

/**
 * Classifies every difference.
 *
 * @param ignore fields that are not compared
 */
export function classify(sides: ComparedSides, ignore: readonly string[]): Classified {
  const parts = kinds.map((kind) => new Classification(sides, ignore, kind).run());
  const unread = new Map<string, number>();
  for (const [name, count] of parts.flatMap((part) => [...part.unread]))
    unread.set(name, (unread.get(name) ?? 0) + count);
  return {
    changed: parts.flatMap(({ changed }) => changed),
    missing: parts.flatMap(({ missing }) => missing),
    unmanaged: parts.flatMap(({ unmanaged }) => unmanaged),
    notApplied: parts.flatMap(({ notApplied }) => notApplied),
    unread,
    uncomparedSecrets: parts.reduce((sum, part) => sum + part.uncomparedSecrets, 0),
  };
}

type Objects = ReadonlyMap<string, SideObject>;
type Differences = ReadonlyMap<string, ReadonlyMap<string, FieldDifference>>;

const none: ReadonlyMap<string, FieldDifference> = new Map();

class Classification {
  readonly #declared: Objects;
  readonly #found: Objects;
  readonly #applied: Objects;
  readonly #ignored: ReadonlySet<string>;
  /** By key and field: what is found instead of what is declared, and so on. */
  readonly #declaredFound: Differences;
  readonly #declaredApplied: Differences;
  readonly #appliedFound: Differences;

  constructor(
    private readonly sides: ComparedSides,
    ignore: readonly string[],
    kind: Kind,
  ) {
    const { declared, found, applied } = sides;
    const pair = (a: Side | undefined, b: Side | undefined): Differences =>
      a && b ? differencesOf(compareSides(a, b, { ignore })[kind], a[kind]) : new Map();
    this.#ignored = new Set(ignore);
    [this.#declared, this.#found, this.#applied] = [byKey(declared[kind]), byKey(found[kind]), byKey(applied?.[kind])];
    this.#declaredFound = pair(declared, found);
    this.#declaredApplied = pair(declared, applied);
    this.#appliedFound = pair(applied, found);
  }

  run(): Classified {
    const hasState = this.sides.applied !== undefined;
    const [changed, notApplied]: [ClassifiedFields[], ClassifiedUnapplied[]] = [[], []];
    const missing: Keyed[] = [];
    for (const key of this.#declared.keys()) {
      const isApplied = !hasState || this.#applied.has(key);
      if (!this.#found.has(key)) {
        if (isApplied) missing.push({ key });
        else notApplied.push({ key, action: 'create', fields: [] });
      } else if (isApplied) {
        const { drifted, unappliedFields } = this.#fields(key);
        if (drifted.length > 0) changed.push({ key, fields: drifted });
        if (unappliedFields.length > 0) notApplied.push({ key, action: 'update', fields: unappliedFields });
      } else {
        notApplied.push({ key, action: 'adopt', fields: [] });
      }
    }
    const undeclared = [...this.#found.keys()].filter((key) => !this.#declared.has(key));
    const inState = undeclared.filter((key) => this.#applied.has(key));
    return {
      changed,
      missing,
      unmanaged: undeclared.filter((key) => !this.#applied.has(key)).map((key) => ({ key })),
      notApplied: [...notApplied, ...inState.map((key) => ({ key, action: 'delete' as const, fields: [] }))],
      ...this.#uncompared(),
    };
  }

  #fields(key: string): { readonly drifted: FieldDrift[]; readonly unappliedFields: FieldDrift[] } {
    const [drifted, unappliedFields]: [FieldDrift[], FieldDrift[]] = [[], []];
    const [unapplied, since] = [this.#declaredApplied.get(key) ?? none, this.#appliedFound.get(key) ?? none];
    for (const [name, difference] of this.#declaredFound.get(key) ?? none) {
      const applied = this.#valueOf(this.#applied, key, name);
      const field = { name, isSecret: false, declared: difference.a, applied: shown(applied), found: difference.b };
      const isDrift = !this.sides.applied || !unapplied.has(name) || since.has(name);
      if (isDrift && (!this.sides.applied || applied !== undefined)) drifted.push(field);
      else unappliedFields.push(field);
    }
    // A declared password is in a variable, which only Terraform knows. What was applied is in state.
    for (const name of this.#secretFields(key)) {
      if (since.get(name)?.class === 'secret')
        drifted.push({ name, isSecret: true, declared: null, applied: null, found: null });
    }
    return { drifted, unappliedFields };
  }

  #secretFields(key: string): string[] {
    const { values = {} } = this.#declared.get(key) ?? {};
    return Object.entries(values)
      .filter(([name, value]) => typeof value === 'object' && !this.#ignored.has(name))
      .map(([name]) => name);
  }

  #valueOf(objects: Objects, key: string, name: string): SideValue | readonly string[] | undefined {
    const object = objects.get(key);
    if (name === 'phone_logins') return object?.logins && [...object.logins.values()];
    return object?.values[name];
  }

  /** What is declared, and could not be compared. */
  #uncompared(): Pick<Classified, 'unread' | 'uncomparedSecrets'> {
    const unread = new Map<string, number>();
    let uncomparedSecrets = 0;
    for (const [key, { values, logins }] of this.#declared) {
      if (!this.#found.has(key)) continue;
      const names = [...Object.keys(values), ...(logins ? ['phone_logins'] : [])].filter(
        (name) => name !== 'protect' && !this.#ignored.has(name),
      );
      for (const name of names) {
        const found = this.#valueOf(this.#found, key, name);
        if (typeof values[name] === 'object') {
          const isCompared = found !== undefined && this.#valueOf(this.#applied, key, name) !== undefined;
          if (!isCompared) uncomparedSecrets += 1;
        } else if (found === undefined) unread.set(name, (unread.get(name) ?? 0) + 1);
      }
    }
    return { unread, uncomparedSecrets };
  }
}

function byKey(objects: readonly SideObject[] = []): Objects {
  return new Map(objects.map((object) => [object.key, object]));
}

/** The differing fields of each pair. A comparison has the ids of its first side. */
function differencesOf({ different }: ObjectsComparison, first: readonly SideObject[]): Differences {
  const keys = new Map(first.map(({ id, key }) => [id, key]));
  return new Map(
    different.map(({ a, fields }) => [keys.get(a) ?? a, new Map(fields.map((field) => [field.field, field]))]),
  );
}

function shown(value: SideValue | readonly string[] | undefined): ShownValue {
  if (value === undefined || value instanceof Secret) return null;
  if (typeof value !== 'object') return value;
  return 'reference' in value ? null : [...value];
}
