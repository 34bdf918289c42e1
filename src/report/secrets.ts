/**
 * The secrets of a plan: the values that it marks as sensitive. A report never prints one of them, wherever it stands.
 *
 * Keys, logins and addresses are not masked: they are no secrets by the plan's own marks, and a mask in them would show
 * that a password is equal to the login.
 */
import { sensitiveVariables, type PlanFile, type PlannedValues } from './plan-file';

export const sensitiveText = '(sensitive value)';

/** Shorter values stand in every text. */
const minTextLength = 4;

export class Secrets {
  readonly #values = new Set<string>();
  /** Texts of a plan are repeated: thousands of phones have one `phone_context`. */
  readonly #masked = new Map<string, string>();
  /** The lengths of secrets that are found within a text, the longest first. */
  readonly #lengths: readonly number[];

  /** @param more secrets that no plan has, such as the password of the API user */
  constructor(plans: readonly PlanFile[], more: readonly string[] = []) {
    for (const value of more) this.#add(value);
    for (const plan of plans) {
      const { resource_changes: changes, resource_drift: drift, deferred_changes: deferred } = plan;
      const all = [...changes, ...drift, ...deferred.map((each) => each.resource_change)].map((each) => each.change);
      for (const change of [...all, ...Object.values(plan.output_changes)]) this.#collect(change);
      for (const value of sensitiveVariables(plan).flatMap(leaves)) this.#add(value);
    }
    const lengths = new Set([...this.#values].map(({ length }) => length));
    this.#lengths = [...lengths].filter((length) => length >= minTextLength).sort((a, b) => b - a);
  }

  /** A text without secrets. Of secrets that overlap the longest is masked. */
  mask(text: string): string {
    const known = this.#masked.get(text);
    if (known !== undefined) return known;
    const masked = this.#values.has(text) ? sensitiveText : this.#maskParts(text);
    this.#masked.set(text, masked);
    return masked;
  }

  /** A value without secrets: a text as it is, anything else as JSON. */
  show(value: unknown): string {
    return typeof value === 'string' ? this.mask(value) : (JSON.stringify(this.#maskLeaves(value)) ?? '');
  }

  /** Before they are quoted, as quotes and backslashes of a secret are other characters in JSON. */
  #maskLeaves(value: unknown): unknown {
    if (typeof value === 'string') return this.mask(value);
    if (typeof value === 'number') return this.#values.has(String(value)) ? sensitiveText : value;
    if (Array.isArray(value)) return value.map((each) => this.#maskLeaves(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [this.mask(name), this.#maskLeaves(each)]));
  }

  #maskParts(text: string): string {
    let masked = '';
    for (let at = 0; at < text.length;) {
      const length = this.#lengths.find((each) => this.#values.has(text.slice(at, at + each)));
      masked += length === undefined ? text.charAt(at) : sensitiveText;
      at += length ?? 1;
    }
    return masked;
  }

  #collect({ before, after, before_sensitive, after_sensitive }: PlannedValues): void {
    for (const value of [...marked(before, before_sensitive), ...marked(after, after_sensitive)]) {
      this.#add(value);
    }
  }

  /** A secret as it is, and as it stands in an URL and in JSON. */
  #add(value: string): void {
    if (value === '') return;
    const forms = [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value.replace(/\p{Cs}/gu, '\uFFFD'))];
    for (const form of forms) this.#values.add(form);
  }
}

/** Whether a mark covers anything of a value. */
export function isMarked(mark: unknown): boolean {
  if (typeof mark !== 'object' || mark === null) return mark === true;
  return Object.values(mark).some(isMarked);
}

/** The texts below a value that its marks cover. */
function marked(value: unknown, mark: unknown): string[] {
  if (mark === true) return leaves(value);
  if (typeof value !== 'object' || value === null || typeof mark !== 'object' || mark === null) return [];
  const marks = mark as Readonly<Record<string, unknown>>;
  return Object.entries(value).flatMap(([name, each]) => marked(each, marks[name]));
}

function leaves(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves);
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}
