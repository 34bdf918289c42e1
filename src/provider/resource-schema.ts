/** The Terraform schema of a type of object. */
import type { FieldDefinition, ObjectType } from '../model/field-definition';
import type { Attribute, Schema, Type } from '../terraform/schema';

/** Incremented with each change of the attributes that requires an upgrade of stored state. */
const version = 0;

/** A longer list of choices is left to the docs. */
const maxChoicesInDescription = 9;

/**
 * A resource schema with an `id` and an attribute for each field.
 * Only the key is required: all other arguments may be left out of a resource that was imported.
 */
export function resourceSchema(type: ObjectType, description: string): Schema {
  const attributes = Object.entries(type.fields).map(([name, field]): [string, Attribute] => [name, attribute(field)]);
  const id: Attribute = {
    type: 'string',
    computed: true,
    description: `Identity of the ${type.noun}, and its import id.`,
  };
  return { version, description, attributes: { id, ...Object.fromEntries(attributes) } };
}

function attribute(field: FieldDefinition): Attribute {
  return {
    type: terraformType(field),
    description: describe(field),
    ...(field.key ? { required: true } : { optional: true }),
    ...(field.secret ? { sensitive: true } : {}),
  };
}

function terraformType(field: FieldDefinition): Type {
  if (field.type === 'number') return 'number';
  return field.type === 'logins' ? ['list', 'string'] : 'string';
}

function describe(field: FieldDefinition): string {
  const notes = [field.description];
  if (field.choices && field.choices.length <= maxChoicesInDescription) {
    notes.push(`One of ${field.choices.map((choice) => `\`${choice}\``).join(', ')}.`);
  }
  if (field.range) notes.push(`From ${field.range[0]} to ${field.range[1]}.`);
  if (field.key) notes.push('Changing it replaces the object.');
  if (field.onCreate === 'required' && !field.key) notes.push('Required to create.');
  if (field.clearable) notes.push('`""` empties it.');
  if (field.sinceBuild) notes.push(`Since build ${field.sinceBuild} of VICIdial.`);
  return notes.join(' ');
}
