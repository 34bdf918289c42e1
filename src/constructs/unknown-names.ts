/** Names that do not exist: of props, as a program without types may have them, and of arguments, as overrides may. */
import type { Construct } from 'constructs';
import { camelCase } from '../model/case';
import { closestWord } from '../model/closest-word';

/** The names of Terraform's meta-arguments as props. */
export const metaProps = [
  'dependsOn',
  'count',
  'provider',
  'lifecycle',
  'forEach',
  'provisioners',
  'connection',
] as const;

/** What a block of JSON may have besides the arguments of its type. */
const metaArguments = ['//', 'depends_on', 'count', 'provider', 'lifecycle', 'for_each', 'provisioner', 'connection'];

/** An error for each prop that does not exist, with the one that was probably meant. */
export function unknownProps(given: readonly string[], known: readonly string[], className: string): string[] {
  return given
    .filter((name) => !known.includes(name))
    .map((name) => `${name} is not a prop of ${className}. ${advice(camelCase(name), known)}`);
}

/** An error for each argument of a block that does not exist. */
export function unknownArguments(block: object, known: readonly string[], type: string): string[] {
  const all = [...known, ...metaArguments];
  return Object.entries(block)
    .filter(([name, value]: [string, unknown]) => value !== null && !all.includes(name))
    .map(([name]) => `${name} is not an argument of ${type}. ${advice(name, all)}`);
}

function advice(name: string, known: readonly string[]): string {
  const closest = known.includes(name) ? name : closestWord(name, known);
  return closest === undefined ? 'Remove it, or correct its name.' : `Did you mean ${closest}?`;
}

/** Reports props that do not exist at the synthesis of a construct that has no block of its own. */
export function refuseUnknownProps(
  construct: Construct,
  props: object,
  known: readonly string[],
  className: string,
): void {
  const given = Object.entries(props).flatMap(([name, value]: [string, unknown]) =>
    value === undefined ? [] : [name],
  );
  const errors = unknownProps(given, known, className);
  if (errors.length > 0) construct.node.addValidation({ validate: () => errors });
}
