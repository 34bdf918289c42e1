/** Which values an argument accepts: of the resources, from their field tables; of the provider block, from its settings. */
import type { FieldDefinition, ObjectType } from '../../src/model/field-definition';
import { lengthBounds } from '../../src/model/stored-value';
import { settingRows, type SettingDefinition } from '../../src/settings/provider-settings';
import { code, page, table } from './markdown';

/** The section of a resource. */
export function acceptedValues({ fields }: ObjectType): string {
  const rows = Object.entries(fields).map(([name, field]) => [
    code(name),
    accepted(field),
    field.onCreate === 'required' ? (field.key ? 'always' : 'to create') : '',
    field.clearable ? code('""') : 'no',
    field.sinceBuild ? String(field.sinceBuild) : '',
    code(field.example),
  ]);
  return page([
    '## Accepted Values',
    'A value is accepted only if VICIdial stores it unchanged. Lengths are in characters, for the call that carries the value: the one that creates the object, or the one that updates it.',
    table(['argument', 'accepted', 'required', 'emptied by', 'since build', 'example'], rows),
  ]).trimEnd();
}

function accepted(field: FieldDefinition): string {
  if (field.choices) return field.choices.map(code).join(' ');
  if (field.range) return `${field.range[0]} to ${field.range[1]}`;
  return `${field.digitsOnly ? 'digits' : field.allowedCharacters.description}; length ${lengths(field)}`;
}

function lengths(field: FieldDefinition): string {
  const [create, update] = (['create', 'update'] as const).map((call) => {
    const { min, max } = lengthBounds(field, call);
    return `${min} to ${max}`;
  });
  // A key is never updated; what the creating function ignores is carried by the updating one.
  if (field.key) return `${create}`;
  if (field.onCreate === 'ignored' || create === update) return `${update}`;
  return `${create} when created, ${update} when updated`;
}

/** The section of the provider. */
export function environmentVariables(): string {
  const rows = settingRows.map(([name, row]) => [
    code(name),
    code(row.environment),
    acceptedSetting(row),
    row.default === undefined ? (row.required ? 'required' : 'not set') : code(String(row.default)),
  ]);
  return page([
    '## Environment Variables',
    'A setting that is not in the provider block is read from its environment variable. Boolean variables take `true`, `t` or `1` and `false`, `f` or `0`, in any case; that of a map is a JSON object.',
    table(['argument', 'environment variable', 'accepted', 'default'], rows),
  ]).trimEnd();
}

function acceptedSetting({ choices, range }: SettingDefinition): string {
  if (choices) return choices.map(code).join(' ');
  return range ? `${range[0]} to ${range[1]}` : '';
}
