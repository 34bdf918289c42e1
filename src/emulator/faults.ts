/** What can go wrong between a client and a dialer, made to happen: for one call, or at random with a seed. */
import * as z from 'zod';

export const faultKinds = [
  /** The connection is closed before the call is read. */
  'refuse',
  /** The connection breaks before the work is done, or after it. */
  'reset-before',
  'reset-after',
  /** The work is done, and half of the reply arrives. */
  'half-reply',
  /** PHP fails, before the work or after it. */
  'error-before',
  'error-after',
  /** A proxy asks to try again. */
  'bad-gateway',
  'busy',
  /** 200 with nothing in it, the work undone. */
  'empty',
  /** A page of a proxy. */
  'html',
  /** The dialer says that it did what it did not do. */
  'success-without-work',
  /** The answer takes longer than anybody waits. */
  'hang',
] as const;
export type FaultKind = (typeof faultKinds)[number];

const rule = z.strictObject({
  kind: z.enum([...faultKinds, 'delay']),
  /** Only calls of this function. */
  function: z.string().optional(),
  /** Only calls about this extension. */
  extension: z.string().optional(),
  /** Only calls that are made to write, or only those that are not. */
  writing: z.boolean().optional(),
  /** How many calls it meets; without it, all. */
  times: z.int().min(1).optional(),
  /** How many calls that it would meet are let through first. */
  skip: z.int().min(0).default(0),
  /** For `delay`. */
  milliseconds: z.int().min(0).max(600_000).default(0),
  /** For `busy`: what Retry-After says. */
  seconds: z.int().min(0).default(1),
});

export const faultFile = z.strictObject({
  rules: z.array(rule).default([]),
  /** Any of the kinds, for this share of the calls. */
  random: z
    .strictObject({
      seed: z.int(),
      rate: z.number().min(0).max(1),
      kinds: z
        .array(z.enum(faultKinds))
        .min(1)
        .default([...faultKinds].filter((kind) => kind !== 'hang')),
    })
    .optional(),
});

export type FaultRule = z.input<typeof rule>;
export type FaultPlan = z.input<typeof faultFile>;
type Rule = z.output<typeof rule>;

/** A fault that meets a call. */
export type Fault = Pick<Rule, 'kind' | 'milliseconds' | 'seconds'>;

export interface CallInfo {
  readonly function: string;
  readonly extension: string;
  readonly writing: boolean;
}

export class Faults {
  readonly #rules: { readonly rule: Rule; skip: number; left: number }[] = [];
  readonly #random: z.output<typeof faultFile>['random'];
  readonly #next: () => number;

  constructor(plan: FaultPlan = {}) {
    const { rules, random } = faultFile.parse(plan);
    for (const each of rules) this.#add(each);
    this.#random = random;
    this.#next = seededRandom(random?.seed ?? 0);
  }

  /** Adds a rule; those before it are asked first. */
  add(added: FaultRule): void {
    this.#add(rule.parse(added));
  }

  clear(): void {
    this.#rules.length = 0;
  }

  /** The fault that meets a call, if any. */
  match(call: CallInfo): Fault | undefined {
    for (const entry of this.#rules) {
      if (entry.left === 0 || !applies(entry.rule, call)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      return entry.rule;
    }
    if (!this.#random || this.#next() >= this.#random.rate) return undefined;
    const { kinds } = this.#random;
    return { kind: kinds[Math.floor(this.#next() * kinds.length)] ?? 'empty', milliseconds: 0, seconds: 0 };
  }

  #add(parsed: Rule): void {
    this.#rules.push({ rule: parsed, skip: parsed.skip, left: parsed.times ?? Infinity });
  }
}

function applies(rule: Rule, call: CallInfo): boolean {
  return (
    (rule.function === undefined || rule.function === call.function) &&
    (rule.extension === undefined || rule.extension === call.extension) &&
    (rule.writing === undefined || rule.writing === call.writing)
  );
}

/** The same numbers from 0 to 1 for the same seed (mulberry32, a public-domain generator). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
