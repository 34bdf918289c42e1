/** What the diff asks for: an operation on one object. It keeps its action and its object until it is on the wire. */
import type { FieldValues, ObjectType, WriteFunction } from './field-definition';
import type { Secret } from './secret';

/** An object on a server: its type, its key, and what follows from them. */
export interface ObjectRef {
  readonly type: ObjectType;
  /** The values of the key fields. */
  readonly key: FieldValues;
  /** `SERVER_IP/EXTENSION`, or the alias_id: the id in state, and the import id. */
  readonly id: string;
  /** The phone login, where the object has one and it is known. */
  readonly login?: string;
}

/** The parameters of a call, in the order in which the server checks them. */
export type FormParameters = Readonly<Record<string, string | Secret>>;

/** One call of the API that writes. */
export interface Operation {
  readonly action: 'create' | 'update' | 'delete';
  readonly object: ObjectRef;
  readonly function: WriteFunction;
  readonly parameters: FormParameters;
}

/** What makes update_phone empty a field. As a value in a configuration it is an error (`value-reserved`). */
export const blankWord = '--BLANK--';
