/** The mapping of a derived environment: how values of the base become values of its own. */
import { fillTemplate, placeholders } from '../model/template';
import type { Change } from './derive-schema';

/** A changed value, or why there is none. */
export type Changed = { readonly value: string; readonly problem?: never } | { readonly problem: string };

/** A change that is checked once, to be applied to many values. */
export interface PreparedChange {
  /** What is wrong with the change itself. */
  readonly problem?: string | undefined;
  /**
   * Applies it.
   *
   * @param known values that placeholders stand for
   * @returns undefined where it does not match the value
   */
  apply(value: string, known: Readonly<Record<string, string | undefined>>): Changed | undefined;
}

/** Prepares a change of a mapping. */
export function prepareChange(change: Change): PreparedChange {
  if (typeof change === 'string') return { apply: (_value, known) => applyTemplate(change, known) };
  if ('add' in change) return { apply: (value) => add(value, change.add) };
  return prepareReplacement(change.replace, change.with);
}

function applyTemplate(template: string, known: Readonly<Record<string, string | undefined>>): Changed {
  const missing = placeholders(template).find((name) => !Object.hasOwn(known, name) || known[name] === undefined);
  if (missing === undefined) return { value: fillTemplate(template, (name) => known[name]) };
  if (Object.hasOwn(known, missing)) return { problem: `{${missing}} has no value` };
  return { problem: `unknown placeholder {${missing}}; a mapping knows the fields that the phone or phone alias has` };
}

/** Adds to a number, whose leading zeros and number of digits remain. */
function add(value: string, amount: number): Changed {
  if (!/^\d{1,15}$/u.test(value)) return { problem: `"${value}" is no number, so nothing can be added` };
  const sum = Number(value) + amount;
  if (sum < 0) return { problem: `"${value}" with ${amount} added is negative` };
  return { value: String(sum).padStart(value.length, '0') };
}

function prepareReplacement(pattern: string, replacement: string): PreparedChange {
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, 'u');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: `is not a valid pattern: ${reason}`, apply: () => undefined };
  }
  return {
    apply: (value) => (expression.test(value) ? { value: value.replace(expression, replacement) } : undefined),
  };
}
