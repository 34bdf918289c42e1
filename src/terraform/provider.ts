/**
 * What a provider is made of, as the plugin server sees it.
 *
 * A provider hands `serve` one of these; the room `terraform` does the rest: handshake, wire format, the order of
 * calls and the rules that Terraform enforces. Every function may return a promise. What a function throws becomes
 * an error diagnostic, through `describeError` where the provider has one.
 */
import type { Diagnostic, Path } from './diagnostic';
import type { Block, Schema } from './schema';
import type { ObjectValue, Value } from './value';

type Awaitable<T> = T | Promise<T>;

export interface Provider {
  /** `phonestate/vicidial`: the source address without the registry's host. */
  readonly address: string;
  /** The arguments of the `provider` block. */
  readonly schema: Schema;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly dataSources?: Readonly<Record<string, DataSource>>;
  /** Checks the provider block; unknown values are to be tolerated. */
  validate?(config: ObjectValue): Awaitable<readonly Diagnostic[]>;
  /** Called once in each plan or apply walk, before any resource's read, plan or apply. May come again in debug mode. */
  configure(config: ObjectValue, context: ConfigureContext): Awaitable<readonly Diagnostic[]>;
  /** Terraform was interrupted: start nothing new, finish what is under way. Returns at once. */
  stop?(): void;
  /** Turns a failure that a function threw into diagnostics; undefined for anything else, which is then told as a bug. */
  describeError?(error: unknown, schema?: Block): readonly Diagnostic[] | undefined;
}

export interface ConfigureContext {
  readonly terraformVersion: string;
}

/** A managed resource. Functions stand in the order in which a reader meets them in a resource's life. */
export interface Resource {
  readonly schema: Schema;
  /** Checks one block or instance; values may be unknown. */
  validate?(config: ObjectValue): Awaitable<readonly Diagnostic[]>;
  /** Called for creation (prior null), update, and destruction (proposed null). */
  plan(request: PlanRequest): Awaitable<PlanResult>;
  create(request: CreateRequest): Awaitable<ApplyResult>;
  read(request: ReadRequest): Awaitable<ReadResult>;
  update(request: UpdateRequest): Awaitable<ApplyResult>;
  delete(request: DeleteRequest): Awaitable<DeleteResult>;
  /** Makes a first state of an import id; `read` follows. */
  import?(id: string): Awaitable<ImportResult>;
  /** Told of each object in the state, at the start of a walk and before anything is planned for it. */
  onPriorState?(state: ObjectValue): void;
  /** Carries a state of an older schema version over. Without it, attributes that are missing become null. */
  upgrade?(request: UpgradeRequest): Awaitable<ObjectValue>;
}

export interface PlanRequest {
  readonly config: ObjectValue | null;
  readonly prior: ObjectValue | null;
  /** The configuration with computed attributes filled in from the prior state; null to destroy. */
  readonly proposed: ObjectValue | null;
  readonly priorPrivate: Uint8Array;
}

export interface PlanResult {
  /** Null exactly when `proposed` is null. */
  readonly planned: ObjectValue | null;
  readonly requiresReplace?: readonly Path[];
  /** Handed to `create`, `update` or `delete`; defaults to what was recorded. */
  readonly private?: Uint8Array;
  readonly diagnostics?: readonly Diagnostic[];
}

export interface CreateRequest {
  readonly config: ObjectValue;
  readonly planned: ObjectValue;
  readonly private: Uint8Array;
}

export interface UpdateRequest extends CreateRequest {
  readonly prior: ObjectValue;
}

export interface DeleteRequest {
  readonly prior: ObjectValue;
  readonly private: Uint8Array;
}

/**
 * The outcome of a creation or an update.
 * - No error: `state` is the new state, with every planned value and no unknown.
 * - Error in `create`: `state` null (nothing exists) or what exists, which Terraform then marks as tainted.
 * - Error in `update`: `state` is what is true now; leave it out to keep the prior state.
 */
export interface ApplyResult {
  readonly state?: ObjectValue | null;
  readonly private?: Uint8Array;
  readonly diagnostics?: readonly Diagnostic[];
}

/** An error keeps the object in state; without one it is gone. */
export interface DeleteResult {
  readonly diagnostics?: readonly Diagnostic[];
}

export interface ReadRequest {
  readonly state: ObjectValue;
  readonly private: Uint8Array;
}

/** `state` null: the object is gone, and Terraform plans to create it again. */
export interface ReadResult {
  readonly state: ObjectValue | null;
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

/** A data source: read at plan time, never written. */
export interface DataSource {
  readonly schema: Block & { readonly version: number };
  validate?(config: ObjectValue): Awaitable<readonly Diagnostic[]>;
  read(config: ObjectValue): Awaitable<{ readonly state: Value; readonly diagnostics?: readonly Diagnostic[] }>;
}
