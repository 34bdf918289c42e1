/** A list of the objects of a resource, for `terraform query`. */
import type { Diagnostic } from './diagnostic';
import type { Schema } from './schema';
import type { ObjectValue } from './value';

/** How a resource lists its objects. The resource must have an identity. */
export interface ResourceList {
  /** The arguments that select objects. */
  readonly schema: Schema;
  validate?(config: ObjectValue): readonly Diagnostic[] | Promise<readonly Diagnostic[]>;
  /** Lists objects as they are found; Terraform shows each as it comes. */
  list(request: ListRequest): AsyncIterable<ListedObject>;
}

export interface ListRequest {
  readonly config: ObjectValue;
  /** Whether the objects are needed, and not only their identities. */
  readonly includesObject: boolean;
  /** How many are wanted; what comes after them is not sent. */
  readonly limit: number;
}

/** An object that was found, or what went wrong: a diagnostic without an identity. */
export interface ListedObject {
  /** The attributes of the identity. */
  readonly identity?: ObjectValue;
  readonly displayName?: string;
  /** The object as a refresh would read it; where it was asked for. */
  readonly object?: ObjectValue;
  readonly diagnostics?: readonly Diagnostic[];
}
