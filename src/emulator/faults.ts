/** Faults between a client and a server: injected into chosen calls and pages, or at random with a seed. */
import * as z from 'zod';

export const faultKinds = [
  /** The connection is reset without a response. */
  'refuse',
  /** The connection is reset before the call is executed, or after it. */
  'reset-before',
  'reset-after',
  /** The call is executed, and half of the reply arrives. */
  'half-reply',
  /** PHP fails before the call is executed, or after it. */
  'error-before',
  'error-after',
  /** A proxy answers 502, or 503 with Retry-After; the call is not executed. */
  'bad-gateway',
  'busy',
  /** 200 with an empty body; the call is not executed. */
  'empty',
  /** 200 with an HTML page of a proxy; the call is not executed. */
  'html',
  /** The server reports SUCCESS, and the call is not executed. */
  'success-without-work',
  /** No response is sent, and the connection stays open. */
  'hang',
] as const;

/** Of calls of the API, not of pages. */
export const callFaultKinds = [
  /** 200 with one line: the database takes no more connections. The call is not executed. */
  'too-many-connections',
  /** The call is executed, and PHP displays warnings before the reply. */
  'php-warnings',
  /** The call is executed, and its whole reply arrives with status 500. */
  'error-with-reply',
] as const;
export type FaultKind = (typeof faultKinds | typeof callFaultKinds)[number];

const pageFaultKinds = [
  /** An admin page arrives with status 200, but without its end: of a phone's page, the form is missing. */
  'cut-page',
  /** 200 with a login form of another application. */
  'other-application',
] as const;

const ruleFields = z.strictObject({
  kind: z
    .enum([...faultKinds, ...callFaultKinds, ...pageFaultKinds, 'delay'])
    .describe('docs/guides/emulator.md explains them'),
  page: z.boolean().default(false).describe('Applies to admin pages instead of calls of the API'),
  function: z
    .string()
    .optional()
    .describe('Applies only to calls of this function, or to pages with this value of `ADD`'),
  extension: z
    .string()
    .optional()
    .describe('Applies only to calls or pages with this extension, or to pages with this alias_id'),
  writing: z
    .boolean()
    .optional()
    .describe('Applies only to calls that reach the point of writing, or only to those that do not'),
  times: z.int().min(1).optional().describe('How many calls it applies to; default: all'),
  skip: z.int().min(0).default(0).describe('How many calls it lets pass before it applies'),
  milliseconds: z.int().min(0).max(600_000).default(0).describe('For `delay`'),
  seconds: z.int().min(0).default(1).describe('For `busy`: the value of Retry-After'),
  share: z.number().min(0).max(1).default(0.5).describe('For `cut-page`: the share of the page that arrives'),
});

const callOnly: readonly string[] = [...callFaultKinds, 'success-without-work'];
const pageOnly: readonly string[] = pageFaultKinds;

const rule = ruleFields.refine(({ kind, page }) => !(page ? callOnly : pageOnly).includes(kind), {
  message: `the kind does not fit: ${pageOnly.join(', ')} are for pages, ${callOnly.join(', ')} are for calls`,
});

export const faultFile = z
  .strictObject({
    rules: z.array(rule).default([]).describe('Where several apply to a call, the first one counts'),
    random: z
      .strictObject({
        seed: z.int(),
        pages: z
          .boolean()
          .default(false)
          .describe('Whether admin pages fail as well as calls; a page is cut where the fault is one of calls only'),
        rate: z.number().min(0).max(1).describe('The share of the calls'),
        kinds: z
          .array(z.enum([...faultKinds, ...callFaultKinds]))
          .min(1)
          .default([...faultKinds, ...callFaultKinds].filter((kind) => kind !== 'hang')),
      })
      .optional()
      .describe('A fault of any of the kinds, for a share of the calls'),
  })
  .describe('Faults to inject, for phonestate emulator --faults');

export type FaultRule = z.input<typeof rule>;
export type FaultPlan = z.input<typeof faultFile>;
type Rule = z.output<typeof rule>;

/** A fault that applies to a call. */
export type Fault = Pick<Rule, 'kind' | 'milliseconds' | 'seconds' | 'share'>;

export interface CallInfo {
  /** Whether it is a request for an admin page. */
  readonly page?: boolean;
  /** For a page, the value of `ADD`. */
  readonly function: string;
  readonly extension: string;
  /** Whether it reaches the point of writing. */
  readonly writing: boolean;
}

export class Faults {
  readonly #rules: { readonly rule: Rule; toSkip: number; remaining: number }[] = [];
  readonly #random: z.output<typeof faultFile>['random'];
  readonly #next: () => number;

  constructor(plan: FaultPlan = {}) {
    const { rules, random } = faultFile.parse(plan);
    for (const each of rules) this.#add(each);
    this.#random = random;
    this.#next = seededRandom(random?.seed ?? 0);
  }

  /** Adds a rule. Where several apply to a call, the first one counts. */
  add(added: FaultRule): void {
    this.#add(rule.parse(added));
  }

  clear(): void {
    this.#rules.length = 0;
  }

  /** The fault for the next call, if any. Counts the call against `times` and `skip`. */
  faultFor(call: CallInfo): Fault | undefined {
    for (const entry of this.#rules) {
      if (entry.remaining === 0 || !applies(entry.rule, call)) continue;
      if (entry.toSkip > 0) {
        entry.toSkip -= 1;
        continue;
      }
      entry.remaining -= 1;
      return entry.rule;
    }
    return this.#randomFault(call);
  }

  #randomFault({ page = false }: CallInfo): Fault | undefined {
    const random = this.#random;
    if (!random || (page && !random.pages) || this.#next() >= random.rate) return undefined;
    const kind = random.kinds[Math.floor(this.#next() * random.kinds.length)] ?? 'empty';
    const fitting = page && callOnly.includes(kind) ? 'cut-page' : kind;
    return { kind: fitting, milliseconds: 0, seconds: 0, share: 0.5 };
  }

  #add(parsed: Rule): void {
    this.#rules.push({ rule: parsed, toSkip: parsed.skip, remaining: parsed.times ?? Infinity });
  }
}

function applies(rule: Rule, call: CallInfo): boolean {
  return (
    rule.page === (call.page ?? false) &&
    (rule.function === undefined || rule.function === call.function) &&
    (rule.extension === undefined || rule.extension === call.extension) &&
    (rule.writing === undefined || rule.writing === call.writing)
  );
}

/** A generator of numbers from 0 up to 1, the same for the same seed (mulberry32, public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
