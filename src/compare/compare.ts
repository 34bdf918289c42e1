/** Compares two sides, object by object and field by field. */
import { identityKey } from '../model/identity';
import { Secret } from '../model/secret';
import type { SecretReference, Side, SideObject, SideValue } from './side';

/** How a field differs: `secret` values are only known to be different, `unmanaged` is managed on one side only. */
export type DifferenceClass = 'changed' | 'secret' | 'unmanaged';

export interface FieldDifference {
  readonly field: string;
  readonly class: DifferenceClass;
  /** Null where the field is not managed; a secret is never shown. */
  readonly a: string | number | boolean | readonly string[] | null;
  readonly b: string | number | boolean | readonly string[] | null;
  /** Whether `extends` explains it. */
  readonly explained: boolean;
}

export interface ObjectDifference {
  readonly a: string;
  readonly b: string;
  readonly fields: readonly FieldDifference[];
}

export interface ObjectsComparison {
  readonly different: readonly ObjectDifference[];
  readonly onlyInA: readonly string[];
  readonly onlyInB: readonly string[];
  readonly same: number;
}

export interface Comparison {
  readonly a: string;
  readonly b: string;
  readonly isSame: boolean;
  readonly phones: ObjectsComparison;
  readonly aliases: ObjectsComparison;
  /** Differences that `extends` explains and that are not shown. */
  readonly explained: number;
  /** Values of a system that the environment does not manage, which is no difference. */
  readonly unmanaged: number;
}

export interface CompareOptions {
  /** Fields that are not compared. */
  readonly ignore?: readonly string[];
  /** Whether what `extends` explains is shown too. */
  readonly all?: boolean;
  /** What else explains the value of a field of the second side. */
  readonly explains?: (key: string, field: string, value: SideValue) => boolean;
}

export function compareSides(a: Side, b: Side, options: CompareOptions = {}): Comparison {
  const run = new ComparisonRun(a, b, options);
  const phones = run.objects(a.phones, b.phones);
  const aliases = run.objects(a.aliases, b.aliases);
  const isSame = [phones, aliases].every(
    ({ different, onlyInA, onlyInB }) => different.length + onlyInA.length + onlyInB.length === 0,
  );
  return { a: a.label, b: b.label, isSame, phones, aliases, explained: run.explained, unmanaged: run.unmanaged };
}

class ComparisonRun {
  explained = 0;
  unmanaged = 0;
  readonly #ignored: ReadonlySet<string>;

  constructor(
    private readonly a: Side,
    private readonly b: Side,
    private readonly options: CompareOptions,
  ) {
    this.#ignored = new Set(options.ignore);
  }

  objects(inA: readonly SideObject[], inB: readonly SideObject[]): ObjectsComparison {
    const byKey = new Map(inB.map((object) => [object.key, object]));
    const different: ObjectDifference[] = [];
    const onlyInA: string[] = [];
    let pairs = 0;
    for (const object of inA) {
      const other = byKey.get(object.key);
      if (!other) {
        if (!this.#hides(object.isAddition || this.b.leavesOut)) onlyInA.push(object.id);
        continue;
      }
      byKey.delete(object.key);
      pairs += 1;
      const fields = this.#fields(object, other);
      if (fields.length > 0) different.push({ a: object.id, b: other.id, fields });
    }
    const onlyInB = [...byKey.values()]
      .filter((object) => !this.#hides(object.isAddition || this.a.leavesOut))
      .map(({ id }) => id);
    return { different, onlyInA, onlyInB, same: pairs - different.length };
  }

  /** Counts what is explained, and whether it is left out. */
  #hides(isExplained: boolean): boolean {
    if (!isExplained || this.options.all) return false;
    this.explained += 1;
    return true;
  }

  #fields(a: SideObject, b: SideObject): FieldDifference[] {
    const names = [...new Set([...Object.keys(a.values), ...Object.keys(b.values)])];
    const fields = names
      .filter((field) => !this.#ignored.has(field))
      .flatMap((field) => {
        const difference = this.#field(field, a.values[field], b.values[field]);
        if (!difference) return [];
        const value = b.values[field];
        const isExplained =
          a.explained.has(field) ||
          b.explained.has(field) ||
          (value !== undefined && this.options.explains?.(b.key, field, value) === true);
        return this.#hides(isExplained) ? [] : [{ ...difference, explained: isExplained }];
      });
    return [...fields, ...this.#logins(a, b)];
  }

  #field(
    field: string,
    a: SideValue | undefined,
    b: SideValue | undefined,
  ): Omit<FieldDifference, 'explained'> | undefined {
    if (a === undefined || b === undefined) return this.#unmanagedField(field, a, b);
    if (isSecret(a) || isSecret(b)) {
      // A variable has its value when Terraform runs only.
      if (!(a instanceof Secret && b instanceof Secret) && this.a.kind !== this.b.kind) return undefined;
      return equalSecrets(a, b) ? undefined : { field, class: 'secret', a: null, b: null };
    }
    return String(a) === String(b) ? undefined : { field, class: 'changed', a, b };
  }

  /** What an environment leaves to the system is no difference from it, and what cannot be read is none either. */
  #unmanagedField(
    field: string,
    a: SideValue | undefined,
    b: SideValue | undefined,
  ): Omit<FieldDifference, 'explained'> | undefined {
    if (this.a.kind === 'environment' && this.b.kind === 'environment') {
      return { field, class: 'unmanaged', a: shown(a), b: shown(b) };
    }
    if (this.a.kind !== this.b.kind) this.unmanaged += 1;
    return undefined;
  }

  /** The order of the logins is that in which VICIdial tries them; which they are is what matters. */
  #logins(a: SideObject, b: SideObject): FieldDifference[] {
    const field = 'phone_logins';
    if (this.#ignored.has(field) || (a.logins === undefined && b.logins === undefined)) return [];
    const isPartial = a.logins === undefined || b.logins === undefined;
    if (isPartial && (this.a.kind === 'system' || this.b.kind === 'system')) {
      if (this.a.kind !== this.b.kind) this.unmanaged += 1;
      return [];
    }
    const [inA, inB] = [a.logins ?? new Map<string, string>(), b.logins ?? new Map<string, string>()];
    // The same logins are equal, also where several phones have a login.
    const isEqual =
      equalSets(inA.keys(), inB.keys()) || equalSets(foldedLogins(inA.values()), foldedLogins(inB.values()));
    if (isEqual && a.logins && b.logins) return [];
    const isExplained = a.explained.has(field) || b.explained.has(field);
    if (this.#hides(isExplained)) return [];
    const difference = a.logins && b.logins ? 'changed' : 'unmanaged';
    return [
      {
        field,
        class: difference,
        a: a.logins ? [...a.logins.values()] : null,
        b: b.logins ? [...b.logins.values()] : null,
        explained: isExplained,
      },
    ];
  }
}

function equalSets(a: Iterable<string>, b: Iterable<string>): boolean {
  const [first, second] = [new Set(a), new Set(b)];
  return first.size === second.size && [...first].every((each) => second.has(each));
}

function foldedLogins(logins: Iterable<string>): string[] {
  return [...logins].map(identityKey);
}

function isSecret(value: SideValue): value is Secret | SecretReference {
  return typeof value === 'object';
}

function equalSecrets(a: SideValue, b: SideValue): boolean {
  if (a instanceof Secret && b instanceof Secret) return a.equals(b);
  return JSON.stringify(a) === JSON.stringify(b);
}

function shown(value: SideValue | undefined): string | number | boolean | null {
  if (value === undefined) return null;
  return typeof value === 'object' ? '(sensitive)' : value;
}
