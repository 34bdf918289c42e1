/** The Terraform schema of a type of object. */
import type { DataField } from '../model/data-sources';
import type { FieldDefinition, ObjectType } from '../model/field-definition';
import { writeOnlyDefinitions, type ArgumentDefinition } from '../model/write-only-fields';
import type { Attribute, Schema, Type } from '../terraform/schema';

/** Incremented with each change of the attributes that requires an upgrade of stored state. */
const version = 0;

/** A longer list of choices is left to the docs. */
const maxChoicesInDescription = 9;

/**
 * A resource schema with an attribute for each field, and those that Terraform alone needs.
 * Only the key is required: all other arguments may be left out of a resource that was imported.
 */
export function resourceSchema(type: ObjectType, description: string): Schema {
  const fields = mapValues(type.fields, attribute);
  const writeOnly = mapValues(writeOnlyDefinitions(type), writeOnlyAttribute);
  return { version, description, attributes: { ...ownAttributes(type), ...fields, ...writeOnly } };
}

function mapValues<A, B>(source: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(source).map(([name, value]) => [name, change(value)]));
}

function ownAttributes({ noun }: ObjectType) {
  return {
    id: { type: 'string', computed: true, description: `Identity of the ${noun}, and its import id.` },
    system: {
      type: 'string',
      computed: true,
      description: `The VICIdial system that the ${noun} belongs to: \`system_name\` of the provider, else host, port and path of its \`url\`. In another system it is neither changed nor deleted.`,
    },
    adopted: {
      type: 'bool',
      computed: true,
      description: `True where the ${noun} existed already and was adopted instead of created.`,
    },
    deletion_protection: {
      type: 'bool',
      optional: true,
      description: `While it is true in state, the ${noun} is neither deleted nor replaced. Set it to false and apply before. Not sent to VICIdial.`,
    },
  } as const satisfies Record<string, Attribute>;
}

function attribute(field: FieldDefinition): Attribute {
  return {
    type: terraformType(field),
    description: describe(field),
    ...(field.key ? { required: true } : { optional: true }),
    // Where the system can be read, state shows what it has. A secret is in state only where it is declared.
    ...(isObserved(field) ? { computed: true } : {}),
    ...(field.secret ? { sensitive: true } : {}),
  };
}

/**
 * Not sensitive: the engine shows no write-only value anyway, and a sensitive attribute that a former version of the
 * provider did not have makes it plan an update of every object of the state.
 */
function writeOnlyAttribute({ description, type, secret }: ArgumentDefinition): Attribute {
  const flags = { optional: true, description, ...(secret ? { writeOnly: true } : {}) };
  return { type: terraformType({ type }), ...flags };
}

/** Whether state has the field's value as it is stored, also where the configuration does not set it. */
export function isObserved({ key, secret }: FieldDefinition): boolean {
  return key !== true && secret !== true;
}

/** The type of an attribute that holds a field. */
export function terraformType({ type }: Pick<DataField, 'type'>): Type {
  if (type === 'number' || type === 'bool') return type;
  return type === undefined ? 'string' : ['list', 'string'];
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
