/** The field table of a phone alias: several phone logins under one name (vicidial-api.md, section 7). */
import { allowedCharacters } from './characters';
import type { FieldDefinition, ObjectType } from './field-definition';

export const phoneAliasFields = {
  alias_id: {
    description:
      'Name with which an agent logs in to any of the phones; the identity of the phone alias (case-insensitive).',
    key: true,
    allowedCharacters: allowedCharacters.word,
    columnLength: 20,
    onCreate: 'required',
    create: { min: 2, max: 20 },
    update: { min: 2, max: 20 },
    example: 'desks',
  },
  alias_name: {
    description: 'Name shown for the phone alias in VICIdial.',
    allowedCharacters: allowedCharacters.aliasName,
    columnLength: 50,
    onCreate: 'required',
    create: { min: 1, max: 50 },
    update: { min: 2, max: 50 },
    example: 'All front desks',
  },
  phone_logins: {
    description:
      'Phone logins in the order in which VICIdial tries them. Each must be the `phone_login` of an existing phone.',
    type: 'logins',
    allowedCharacters: allowedCharacters.word,
    columnLength: 255,
    onCreate: 'required',
    create: { min: 2, max: 255 },
    update: { min: 2, max: 255 },
    example: '55000,55001',
  },
} as const satisfies Record<string, FieldDefinition>;

export const phoneAliasType = {
  noun: 'phone alias',
  resourceType: 'vicidial_phone_alias',
  idFields: ['alias_id'],
  addFunction: 'add_phone_alias',
  updateFunction: 'update_phone_alias',
  deleteParameter: 'delete_alias',
  fields: phoneAliasFields,
} as const satisfies ObjectType;
