/**
 * What a provider has to implement. This SDK does the rest: handshake, wire format, and the rules that Terraform
 * enforces. Every function may return a promise. What a function throws becomes an error diagnostic, through
 * `describeError` where the provider has one.
 */
import type { Action } from './action';
import type { Diagnostic, Path } from './diagnostic';
import type { ProviderFunction } from './function';
import type { ResourceList } from './list';
import type { ResourceIdentity } from './resource-identity';
import type { Block, Schema } from './schema';
import type { ObjectValue } from './value';

type Awaitable<T> = T | Promise<T>;

export interface Provider {
  /** `phonestate/vicidial`: the source address without the registry's host. */
  readonly address: string;
  /** The arguments of the `provider` block. */
  readonly schema: Schema;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly dataSources?: Readonly<Record<string, DataSource>>;
  /** By the names that configurations call them, as `provider::NAME::FUNCTION`. */
  readonly functions?: Readonly<Record<string, ProviderFunction>>;
  readonly actions?: Readonly<Record<string, Action>>;
  /** Checks the provider block; values may be unknown. */
  validate?(config: ObjectValue): Awaitable<readonly Diagnostic[]>;
  /** Called once in each plan or apply walk, before any resource's read, plan or apply. */
  configure(config: ObjectValue, context: ConfigureContext): Awaitable<readonly Diagnostic[]>;
  /** Terraform was interrupted: start nothing new, finish what is in progress. Returns at once. */
  stop?(): void;
  /** In debug mode, the engine that used this provider has left: closes connections. */
  close?(): Awaitable<void>;
  /**
   * Turns what a function threw into diagnostics; undefined for anything else, which is then reported as a bug.
   *
   * @param schema of the block that the call is about, where there is one
   */
  describeError?(error: unknown, schema?: Block): readonly Diagnostic[] | undefined;
}

export interface ConfigureContext {
  readonly terraformVersion: string;
}

/** A managed resource. Its functions are in the order of a resource's life. */
export interface Resource {
  readonly schema: Schema;
  readonly identity?: ResourceIdentity;
  readonly list?: ResourceList;
  /** Checks one block or instance; values may be unknown. */
  validate?(config: ObjectValue): Awaitable<readonly Diagnostic[]>;
  /**
   * Called for creation (prior null), update, and destruction (proposed null), but not where nothing is proposed that
   * the prior state does not have already. Planning has to be repeatable: Terraform plans again before it applies.
   */
  plan(request: PlanRequest): Awaitable<PlanResult>;
  /**
   * Called in place of `plan` where the proposed object equals the prior one: the plan is the prior object. For
   * providers that keep track of all objects of a walk; without it such an object costs next to nothing.
   */
  planNoOp?(request: NoOpPlanRequest): Awaitable<NoOpPlanResult | undefined>;
  create(request: CreateRequest): Awaitable<ApplyResult>;
  read(request: ReadRequest): Awaitable<ReadResult>;
  update(request: UpdateRequest): Awaitable<ApplyResult>;
  delete(request: DeleteRequest): Awaitable<DeleteResult>;
  /** Makes a first state of an import id, also where the import has an identity; `read` follows. */
  import?(id: string): Awaitable<ImportResult>;
  /** Called with each object in the state, at the start of a walk and before anything is planned for it. */
  onPriorState?(state: ObjectValue): readonly Diagnostic[] | void;
  /** Converts a state of an older schema version. Without it, attributes that are missing become null. */
  upgrade?(request: UpgradeRequest): Awaitable<ObjectValue>;
}

export interface PlanRequest {
  readonly config: ObjectValue | null;
  readonly prior: ObjectValue | null;
  /** The configuration with computed attributes filled in from the prior state; null to destroy. */
  readonly proposed: ObjectValue | null;
  /**
   * The private data in state. In the second half of a replacement, when the new object is planned with `prior` null,
   * it is what the first half returned; empty for a new or tainted object.
   */
  readonly priorPrivate: Uint8Array;
}

export interface PlanResult {
  /** Null exactly when `proposed` is null. */
  readonly planned: ObjectValue | null;
  readonly requiresReplace?: readonly Path[];
  /** Handed to `create`, `update` or `delete`; defaults to `priorPrivate`. */
  readonly private?: Uint8Array;
  readonly diagnostics?: readonly Diagnostic[];
}

export interface NoOpPlanRequest {
  /** Decodes the prior object, each time that it is called. */
  readonly prior: () => ObjectValue;
  /** The private data in state. */
  readonly priorPrivate: Uint8Array;
}

export interface NoOpPlanResult {
  /** Reaches the second half of a replacement as its `priorPrivate`, and is never stored; defaults to `priorPrivate`. */
  readonly private?: Uint8Array;
  readonly diagnostics?: readonly Diagnostic[];
}

export interface CreateRequest {
  readonly config: ObjectValue;
  readonly planned: ObjectValue;
  /** What `plan` returned: that of this process, as Terraform plans again before it applies. */
  readonly private: Uint8Array;
}

export interface UpdateRequest extends CreateRequest {
  readonly prior: ObjectValue;
}

export interface DeleteRequest {
  readonly prior: ObjectValue;
  /** What `plan` returned. In a replacement, what planning the second half returned; of a tainted object, that of planning the new one. */
  readonly private: Uint8Array;
}

/**
 * The outcome of a creation or an update.
 * - No error: `state` is the new state, with every planned value and no unknown.
 * - Error in `create`: `state` null (nothing exists) or what exists, which Terraform then marks as tainted.
 * - Error in `update`: `state` is what is true now; leave it out to keep the prior object with its private data.
 */
export interface ApplyResult {
  readonly state?: ObjectValue | null;
  /** Stored with `state`; defaults to what `plan` returned. */
  readonly private?: Uint8Array;
  readonly diagnostics?: readonly Diagnostic[];
}

/** An error keeps the object in state, with its private data; without one it is removed. */
export interface DeleteResult {
  readonly diagnostics?: readonly Diagnostic[];
}

export interface ReadRequest {
  readonly state: ObjectValue;
  readonly private: Uint8Array;
}

/** `state` null: the object does not exist any more, and Terraform plans to create it again. */
export interface ReadResult {
  readonly state: ObjectValue | null;
  /** Stored with `state`; defaults to the private data of the request. */
  readonly private?: Uint8Array;
  readonly diagnostics?: readonly Diagnostic[];
}

export interface ImportResult {
  /** Fully known; left out when `diagnostics` has an error. */
  readonly state?: ObjectValue;
  readonly private?: Uint8Array;
  readonly diagnostics?: readonly Diagnostic[];
}

export interface UpgradeRequest {
  readonly version: number;
  /** The JSON of the state file's `attributes`. */
  readonly state: Readonly<Record<string, unknown>>;
}

/** A data source: read in a plan, or in the apply where its configuration is unknown before. */
export interface DataSource {
  readonly schema: Schema;
  validate?(config: ObjectValue): Awaitable<readonly Diagnostic[]>;
  read(config: ObjectValue): Awaitable<DataResult>;
}

export interface DataResult {
  /** May be null where `diagnostics` has an error. */
  readonly state: ObjectValue | null;
  readonly diagnostics?: readonly Diagnostic[];
}
