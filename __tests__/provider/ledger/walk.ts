/**
 * A plan walk and an apply walk without an engine: a configuration, a state and a model server; the calls that an
 * engine would make for them, in any order that it permits; and a provider that reports them to the ledger.
 */
import { identityKey } from '../../../src/model/identity';
import { seededRandom } from '../../../src/emulator/faults';
import { ModelServer, type Operation, type Phone } from './model-server';
import { Ledger } from '../../../src/provider/ledger/ledger';
import type { Planned, Questions, Verdict } from '../../../src/provider/ledger/events';
import { WrittenKeys } from '../../../src/provider/ledger/written-keys';

/** `login` is undefined where state has none (after an import); in a configuration, undefined is unknown. */
export interface StoredPhone {
  readonly key: string;
  readonly login?: string | undefined;
}

export interface DesiredPhone {
  readonly key: string | undefined;
  readonly login?: string | undefined;
}

export interface Resource {
  /** What state has under this address. */
  readonly state?: StoredPhone;
  /** What the configuration wants there. Without it, the resource is deleted, or forgotten. */
  readonly config?: DesiredPhone;
  readonly is?: 'tainted' | 'replaced' | 'forgotten';
  /** The key that an import block names; there is no state then. */
  readonly imports?: string;
}

export interface Walk {
  readonly resources: readonly Resource[];
  readonly server: readonly Phone[];
  readonly adoptExisting?: boolean;
  /** false: `-refresh=false`. */
  readonly refresh?: boolean;
  /** Terraform up to 1.11 plans the deletion of an orphan before it reads it. */
  readonly readsOrphansLate?: boolean;
  /** Calls that an engine omits after an error are made all the same: whatever the ledger can say, it says. */
  readonly goesOn?: boolean;
}

export interface Outcome {
  readonly errors: readonly Verdict[];
  /** All codes of the plan, those of the server among them. */
  readonly codes: ReadonlySet<string>;
  /** Codes that the ledger gave. */
  readonly ledgerCodes: ReadonlySet<string>;
  readonly warnings: readonly Verdict[];
  /** What an apply of the plan sends, resource by resource. */
  readonly operations: readonly (readonly Operation[])[];
  /** Whether the API could not tell the own login of a phone from that of another (a warning, and no promise). */
  readonly unsure: boolean;
}

/** The most calls that an engine makes for one object in a plan walk. */
export const callsPerResource = 4;

/**
 * Plans.
 *
 * @param order indexes of resources: whose next call is made. Indexes of resources that are done are skipped.
 */
export function plan(walk: Walk, order: readonly number[]): Outcome {
  const provider = new ModelProvider(walk);
  const waiting = walk.resources.map((resource) => callsOf(resource, walk, provider));
  for (const index of order) waiting[index]?.next();
  return provider.outcome(waiting.length);
}

/** The calls of the plan walk about one object, as a generator that makes one call a step. */
function* callsOf(resource: Resource, walk: Walk, provider: ModelProvider): Generator<void, void> {
  const at = walk.resources.indexOf(resource);
  const { state, config, is, imports } = resource;
  const stops = (failed: boolean) => failed && !walk.goesOn;
  if (imports !== undefined) return yield* importCalls(at, imports, config ?? { key: imports }, provider, stops);
  if (state) {
    if (stops(provider.upgrade(state))) return;
    yield;
    if (is === 'forgotten') return;
    const reads = walk.refresh !== false;
    if (!config && walk.readsOrphansLate) {
      if (stops(provider.delete(at, state))) return;
      yield;
      if (reads) provider.read(state);
      return;
    }
    if (reads) {
      const found = provider.read(state);
      if (stops(found === 'failed')) return;
      yield;
      if (found === 'gone') {
        if (config) provider.create(at, config);
        return;
      }
    }
    if (!config) return void provider.delete(at, state);
    if (is === 'tainted') return void provider.create(at, config, state);
    const marker = provider.change(at, state, config);
    if (marker === undefined) return;
    yield;
    if (is === 'replaced' || !isSame(config.key, state.key)) provider.secondHalf(at, state, config, marker);
    return;
  }
  if (config) provider.create(at, config);
}

