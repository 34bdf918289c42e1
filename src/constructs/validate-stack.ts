/** The checks of a stack: at its synthesis, on what it writes. */
import type { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { findAliasProblems } from './alias-phones';
import { findCreateBeforeDestroy } from './create-before-destroy';
import { findDuplicates } from './duplicates';
import { findMoveErrors } from './moves';
import { objectErrors, objectWarnings } from './object-problems';
import { findSharedValues } from './shared-values';
import { objectsOf, type StackJson, type SynthesizedObject } from './synthesized-objects';
import { findNameErrors } from './terraform-names';
import { warnOnce } from './warn-once';

/** Errors by the construct at which they are reported. */
type Errors = ReadonlyMap<IConstruct, readonly string[]>;

/** Of the synthesis that is going on: the validation of a stack comes before those of its constructs. */
const found = new WeakMap<TerraformStack, Errors>();

/** Adds the checks that need the whole stack, once, however many constructs and providers it has. */
export function validateStack(stack: TerraformStack): void {
  if (found.has(stack)) return;
  found.set(stack, new Map());
  stack.node.addValidation({
    validate: () => {
      const errors = findErrors(stack);
      found.set(stack, errors);
      return [...(errors.get(stack) ?? [])];
    },
  });
}

/** The errors of one phone or phone alias. */
export function constructErrors(stack: TerraformStack, construct: IConstruct): string[] {
  return [...(found.get(stack)?.get(construct) ?? [])];
}

function findErrors(stack: TerraformStack): Errors {
  const names = findNameErrors(stack);
  // The JSON of the whole stack is right only if no names are equal.
  if (names.length > 0) return new Map([[stack, names]]);
  // CDKTF declares the type any.
  const json = stack.toTerraform() as StackJson;
  const objects = objectsOf(stack, json);
  addWarnings(stack, objects);
  const own = objects.flatMap((object) => objectErrors(object).map((message) => ({ object, message })));
  const moves = findMoveErrors(stack, json);
  const errors = new Map<IConstruct, string[]>();
  const add = (construct: IConstruct, message: string) => {
    const known = errors.get(construct);
    if (known) known.push(message);
    else errors.set(construct, [message]);
  };
  for (const message of [...findCreateBeforeDestroy(objects), ...duplicates(objects)]) add(stack, message);
  for (const { construct, message } of moves) add(construct, message);
  for (const { object, message } of own) {
    if (object.construct) add(object.construct, message);
    else add(stack, `${object.path}: ${message}`);
  }
  return errors;
}

function duplicates(objects: readonly SynthesizedObject[]): string[] {
  const single = objects.filter(({ isSingle }) => isSingle);
  const rules = new Set(single.map(({ uniques }) => uniques));
  return [...rules].flatMap((uniques) =>
    findDuplicates(
      single.filter((object) => object.uniques === uniques),
      uniques,
    ),
  );
}

function addWarnings(stack: TerraformStack, objects: readonly SynthesizedObject[]): void {
  for (const object of objects)
    for (const message of objectWarnings(object)) warnOnce(object.construct ?? stack, message);
  for (const { object, prop, failure } of [...findAliasProblems(objects), ...findSharedValues(objects)])
    warnOnce(object.construct ?? stack, `${prop}: ${failure.summary}. ${failure.detail}`);
}
