/** The field table of a phone alias: several logins under one name (API facts, section 7). */
import { allowedCharacters } from './characters';
import type { FieldDefinition, ObjectType, Values } from './field-definition';

export const phoneAliasFields = {
  alias_id: {
    description:
      'Name with which an agent logs in to any of the phones; the identity of the alias. Case of letters makes no difference.',
    key: true,
    allowedCharacters: allowedCharacters.word,
    columnLength: 20,
    onCreate: 'required',
    create: { min: 2, max: 20 },
    update: { min: 2, max: 20 },
    example: 'desks',
  },
  alias_name: {
    description: 'Name shown for the alias in VICIdial.',
    allowedCharacters: allowedCharacters.aliasName,
    columnLength: 50,
    onCreate: 'required',
    create: { min: 1, max: 50 },
    update: { min: 2, max: 50 },
    example: 'All front desks',
  },
  phone_logins: {
    description:
      'Logins of the phones, in the order in which VICIdial tries them. Each must be the `phone_login` of a phone that exists.',
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
  addFunction: 'add_phone_alias',
  updateFunction: 'update_phone_alias',
  deleteField: 'delete_alias',
  fields: phoneAliasFields,
} as const satisfies ObjectType;

export type AliasFieldName = keyof typeof phoneAliasFields;
export type AliasValues = Values<typeof phoneAliasType>;
