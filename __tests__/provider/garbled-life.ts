/** The life of one object while its replies are garbled, and what must be true after each step of it. */
import { properties, type FailureCode } from '../../src/model/failures';
import type { Arguments, Outcome, PlanWalk } from './plan-walk';

export interface LivingObject {
  readonly type: 'vicidial_phone' | 'vicidial_phone_alias';
  /** As it is created. */
  readonly values: Arguments;
  /** What an update changes. */
  readonly changes: Readonly<Record<string, string>>;
  readonly id: string;
  /** What its calls are known by to the proxy. */
  readonly key: string;
  /** What is stored of it; undefined where it does not exist. */
  /** Resolves when each node of the system shows what was written last. */
  readonly whenVisible: () => Promise<void>;
  readonly stored: () => Readonly<Record<string, string | null>> | undefined;
}

/** What a life has violated, one sentence each. */
export async function live(walk: PlanWalk, object: LivingObject): Promise<string[]> {
  const life = new Life(walk, object);
  await life.run();
  return life.violations;
}

class Life {
  readonly violations: string[] = [];
  #state: Arguments | null = null;

  constructor(
    private readonly walk: PlanWalk,
    private readonly object: LivingObject,
  ) {}

  async run(): Promise<void> {
    const { type, values, changes, stored } = this.object;
    await this.#step('create', () => this.walk.apply(type, values));
    // What an error named is imported.
    if (!this.#state && stored()) this.#state = { ...values, id: this.object.id };
    if (!this.#state) return;
    // A lookup of a node that lags would say that it does not exist.
    await this.object.whenVisible();
    await this.#step('read', () => this.walk.read(type, this.#state ?? {}));
    if (!this.#state) return;
    await this.#step('update', () => this.walk.apply(type, { ...this.#state, ...changes }, this.#state));
    await this.#step('delete', () => this.walk.apply(type, null, this.#state));
    await this.object.whenVisible();
    if (this.#state) await this.#step('read after delete', () => this.walk.read(type, this.#state ?? {}));
  }

  async #step(name: string, work: () => Promise<Outcome>): Promise<void> {
    let outcome: Outcome;
    try {
      outcome = await work();
    } catch (error) {
      // What is no PhonestateError would be reported as a bug of the provider.
      this.violations.push(`${name}: threw ${error instanceof Error ? error.stack : String(error)}`);
      return;
    }
    // Without a state in the response, Terraform keeps the one before; after a create there is none.
    if (outcome.planned !== undefined) this.#state = outcome.planned;
    this.#check(name, outcome);
  }

  #check(step: string, outcome: Outcome): void {
    const { stored, changes, id } = this.object;
    const exists = stored() !== undefined;
    const isOutcomeUnknown = this.#isOutcomeUnknown(outcome);
    const codes = `(${outcome.codes.join(', ') || 'no diagnostic'})`;
    if (exists && !this.#state && !isOutcomeUnknown) this.violations.push(`${step}: ${id} is not in state ${codes}`);
    if (!exists && this.#state && !isOutcomeUnknown) this.violations.push(`${step}: ${id} is in state only ${codes}`);
    if (step === 'read' && exists && !this.#state) this.violations.push(`read: ${id} has left the state`);
    const isUpdated = Object.entries(changes).every(([name, value]) => stored()?.[name] === value);
    if (step === 'update' && outcome.errors.length === 0 && !isUpdated)
      this.violations.push(`update: ${id} has not changed`);
  }

  /** Whether an error says of this very object that it is not known what was done. */
  #isOutcomeUnknown({ errors }: Outcome): boolean {
    return errors.some(({ detail = '' }) => {
      const code = /^Code: (\S+)$/mu.exec(detail)?.[1] as FailureCode | undefined;
      return code !== undefined && properties({ code }).outcome === 'unknown' && detail.includes(this.object.id);
    });
  }
}
