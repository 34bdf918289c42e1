/** Values from several places, of which later ones win: defaults, the entry of a phone, exceptions. */
import { fillTemplate, placeholders } from '../model/template';
import type { Origin, OriginKind } from './environment';
import { originOf, type FileText } from './file-text';
import type { ProblemList } from './problems';
import { closest } from './strict-object';
import type { FileValue } from './value-schema';

/** Values that are written in one place. */
export interface Layer {
  /** null is "not managed"; undefined, or left out, is "as in the layers before". */
  readonly values: Readonly<Record<string, FileValue | undefined>>;
  originOf(name: string): Origin;
}

/** The values of several layers, with where each comes from. */
export interface MergedValues {
  readonly values: Record<string, FileValue>;
  readonly origins: Record<string, Origin>;
}

/** The values at a path of a file. */
export function layerAt(
  text: FileText,
  path: readonly PropertyKey[],
  kind: OriginKind,
  values: Layer['values'] = {},
): Layer {
  const origins = new Map<string, Origin>();
  return {
    values,
    originOf: (name) => {
      const known = origins.get(name);
      if (known) return known;
      const origin = originOf(text, [...path, name], kind);
      origins.set(name, origin);
      return origin;
    },
  };
}

/** A layer of values that were merged before. */
export function mergedLayer({
  values,
  origins,
}: {
  readonly values: Layer['values'];
  readonly origins: Readonly<Record<string, Origin | undefined>>;
}): Layer {
  // Each value was merged with its origin.
  return { values, originOf: (name) => origins[name] as Origin };
}

/** Merges layers; the last one that has a value wins. */
export function mergeLayers(layers: readonly Layer[]): MergedValues {
  const values: Record<string, FileValue> = {};
  const origins: Record<string, Origin> = {};
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer.values)) {
      if (value === undefined) continue;
      values[name] = value;
      origins[name] = layer.originOf(name);
    }
  }
  return { values, origins };
}

/** The values that are managed. */
export function managedValues(values: Readonly<Record<string, FileValue>>): Record<string, FileValue> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

/** What placeholders stand for; undefined where there is one and it has no value here. */
export type Placeholders = Readonly<Record<string, string | undefined>>;

/** Why a placeholder that exists has no value. */
const withoutValue: Readonly<Record<string, string>> = {
  index: '{index} is the position in a range, seat or CSV file; this is none of them',
  suffix: '{suffix} is the suffix of the server, and this server has none',
};

/** Replaces the placeholders of all values. */
export function fillValues(
  { values, origins }: MergedValues,
  known: Placeholders,
  problems: ProblemList,
): MergedValues {
  const filled = Object.entries(values).map(([name, value]) => [
    name,
    // Each value has an origin.
    typeof value === 'string' ? fill(value, known, origins[name] as Origin, problems) : value,
  ]);
  return { values: Object.fromEntries(filled) as Record<string, FileValue>, origins };
}

/** Replaces the placeholders of a text. One without a value is an error at its origin. */
export function fill(text: string, known: Placeholders, origin: Origin, problems: ProblemList): string {
  if (!text.includes('{')) return text;
  for (const name of placeholders(text)) {
    if (known[name] === undefined || !Object.hasOwn(known, name))
      problems.error(origin, unknownPlaceholder(name, known));
  }
  return fillTemplate(text, (name) => (Object.hasOwn(known, name) ? known[name] : undefined));
}

function unknownPlaceholder(name: string, known: Placeholders): string {
  if (Object.hasOwn(known, name)) return withoutValue[name] ?? `{${name}} has no value here`;
  const names = Object.keys(known);
  const near = closest(name, names);
  const hint =
    near === undefined ? `placeholders: ${names.map((each) => `{${each}}`).join(', ')}` : `did you mean {${near}}?`;
  return `unknown placeholder {${name}}; ${hint}`;
}
