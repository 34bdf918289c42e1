/** How the checks say what would become of a value, and what it should be. No word of it shows a secret. */
import { stripCharacters } from './characters';
import { lengthBounds, closestChoice, type WriteCall, type StorageOutcome } from './stored-value';
import type { FieldDefinition, ObjectType } from './field-definition';

/** What each call would do with a text: one sentence, that names the calls only where they differ. */
export function describeOutcomes(
  table: ObjectType,
  field: FieldDefinition,
  text: string,
  fates: readonly (StorageOutcome & { readonly call: WriteCall })[],
): string {
  const said = fates.map((fate) => ({
    by: fate.call === 'create' ? table.addFunction : table.updateFunction,
    does: describeOutcome(field, text, fate),
  }));
  if (new Set(said.map(({ does }) => does)).size === 1) return `VICIdial would ${said[0]?.does}.`;
  return `${said.map(({ by, does }) => `${by} would ${does}`).join(', ')}.`;
}

function describeOutcome(field: FieldDefinition, text: string, { outcome, remaining, stored }: StorageOutcome): string {
  if (outcome === 'failed') return 'fail on the apostrophe and store nothing';
  if (remaining === '') return 'strip it to nothing';
  if (stored !== undefined) return describeStored(field, text, remaining, stored);
  const verb = outcome === 'ignored' ? 'ignore' : 'refuse';
  return remaining === text ? `${verb} it` : `${describeStripped(field, text, remaining)} and ${verb} what is left`;
}

function describeStored(field: FieldDefinition, text: string, left: string, stored: string): string {
  if (stored === text) return `store ${quote(stored)}, which is not its own form`;
  if (field.secret) return left === text ? `cut it to ${describeLength(stored)}` : describeStripped(field, text, left);
  return `${left === text && text.startsWith(stored) ? 'cut it to' : 'store'} ${quote(stored)}`;
}

function describeStripped(field: FieldDefinition, text: string, left: string): string {
  // What is left of a password is a good part of it: only the number of characters is told.
  const gone = [...text].length - [...left].length;
  return field.secret ? `strip ${gone} of its ${describeLength(text)}` : `strip it to ${quote(left)}`;
}

/** A text as it stands in a configuration, on one line whatever it holds. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

/** `1 character`, `20 characters`. */
export function describeLength(text: string): string {
  const length = [...text].length;
  return `${length} ${length === 1 ? 'character' : 'characters'}`;
}

/** What the calls take of a field that has bounds. */
export function describeBounds({ noun }: ObjectType, field: FieldDefinition, calls: readonly WriteCall[]): string {
  if (field.range) return `It takes a whole number from ${field.range[0]} to ${field.range[1]}.`;
  // A key is never changed.
  const [create, update] = (['create', field.key ? 'create' : 'update'] as const).map((call) => {
    const { min, max } = lengthBounds(field, call);
    return `${min} to ${max}`;
  });
  if (create === update || field.onCreate === 'ignored') return `It takes ${update}.`;
  const said = { create: `${create} when the ${noun} is added`, update: `${update} when it is changed` };
  return `It takes ${calls.map((call) => said[call]).join(', ')}.`;
}

/** Which characters survive, and what to do about letters of other scripts. */
export function describeCharacters(field: FieldDefinition, text: string): string {
  const takes = `It takes ${field.digitsOnly ? 'digits' : field.allowedCharacters.description}.`;
  const survivesElsewhere = stripCharacters(text, field.allowedCharacters, { nonLatin: true }) === text;
  return survivesElsewhere
    ? `${takes} Letters beyond a to z survive only on systems with use_non_latin on; if yours has it on, set non_latin = true in the provider block.`
    : takes;
}

/** The choice that was meant, or all of them. */
export function describeChoices(field: FieldDefinition, text: string): string {
  const close = closestChoice(field, text);
  if (close !== undefined) return `Write ${quote(close)}.`;
  const reason = Object.entries(field.unsupportedChoices ?? {}).find(
    ([choice]) => choice.toLowerCase() === text.toLowerCase(),
  )?.[1];
  return [reason, `It takes ${field.choices?.join(', ')}.`].filter(Boolean).join(' ');
}
