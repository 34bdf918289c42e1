/** Which phones and phone aliases of its base a derived environment has: `only` and `without`. */
import { Patterns } from '../model/pattern';
import type { Selector } from './derive-schema';
import type { Environment, EnvironmentAlias, EnvironmentPhone } from './environment';
import { placeOf, type FileText } from './file-text';
import type { ProblemList } from './problems';

/** The selectors of a file, as lists. */
export interface Selectors {
  readonly only?: Selector | readonly Selector[] | undefined;
  readonly without?: Selector | readonly Selector[] | undefined;
}

export interface Selection {
  readonly phones: readonly EnvironmentPhone[];
  readonly aliases: readonly EnvironmentAlias[];
}

type SelectorKey = 'server' | 'user_group' | 'extension' | 'alias_id';

/** Selects, by the names and values that the base has. A selector that matches nothing is a problem. */
export function selectObjects(
  base: Pick<Environment, 'phones' | 'aliases' | 'name'>,
  { only, without }: Selectors,
  text: FileText,
  problems: ProblemList,
): Selection {
  const wanted = prepare(base, only, 'only', text, problems);
  const unwanted = prepare(base, without, 'without', text, problems);
  return {
    phones: base.phones.filter(
      (phone) =>
        (wanted.length === 0 || wanted.some((each) => matchesPhone(each, phone))) &&
        !unwanted.some((each) => matchesPhone(each, phone)),
    ),
    aliases: base.aliases.filter((alias) => !unwanted.some((each) => matchesAlias(each, alias))),
  };
}

/** A selector with its patterns. */
type Prepared = readonly (readonly [SelectorKey, Patterns])[];

function prepare(
  base: Pick<Environment, 'phones' | 'aliases' | 'name'>,
  selectors: Selectors['only'],
  key: 'only' | 'without',
  text: FileText,
  problems: ProblemList,
): Prepared[] {
  const isList = Array.isArray(selectors);
  return (selectors === undefined ? [] : [selectors].flat()).map((selector: Selector, index) => {
    const path = [key, ...(isList ? [index] : [])];
    const given = Object.entries(selector)
      .filter(([, patterns]) => patterns !== undefined)
      // The schema has these keys only.
      .map(([name, patterns]) => [name as SelectorKey, [patterns ?? []].flat()] as const);
    const prepared: Prepared = given.map(([name, patterns]) => [name, new Patterns(patterns)]);
    const report = (message: string, name?: string) =>
      problems.error(placeOf(text, name === undefined ? path : [...path, name]), message);
    if (prepared.length === 0) report('is empty; it would select everything');
    if (prepared.length > 1 && prepared.some(([name]) => name === 'alias_id'))
      report('selects phones or phone aliases, not both; write two selectors');
    const isMatched = (one: Prepared) =>
      base.phones.some((phone) => matchesPhone(one, phone)) || base.aliases.some((alias) => matchesAlias(one, alias));
    const unmatched = given.flatMap(([name, patterns]) =>
      Patterns.unmatched(patterns, valuesOf(base, name)).map((pattern) => [name, pattern] as const),
    );
    for (const [name, pattern] of unmatched)
      report(`"${pattern}" matches no ${name === 'alias_id' ? 'phone alias' : 'phone'} of ${base.name}`, name);
    if (unmatched.length === 0 && prepared.length > 0 && !isMatched(prepared))
      report(`matches no phone of ${base.name}`);
    return prepared;
  });
}

function valuesOf({ phones, aliases }: Pick<Environment, 'phones' | 'aliases'>, name: SelectorKey): string[] {
  if (name === 'alias_id') return aliases.map(({ alias_id }) => alias_id);
  return phones.map((phone) => phoneValue(phone, name)).filter((value) => typeof value === 'string');
}

function matchesPhone(selector: Prepared, phone: EnvironmentPhone): boolean {
  return selector.every(([name, patterns]) => {
    const value = phoneValue(phone, name);
    return typeof value === 'string' && patterns.match(value);
  });
}

function phoneValue(phone: EnvironmentPhone, name: SelectorKey): unknown {
  if (name === 'alias_id') return undefined;
  return name === 'user_group' ? phone.values.admin_user_group : phone[name];
}

function matchesAlias(selector: Prepared, { alias_id }: EnvironmentAlias): boolean {
  return selector.every(([name, patterns]) => name === 'alias_id' && patterns.match(alias_id));
}
