/**
 * Which choice of a field was probably meant by another value: one in another spelling, by another name, a boolean, an
 * offset in another form, or a misspelt one. For messages only.
 */
import { quote, stripCharacters } from './characters';
import { closestWord } from './closest-word';
import type { FieldDefinition } from './field-definition';
import { closestChoice } from './stored-value';

/**
 * What to write instead of a value that is no choice, in a sentence or two.
 *
 * @returns undefined where no choice is close
 */
export function meantChoice(field: FieldDefinition, text: string): string | undefined {
  const { choices = [], choiceSynonyms = {} } = field;
  const visible = text.replace(/[^!-~]/gu, '');
  const same = closestChoice(field, text) ?? (field.offset ? undefined : closestChoice(field, visible));
  if (same !== undefined) return write(same);
  if (field.offset) return meantOffset(choices, text);
  const synonym = Object.entries(choiceSynonyms).find(([name]) => name.toLowerCase() === visible.toLowerCase());
  if (synonym) return `Write ${quote(synonym[1])}, which is VICIdial's word for ${synonym[0]}.`;
  return meantBoolean(choices, visible.toLowerCase()) ?? misspelt(field, choices, text);
}

function write(choice: string): string {
  return `Write ${quote(choice)}.`;
}

/** Two other letters make another word of one with three letters, and one of a single letter cannot be misspelt. */
function misspelt(field: FieldDefinition, choices: readonly string[], text: string): string | undefined {
  const stripped = stripCharacters(text, field.allowedCharacters);
  const closest = closestWord(stripped, choices, ({ length }) => Math.min(2, Math.floor(length / 3)));
  return closest === undefined ? undefined : write(closest);
}

const yesWords = ['true', 'yes', '1', 'on', 't', 'enabled'];
const noWords = ['false', 'no', '0', 'off', 'f', 'disabled'];

function meantBoolean(choices: readonly string[], word: string): string | undefined {
  if (!choices.includes('Y') || !choices.includes('N')) return undefined;
  const choice = yesWords.includes(word) ? 'Y' : noWords.includes(word) ? 'N' : undefined;
  if (choice === undefined) return undefined;
  const isBoolean = word === 'true' || word === 'false';
  const reason = isBoolean ? `${word} is a boolean in HCL and YAML, and Terraform makes a string of it. ` : '';
  return `It takes ${choices.join(', ')}. ${reason}${write(choice)}`;
}

/** Hours with minutes after a colon, an `h` or nothing. */
const hoursAndMinutes = /^([+-]?)(\d{1,2})(?:[:h](\d{2})?(?::00)?|(\d{2}))$/iu;
/** Hours with decimals, which may be meant as minutes. */
const hoursWithDecimals = /^([+-]?)(\d{1,2})\.(\d{1,2})$/u;

function meantOffset(choices: readonly string[], text: string): string | undefined {
  const plain = text
    .normalize('NFKC')
    // Hyphens, dashes and the minus sign of typesetting.
    .replace(/[\u2010-\u2015\u2212]/gu, '-')
    .replaceAll(',', '.')
    .replace(/[^!-~]/gu, '')
    .replace(/^(?:utc|gmt)(?=[+-]|$)/iu, '')
    .replace(/^z$/iu, '');
  const same = choices.find((choice) => Number(choice) === Number(plain));
  if (same !== undefined) return write(same);
  const [, sign = '', hours = '', minutes, digits] = hoursAndMinutes.exec(plain) ?? [];
  if (hours !== '') {
    const time = timeOf(choices, sign, hours, minutes ?? digits ?? '00');
    return time && `Write ${quote(time.choice)} for ${time.words}.`;
  }
  const [, otherSign = '', whole = '', decimals = ''] = hoursWithDecimals.exec(plain) ?? [];
  const time = whole === '' ? undefined : timeOf(choices, otherSign, whole, decimals.padEnd(2, '0'));
  return (
    time && `If ${time.words} are meant, write ${quote(time.choice)}: an offset has decimals of an hour, not minutes.`
  );
}

interface Time {
  readonly choice: string;
  /** `5 hours 30 minutes`. */
  readonly words: string;
}

/** @returns undefined where the offset is none that VICIdial has */
function timeOf(choices: readonly string[], sign: string, hours: string, minutes: string): Time | undefined {
  const [h, m] = [Number(hours), Number(minutes)];
  const offset = (sign === '-' ? -1 : 1) * (h + m / 60);
  const choice = m < 60 ? choices.find((each) => Number(each) === offset) : undefined;
  if (choice === undefined) return undefined;
  const words = [
    `${sign === '-' ? 'minus ' : ''}${h} ${h === 1 ? 'hour' : 'hours'}`,
    ...(m > 0 ? [`${m} minutes`] : []),
  ];
  return { choice, words: words.join(' ') };
}
