/** The `provider` block of an environment file: every setting of the provider, from the table of settings. */
import * as z from 'zod';
import { settingRows, type GivenSetting, type SettingDefinition } from '../settings/provider-settings';
import { settingProblem } from '../settings/read-settings';
import { strictObject } from './strict-object';
import { flag, numberMessage, settingVariable, text, type Variable } from './value-schema';

/** The value of a setting in an environment file; null is "not set". */
export type SettingValue = string | number | boolean | Variable | Readonly<Record<string, string | Variable>> | null;

/** Secrets by name: each has a variable of its own. */
const variablesByName = z.record(z.string(), settingVariable, {
  error: 'expected variables by name, such as { X-Token: { variable: token } }',
});

const settings: Record<string, z.ZodType<SettingValue | undefined>> = Object.fromEntries(
  settingRows.map(([name, row]) => [
    name,
    settingValue(name, row).nullable().optional().describe(`${row.description} When not set, ${row.environment}.`),
  ]),
);

/** All settings. What is not set is read from the environment, as without a file. */
export const providerBlock = strictObject(settings, 'expected settings of the provider, such as { read_from: admin }');

function settingValue(name: string, row: SettingDefinition): z.ZodType<SettingValue> {
  if (row.type === 'map') return row.sensitive ? variablesByName : valid(stringMap(name), row);
  if (row.sensitive) return settingVariable;
  return z.union([settingVariable, plainValue(name, row)]);
}

function stringMap(name: string) {
  return z.record(z.string(), text(name), { error: 'expected a map of strings, such as { a: b }' });
}

function plainValue(name: string, row: SettingDefinition): z.ZodType<string | number | boolean> {
  if (row.type === 'number') return valid(z.number({ error: numberMessage(name) }), row);
  return row.type === 'bool' ? flag : valid(text(name), row);
}

/** Refuses what the provider would refuse. */
function valid<V extends GivenSetting>(schema: z.ZodType<V>, row: SettingDefinition): z.ZodType<V> {
  return schema.superRefine((value, context) => {
    const message = settingProblem(row, value);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
}
