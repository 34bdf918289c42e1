/** The values of fields and settings in an environment file. */
import * as z from 'zod';
import type { FieldDefinition } from '../model/field-definition';
import { strictObject } from './strict-object';

/** Words that Terraform does not allow as names of variables. */
const reservedNames: readonly string[] = [
  'source',
  'version',
  'providers',
  'count',
  'for_each',
  'lifecycle',
  'depends_on',
  'locals',
];

const variableName = z
  .string({ error: 'expected the name of a Terraform variable' })
  .regex(/^[a-z_][a-z0-9_]*$/u, 'a variable name has lower-case letters, digits and _ only')
  .refine((name) => !reservedNames.includes(name), {
    error: ({ input }) => `Terraform reserves the variable name ${String(input)}; choose another one`,
  });

const secretMessage =
  'secrets must not be written in this file; reference a Terraform variable, such as { variable: phone_pass }';

/** Stands for a value of the provider block: the name of a Terraform variable. */
export const settingVariable = strictObject({ variable: variableName }, secretMessage);

/** Stands for a secret of a phone: a variable, or one entry of a variable that is a map. */
export const phoneVariable = strictObject(
  {
    variable: variableName,
    /** The variable is a map, and the phone's value is the one under its extension or phone login. */
    by: z.enum(['extension', 'phone_login'], { error: 'expected extension or phone_login' }).optional(),
  },
  secretMessage,
);
export type Variable = z.output<typeof phoneVariable>;

/** The value of a field: null is "not managed". */
export type FileValue = string | number | boolean | Variable | null;

/** Whether a value is in a Terraform variable. */
export function isVariable(value: unknown): value is Variable {
  return typeof value === 'object' && value !== null && 'variable' in value && typeof value.variable === 'string';
}

/** A string that a user may have written without quotes. */
export function text(name: string, expected = 'a string') {
  return z.string({ error: ({ input }) => typeMessage(name, expected, input, []) });
}

export const flag = z.boolean({
  error: ({ input }) =>
    input === undefined ? 'is missing; expected true or false' : 'expected true or false without quotes',
});

/** What a value of an environment file is checked by. */
export type ValueDefinition = Pick<FieldDefinition, 'description' | 'type' | 'secret' | 'choices'>;

/** The schema of a field's value. */
export function fieldValue(name: string, field: ValueDefinition): z.ZodType<FileValue> {
  if (field.secret) return phoneVariable.nullable();
  if (field.type === 'number') return z.number({ error: numberMessage(name) }).nullable();
  return z.string({ error: ({ input }) => typeMessage(name, 'a string', input, field.choices ?? []) }).nullable();
}

/** The error where a number is expected. */
export function numberMessage(name: string): z.core.$ZodErrorMap {
  return ({ input }) => {
    if (input === undefined) return 'is missing; expected a number';
    const isNumber = typeof input === 'string' && input.trim() !== '' && Number.isFinite(Number(input));
    return `expected a number without quotes${isNumber ? `; write ${name}: ${Number(input)}` : ''}`;
  };
}

function typeMessage(name: string, expected: string, input: unknown, choices: readonly string[]): string {
  if (input === undefined) return `is missing; expected ${expected}`;
  const quoted = quotedForm(input, choices);
  if (quoted === undefined) return `expected ${expected}`;
  // What YAML makes of a word without quotes is not what was written.
  const read = typeof input === 'boolean' ? `; YAML reads ${input} as a boolean: write` : '; write';
  return `expected ${expected}${read} ${name === '' ? '' : `${name}: `}"${quoted}"`;
}

/** What a value of another YAML type was probably meant to be. */
function quotedForm(input: unknown, choices: readonly string[]): string | undefined {
  if (typeof input === 'boolean') {
    const word = input ? 'Y' : 'N';
    return choices.includes(word) ? word : String(input);
  }
  if (typeof input !== 'number') return undefined;
  // YAML reads -5.00 as the number -5.
  return choices.find((choice) => Number(choice) === input) ?? String(input);
}
