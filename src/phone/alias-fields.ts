/** The field table of a phone alias: several logins under one name (API facts, section 7). */
import { characters } from './characters';
import type { Field, Table, Values } from './field';

export const aliasFields = {
  alias_id: {
    description: 'Name with which an agent logs in to any of the phones; the identity of the alias. Case of letters makes no difference.',
    key: true,
    kept: characters.word,
    column: 20,
    onCreate: 'required',
    create: { min: 2, max: 20 },
    update: { min: 2, max: 20 },
    example: 'desks',
  },
  alias_name: {
    description: 'Name shown for the alias in VICIdial.',
    kept: characters.aliasName,
    column: 50,
    onCreate: 'required',
    create: { min: 1, max: 50 },
    update: { min: 2, max: 50 },
    example: 'All front desks',
  },
  phone_logins: {
    description: 'Logins of the phones, in the order in which VICIdial tries them. Each must be the `phone_login` of a phone that exists.',
    kind: 'logins',
    kept: characters.word,
    column: 255,
    onCreate: 'required',
    create: { min: 2, max: 255 },
    update: { min: 2, max: 255 },
    example: '55000,55001',
  },
} as const satisfies Record<string, Field>;

export const aliasTable = {
  noun: 'phone alias',
  addFunction: 'add_phone_alias',
  updateFunction: 'update_phone_alias',
  deleteField: 'delete_alias',
  fields: aliasFields,
} as const satisfies Table;

export type AliasFieldName = keyof typeof aliasFields;
export type AliasValues = Values<typeof aliasTable>;
