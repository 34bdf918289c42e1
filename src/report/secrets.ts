/**
 * The secrets of a plan: the values that it marks as sensitive. A report never prints one of them, wherever it stands.
 *
 * Keys, logins and addresses are not masked: they are no secrets by the plan's own marks, and a mask in them would show
 * that a password is equal to the login.
 */
import type { PlanFile, PlannedValues } from './plan-file';

export const sensitiveText = '(sensitive value)';

/** Shorter values stand in every text. */
const minTextLength = 4;

export class Secrets {
  readonly #values = new Set<string>();
  /** The lengths of secrets that are found within a text, the longest first. */
  readonly #lengths: readonly number[];

  constructor(plans: readonly PlanFile[]) {
    for (const plan of plans) {
      const { resource_changes: changes, resource_drift: drift, deferred_changes: deferred } = plan;
      const all = [...changes, ...drift, ...deferred.map((each) => each.resource_change)].map((each) => each.change);
      for (const change of [...all, ...Object.values(plan.output_changes)]) this.#collect(change);
    }
    const lengths = new Set([...this.#values].map(({ length }) => length));
    this.#lengths = [...lengths].filter((length) => length >= minTextLength).sort((a, b) => b - a);
  }

  /** A text without secrets. Of secrets that overlap the longest is masked. */
  mask(text: string): string {
    if (this.#values.has(text)) return sensitiveText;
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
      if (value !== '') this.#values.add(value);
    }
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
