/** The sentences of validation: what would be stored of a value, and what the field takes. None of them shows a secret. */
import { byteLength, describeUnseen, isAscii, quote, stripCharacters } from './characters';
import type { FieldDefinition, ObjectType } from './field-definition';
import { meantChoice } from './meant-choice';
import { lengthBounds, type StorageOutcome, type WriteCall } from './stored-value';

/** What each call would do with a string: one sentence, which names the calls only where they differ. */
export function describeOutcomes(
  type: ObjectType,
  field: FieldDefinition,
  text: string,
  outcomes: readonly (StorageOutcome & { readonly call: WriteCall })[],
): string {
  const described = outcomes.map((outcome) => ({
    name: outcome.call === 'create' ? type.addFunction : type.updateFunction,
    outcome: describeOutcome(field, text, outcome),
  }));
  if (new Set(described.map(({ outcome }) => outcome)).size === 1) return `VICIdial would ${described[0]?.outcome}.`;
  return `${described.map(({ name, outcome }) => `${name} would ${outcome}`).join(', ')}.`;
}

function describeOutcome(field: FieldDefinition, text: string, { outcome, remaining, stored }: StorageOutcome): string {
  if (outcome === 'failed') return 'fail on the apostrophe and store nothing';
  if (remaining === '') return 'strip it to nothing';
  if (stored !== undefined) return describeStored(field, text, remaining, stored);
  const verb = outcome === 'ignored' ? 'ignore' : 'refuse';
  return remaining === text ? `${verb} it` : `${describeStripped(field, text, remaining)} and ${verb} the rest`;
}

function describeStored(field: FieldDefinition, text: string, remaining: string, stored: string): string {
  if (stored === text) return `store ${quote(stored)}, which is not its own form`;
  if (field.secret) {
    return remaining === text ? `truncate it to ${describeLength(stored)}` : describeStripped(field, text, remaining);
  }
  return `${remaining === text && text.startsWith(stored) ? 'truncate it to' : 'store'} ${quote(stored)}`;
}

function describeStripped(field: FieldDefinition, text: string, remaining: string): string {
  // What remains of a password is a good part of it: only the number of characters is shown.
  const stripped = [...text].length - [...remaining].length;
  return field.secret ? `strip ${stripped} of its ${describeLength(text)}` : `strip it to ${quote(remaining)}`;
}

/** `1 character`, `20 characters`. */
function describeLength(text: string): string {
  const length = [...text].length;
  return `${length} ${length === 1 ? 'character' : 'characters'}`;
}

/** The length as the API counts it: `16 characters (32 bytes, which VICIdial counts)` of a text with other letters. */
export function describeCountedLength(text: string): string {
  const bytes = isAscii(text) ? '' : ` (${byteLength(text)} bytes, which VICIdial counts)`;
  return `${describeLength(text)}${bytes}`;
}

/** What the calls accept of a field that has bounds. */
export function describeBounds({ noun }: ObjectType, field: FieldDefinition, calls: readonly WriteCall[]): string {
  if (field.range) return `It takes a whole number from ${field.range[0]} to ${field.range[1]}.`;
  // A key is never updated.
  const [create, update] = (['create', field.key ? 'create' : 'update'] as const).map((call) => {
    const { min, max } = lengthBounds(field, call);
    return `${min} to ${max}`;
  });
  if (create === update || field.onCreate === 'ignored') return `It takes ${update}.`;
  const described = { create: `${create} when the ${noun} is created`, update: `${update} when it is updated` };
  return `It takes ${calls.map((call) => described[call]).join(', ')}.`;
}

/** Which characters are allowed, and why a string has others. */
export function describeCharacters(field: FieldDefinition, text: string): string {
  const allowed = field.digitsOnly ? 'digits' : field.allowedCharacters.description;
  return sentences(`It takes ${allowed}.`, describeOthers(field, text));
}

/** Which characters of a string are not seen, and what to do about letters of other scripts. */
export function describeOthers(field: FieldDefinition, text: string): string {
  const isAllowedElsewhere = stripCharacters(text, field.allowedCharacters, { nonLatin: true }) === text;
  const letters =
    'Letters beyond a to z are stored only on systems with use_non_latin on; if yours has it on, set non_latin = true in the provider block.';
  return sentences(describeUnseen(text), isAllowedElsewhere ? letters : '');
}

/** Joins sentences; an empty string is none. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** The choice that was probably meant, or all of them. */
export function describeChoices(field: FieldDefinition, text: string): string {
  const unsupported = Object.entries(field.unsupportedChoices ?? {});
  const reason = unsupported.find(([choice]) => choice.toLowerCase() === text.trim().toLowerCase())?.[1];
  const meant = reason === undefined ? meantChoice(field, text) : undefined;
  return meant ?? sentences(reason ?? '', `It takes ${field.choices?.join(', ')}.`);
}
