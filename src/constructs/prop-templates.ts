/** Placeholders in the props of constructs that stand for several phones. */
import { fillTemplate, placeholders } from '../model/template';
import { isUnresolved } from './unresolved';

/**
 * Replaces the placeholders in the strings among props. What only Terraform knows stays as it is.
 *
 * @throws Error where a placeholder is unknown
 */
export function fillProps<P extends object>(props: P, known: Readonly<Record<string, string>>): P {
  const filled = Object.entries(props).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' && !isUnresolved(value) ? fill(name, value, known) : value,
  ]);
  // Each prop has the type that it had.
  return Object.fromEntries(filled) as P;
}

function fill(name: string, text: string, known: Readonly<Record<string, string>>): string {
  const unknown = placeholders(text).find((placeholder) => !Object.hasOwn(known, placeholder));
  if (unknown !== undefined) {
    const names = Object.keys(known).map((each) => `{${each}}`);
    throw new Error(`${name} has the unknown placeholder {${unknown}}. Placeholders are ${names.join(', ')}.`);
  }
  return fillTemplate(text, (placeholder) => known[placeholder]);
}
