/** The Terraform schema of a field table. */
import type { FieldDefinition, ObjectType } from '../model/field-definition';
import type { Attribute, Schema, Type } from '../terraform/schema';

/** Goes up with each change of the attributes that a stored state must be carried over. */
const version = 0;

/**
 * A resource schema with an `id` and an attribute for each row.
 * Only the key is required: all else may be left out of a resource that was imported.
 */
export function tableSchema(table: ObjectType, description: string): Schema {
  const attributes = Object.entries(table.fields).map(([name, field]): [string, Attribute] => [name, attribute(field)]);
  const id: Attribute = {
    type: 'string',
    computed: true,
    description: `Identity of the ${table.noun}; also its import id.`,
  };
  return { version, description, attributes: { id, ...Object.fromEntries(attributes) } };
}

function attribute(field: FieldDefinition): Attribute {
  return {
    type: typeOf(field),
    description: describe(field),
    ...(field.key ? { required: true } : { optional: true }),
    ...(field.secret ? { sensitive: true } : {}),
  };
}

function typeOf(field: FieldDefinition): Type {
  if (field.type === 'number') return 'number';
  return field.type === 'logins' ? ['list', 'string'] : 'string';
}

function describe(field: FieldDefinition): string {
  const notes = [field.description];
  if (field.choices && field.choices.length < 10)
    notes.push(`One of ${field.choices.map((choice) => `\`${choice}\``).join(', ')}.`);
  if (field.range) notes.push(`From ${field.range[0]} to ${field.range[1]}.`);
  if (field.key) notes.push('Another value makes another object.');
  if (field.onCreate === 'required' && !field.key) notes.push('Needed to create.');
  if (field.clearable) notes.push('`""` empties it.');
  if (field.sinceBuild) notes.push(`Known to VICIdial from build ${field.sinceBuild} on.`);
  return notes.join(' ');
}
