/** A call of the API before it is sent. */
import type { WriteFunction } from '../../model/field-definition';
import type { FormParameters, ObjectRef, Operation } from '../../model/operation';

export type ApiFunction = WriteFunction | 'server_refresh';

/** A call, with the object that it is about where there is one. An `Operation` is such a call that writes. */
export interface ApiRequest {
  readonly function: ApiFunction;
  readonly parameters: FormParameters;
  readonly object?: ObjectRef;
  /** Set by an operation; a lookup and a permission check have none. */
  readonly action?: Operation['action'];
}
