/** The arguments of a table's resource: the fields of VICIdial, and what Terraform alone needs. */
import { oncePer } from '../once-per';
import type { ObjectType } from '../model/field-definition';
import { writeOnlyDefinitions } from '../model/write-only-fields';
import type { ValueType } from './synthesized-values';

export interface TableArgument {
  readonly type?: ValueType;
  /** Never shown, and not to be written into the stack. */
  readonly secret?: true;
  /** A resource without it is not valid. */
  readonly key?: true;
  /** In no state, so nothing can refer to it. */
  readonly writeOnly?: true;
}

type Arguments = Readonly<Record<string, TableArgument>>;

/** By the names of Terraform. Every construct of a stack asks for them, several times. */
export const argumentsOf = oncePer((table: ObjectType): Arguments => {
  const writeOnly = Object.entries(writeOnlyDefinitions(table)).map(
    ([name, { type, secret }]): [string, TableArgument] => [
      name,
      { ...(type ? { type } : {}), ...(secret ? { secret, writeOnly: true } : {}) },
    ],
  );
  return { ...table.fields, deletion_protection: { type: 'bool' }, ...Object.fromEntries(writeOnly) };
});