function* importCalls(
  at: number,
  key: string,
  config: DesiredPhone,
  provider: ModelProvider,
  stops: (failed: boolean) => boolean,
): Generator<void, void> {
  if (stops(provider.import(key))) return;
  yield;
  if (stops(provider.read({ key }) === 'failed')) return;
  yield;
  const marker = provider.change(at, { key }, config);
  if (marker === undefined || isSame(config.key, key)) return;
  yield;
  provider.secondHalf(at, { key }, config, marker);
}

/** Reports to the ledger as the provider has to, and asks the server what the ledger leaves open. */
class ModelProvider {
  readonly #ledger = new Ledger('walk');
  readonly #server: ModelServer;
  readonly #errors: Verdict[] = [];
  readonly #warnings: Verdict[] = [];
  readonly #serverCodes = new Set<string>();
  readonly #operations: Operation[][] = [];
  #unsure = false;

  constructor(private readonly walk: Walk) {
    this.#server = new ModelServer(walk.server);
  }

  outcome(resources: number): Outcome {
    const ledgerCodes = new Set<string>(this.#errors.map(({ code }) => code));
    return {
      errors: this.#errors,
      codes: new Set([...ledgerCodes, ...this.#serverCodes]),
      ledgerCodes,
      warnings: this.#warnings,
      operations: Array.from({ length: resources }, (_, index) => this.#operations[index] ?? []),
      unsure: this.#unsure,
    };
  }

  upgrade(state: StoredPhone): boolean {
    return this.#note(this.#ledger.priorState({ type: 'phone', ...state }));
  }

  import(key: string): boolean {
    return this.#note(this.#ledger.imported({ type: 'phone', key }));
  }

  read(state: StoredPhone): 'found' | 'gone' | 'failed' {
    if (!this.#server.find(state.key)) return 'gone';
    return this.#note(this.#ledger.found({ type: 'phone', ...state })) ? 'failed' : 'found';
  }

  create(at: number, config: DesiredPhone, tainted?: StoredPhone): void {
    const planned = this.#ledger.planCreate('phone', config, undefined, this.walk.adoptExisting);
    this.#note(planned.errors);
    const adopted = this.#ask(planned, planned.questions);
    this.#operations[at] = [...(tainted ? [deleteOperation(tainted)] : []), this.#createOperation(config, adopted)];
  }

  delete(at: number, state: StoredPhone): boolean {
    this.#operations[at] = [deleteOperation(state)];
    return this.#note(this.#ledger.planDelete({ type: 'phone', ...state }).errors);
  }

  /** Plans an object with prior state. Returns the marker, unless the engine would not go on to a second half. */
  change(at: number, state: StoredPhone, config: DesiredPhone): string | undefined {
    const prior = { type: 'phone', ...state } as const;
    const rekeyed = !isSame(config.key, state.key);
    const planned = rekeyed ? this.#ledger.planReplace(prior, config) : this.#ledger.planUpdate(prior, config);
    const before = this.#serverCodes.size;
    let failed = this.#note(planned.errors);
    const adopted = this.#ask(planned, planned.questions);
    failed ||= this.#serverCodes.size > before;
    if (rekeyed) this.#operations[at] = [deleteOperation(state), this.#createOperation(config, adopted)];
    else if (config.login !== undefined && !isSame(config.login, state.login))
      this.#operations[at] = [{ call: 'update', key: state.key, login: config.login }];
    return failed && !this.walk.goesOn ? undefined : planned.marker;
  }

  secondHalf(at: number, state: StoredPhone, config: DesiredPhone, marker: string): void {
    const planned = this.#ledger.planCreate('phone', config, marker, this.walk.adoptExisting);
    if (planned.createdAs !== 'second-half') throw new Error('The ledger does not know its marker.');
    this.#note(planned.errors);
    this.#ask(planned, planned.questions);
    if (isSame(config.key, state.key))
      this.#operations[at] = [deleteOperation(state), this.#createOperation(config, false)];
  }

  /** Returns whether the object is adopted. */
  #ask({ marker }: Planned, { key, login, ownKey }: Questions): boolean {
    const exists = key !== undefined && this.#server.find(key) !== undefined;
    if (exists && !this.walk.adoptExisting) {
      this.#serverCodes.add('phone-exists');
      return false;
    }
    if (exists) this.#note(this.#ledger.planAdoption(marker));
    if (login !== undefined) this.#askLogin(login, exists ? key : ownKey);
    return exists;
  }

  /** @param own the phone whose login it may be */
  #askLogin(login: string, own: string | undefined): void {
    const others = this.#server.usersOf(login).filter((user) => !isSame(user.key, own));
    if (others.length === 0) return;
    if (own === undefined || this.#server.isRefusedOnUpdate(own, login)) this.#serverCodes.add('login-taken');
    else this.#unsure = true;
  }

  #createOperation({ key = '', login = '' }: DesiredPhone, adopted: boolean): Operation {
    return { call: adopted ? 'update' : 'add', key, login };
  }

  #note(verdicts: readonly Verdict[]): boolean {
    this.#errors.push(...verdicts);
    return verdicts.length > 0;
  }
}

/**
 * Applies an accepted plan.
 *
 * @param order indexes of resources: whose next operation is sent
 * @returns the server afterwards
 * @throws Error where the server refuses an operation, or the process a deletion
 */
export function apply(walk: Walk, { operations }: Outcome, order: readonly number[]): ModelServer {
  const server = new ModelServer(walk.server);
  const written = new WrittenKeys();
  const waiting = operations.map((list) => [...list]);
  for (const index of order) {
    const operation = waiting[index]?.shift();
    if (!operation) continue;
    const { call, key, login } = operation;
    if (call === 'delete') {
      if (written.has('phone', key)) throw new Error(`${key} was written by this process and is to be deleted`);
      server.delete(key);
      continue;
    }
    written.add('phone', key);
    server[call](key, login);
  }
  return server;
}

/** All orders of the calls of a plan walk. The calls of one resource keep their order. */
export function allOrders({ resources, refresh }: Walk): number[][] {
  const orders: number[][] = [];
  const remaining = resources.map(({ state, config, is, imports }): number => {
    if (is === 'forgotten' || (!state && imports === undefined)) return 1;
    const replaced = is === 'replaced' || !isSame(config?.key, state?.key ?? imports);
    const halves = config && is !== 'tainted' && replaced ? 2 : 1;
    return (refresh === false && state ? 1 : 2) + halves;
  });
  const calls = remaining.reduce((sum, each) => sum + each, 0);
  const extend = (order: readonly number[]): void => {
    if (order.length === calls) orders.push([...order]);
    remaining.forEach((left, index) => {
      if (left === 0) return;
      remaining[index] = left - 1;
      extend([...order, index]);
      remaining[index] = left;
    });
  };
  extend([]);
  return orders;
}

/** A random order. Equal seeds give equal orders. */
export function randomOrder(resources: number, calls: number, seed: number): number[] {
  const random = seededRandom(seed);
  const order = Array.from({ length: resources * calls }, (_, position) => position % resources);
  for (let last = order.length - 1; last > 0; last -= 1) {
    const chosen = Math.floor(random() * (last + 1));
    [order[last], order[chosen]] = [order[chosen] ?? 0, order[last] ?? 0];
  }
  return order;
}

function deleteOperation({ key }: StoredPhone): Operation {
  return { call: 'delete', key, login: '' };
}

export function isSame(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && identityKey(a) === identityKey(b);
}
