/** How the checks say what would become of a value, and what it should be. No word of it shows a secret. */
import { strip } from './characters';
import { bounds, closeChoice, type Carrier, type Fate } from './fate';
import type { Field, Table } from './field';

/** What each call would do with a text: one sentence, that names the calls only where they differ. */
export function sayFates(table: Table, field: Field, text: string, fates: readonly (Fate & { readonly carrier: Carrier })[]): string {
  const said = fates.map((fate) => ({ by: fate.carrier === 'create' ? table.addFunction : table.updateFunction, does: deed(field, text, fate) }));
  if (new Set(said.map(({ does }) => does)).size === 1) return `VICIdial would ${said[0]?.does}.`;
  return `${said.map(({ by, does }) => `${by} would ${does}`).join(', ')}.`;
}

function deed(field: Field, text: string, { end, left, stored }: Fate): string {
  if (end === 'failed') return 'fail on the apostrophe and store nothing';
  if (left === '') return 'strip it to nothing';
  if (stored !== undefined) return storing(field, text, left, stored);
  const verb = end === 'ignored' ? 'ignore' : 'refuse';
  return left === text ? `${verb} it` : `${stripping(field, text, left)} and ${verb} what is left`;
}

function storing(field: Field, text: string, left: string, stored: string): string {
  if (stored === text) return `store ${quote(stored)}, which is not its own form`;
  if (field.secret) return left === text ? `cut it to ${sayLength(stored)}` : stripping(field, text, left);
  return `${left === text && text.startsWith(stored) ? 'cut it to' : 'store'} ${quote(stored)}`;
}

function stripping(field: Field, text: string, left: string): string {
  // What is left of a password is a good part of it: only the number of characters is told.
  const gone = [...text].length - [...left].length;
  return field.secret ? `strip ${gone} of its ${sayLength(text)}` : `strip it to ${quote(left)}`;
}

/** A text as it stands in a configuration, on one line whatever it holds. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

/** `1 character`, `20 characters`. */
export function sayLength(text: string): string {
  const length = [...text].length;
  return `${length} ${length === 1 ? 'character' : 'characters'}`;
}

/** What the calls take of a field that has bounds. */
export function sayBounds({ noun }: Table, field: Field, carriers: readonly Carrier[]): string {
  if (field.range) return `It takes a whole number from ${field.range[0]} to ${field.range[1]}.`;
  // A key is never changed.
  const [create, update] = (['create', field.key ? 'create' : 'update'] as const).map((carrier) => {
    const { min, max } = bounds(field, carrier);
    return `${min} to ${max}`;
  });
  if (create === update || field.onCreate === 'ignored') return `It takes ${update}.`;
  const said = { create: `${create} when the ${noun} is added`, update: `${update} when it is changed` };
  return `It takes ${carriers.map((carrier) => said[carrier]).join(', ')}.`;
}

/** Which characters survive, and what to do about letters of other scripts. */
export function sayCharacters(field: Field, text: string): string {
  const takes = `It takes ${field.digitsOnly ? 'digits' : field.kept.described}.`;
  const survivesElsewhere = strip(text, field.kept, { nonLatin: true }) === text;
  return survivesElsewhere ? `${takes} Letters beyond a to z survive only on systems with use_non_latin on; if yours has it on, set non_latin = true in the provider block.` : takes;
}

/** The choice that was meant, or all of them. */
export function sayChoices(field: Field, text: string): string {
  const close = closeChoice(field, text);
  if (close !== undefined) return `Write ${quote(close)}.`;
  const reason = Object.entries(field.refused ?? {}).find(([choice]) => choice.toLowerCase() === text.toLowerCase())?.[1];
  return [reason, `It takes ${field.choices?.join(', ')}.`].filter(Boolean).join(' ');
}
