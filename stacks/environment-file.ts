/** The schema of an environment file, as it is written. What only the whole file shows is checked in `environment.ts`. */
import * as z from 'zod';
import type { FieldDefinition } from '../src/model/field-definition';
import { phoneFields } from '../src/model/phone-fields';
import {
  providerSettings,
  settingRows,
  type GivenSetting,
  type SettingDefinition,
  type StringMap,
} from '../src/settings/provider-settings';
import { settingProblem } from '../src/settings/read-settings';
import { strictObject } from './strict-object';

const string = z.string({ error: ({ input }) => expectedString(input) });
const yesOrNo = z.string({ error: ({ input }) => expectedYesOrNo(input) });

/** Stands for a secret: the name of a sensitive Terraform variable. */
const variable = strictObject(
  {
    variable: z
      .string({ error: 'expected the name of a Terraform variable' })
      .regex(/^[a-z_][a-z0-9_]*$/u, 'a variable name has lower-case letters, digits and _ only'),
  },
  'secrets must not be written in this file; reference a Terraform variable, such as { variable: phone_pass }',
);
export type Variable = z.output<typeof variable>;

/** Secrets by name. */
const variables = z.record(z.string(), variable, {
  error: 'expected variables by name, such as { X-Token: { variable: token } }',
});
export type Variables = z.output<typeof variables>;

/** The value of a field or setting in an environment file. */
export type FileValue = string | number | boolean | Variable | Variables | StringMap;

const keys = { server: string, extension: string };
const values: Record<string, z.ZodType<FileValue | undefined>> = Object.fromEntries(
  Object.entries<FieldDefinition>(phoneFields)
    .filter(([, field]) => !field.key)
    .map(([name, field]) => [name, valueSchema(field).optional()]),
);

const stringMap = z.record(z.string(), string, { error: 'expected a map of strings, such as { a: b }' });

const boolean = z.boolean({ error: 'expected true or false without quotes' });

/** Arguments that are no fields of VICIdial. */
const own = { deletion_protection: boolean.optional() };

/** Settings that every file has a place for at its top. */
const topSettings: readonly string[] = ['url', 'user', 'password'];

const settings: Record<string, z.ZodType<FileValue | undefined>> = Object.fromEntries(
  settingRows
    .filter(([name]) => !topSettings.includes(name))
    .map(([name, row]) => [name, settingSchema(row).optional()]),
);

const phone = strictObject(
  { ...keys, ...values, ...own },
  'expected a phone, such as { server: east, extension: "55000" }',
);

const phoneAlias = strictObject(
  { alias_id: string, alias_name: string, phone_logins: z.array(string, { error: 'expected a list of phone logins' }) },
  'expected a phone alias, such as { alias_id: desks, alias_name: Desks, phone_logins: ["55000"] }',
);

export const environmentFile = strictObject(
  {
    url: valid(z.string({ error: 'expected the URL of the non-agent API' }), providerSettings.url),
    user: variable,
    /** Where it is left out, `VICIDIAL_PASSWORD` is read. */
    password: variable.optional(),
    /** The other settings of the provider. */
    provider: strictObject(settings, 'expected settings of the provider, such as { read_from: admin }').default({}),
    /** `server_ip` by a name of the file's own, which phones refer to. */
    servers: z.record(z.string(), string, {
      error: 'expected IP addresses of servers by name, such as { east: 10.0.0.11 }',
    }),
    defaults: strictObject({ ...values, ...own }, 'expected fields of a phone, such as { protocol: SIP }').default({}),
    phones: z.array(phone, { error: 'expected a list of phones; write [] for none' }),
    aliases: z.array(phoneAlias, { error: 'expected a list of phone aliases; write [] for none' }).default([]),
  },
  'expected an environment with url, user, servers and phones',
);
export type EnvironmentFile = z.output<typeof environmentFile>;

function valueSchema(field: FieldDefinition): z.ZodType<FileValue> {
  if (field.secret) return variable;
  if (field.type === 'number') return z.number({ error: 'expected a number without quotes' });
  return field.choices?.includes('Y') ? yesOrNo : string;
}

/** What YAML makes of a word without quotes is not what was written. */
function expectedString(input: unknown): string {
  if (typeof input === 'boolean') return `expected a string; YAML reads ${input} as a boolean: put it in quotes`;
  if (input === null) return 'expected a string; YAML reads no value as null: write "" for an empty one';
  return 'expected a string; put digits in quotes';
}

function expectedYesOrNo(input: unknown): string {
  if (typeof input !== 'boolean') return expectedString(input);
  return `expected "Y" or "N"; YAML reads ${input} as a boolean: write "${input ? 'Y' : 'N'}"`;
}

function settingSchema(row: SettingDefinition): z.ZodType<FileValue> {
  if (row.sensitive) return row.type === 'map' ? variables : variable;
  if (row.type === 'number') return valid(z.number({ error: 'expected a number without quotes' }), row);
  if (row.type === 'map') return valid(stringMap, row);
  return row.type === 'bool' ? boolean : valid(string, row);
}

/** Refuses what the provider would refuse. */
function valid<V extends GivenSetting & FileValue>(schema: z.ZodType<V>, row: SettingDefinition): z.ZodType<V> {
  return schema.superRefine((value, context) => {
    const message = settingProblem(row, value);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
}
