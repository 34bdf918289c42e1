/** How a rehearsal ended: the result, and its text. Secrets are masked. */
import { headings, countsLine } from '../report/words';
import { kinds, type Change, type LogDiagnostic, type Report } from '../report/report-schema';

export interface SystemOutcome {
  readonly name: string;
  readonly source: 'admin' | 'database';
  readonly phones: number;
  readonly aliases: number;
  /** What the rehearsal cannot know of the system. */
  readonly notes: readonly string[];
  /** The calls that wrote, or would have, in their order. */
  readonly calls: readonly string[];
}

export interface RehearsalOutcome {
  readonly environment: string;
  /**
   * `plan-failed` and `apply-failed`: the system would refuse it. `not-empty`: it would be applied, and the next plan has
   * changes all the same.
   */
  readonly result: 'succeeded' | 'plan-failed' | 'apply-failed' | 'not-empty';
  readonly systems: readonly SystemOutcome[];
  readonly plan: Report | undefined;
  /** The addresses whose changes were applied, each as often as it was changed. */
  readonly applied: readonly string[];
  readonly failed: readonly string[];
  readonly diagnostics: readonly LogDiagnostic[];
  readonly secondPlan: Report | undefined;
  /** Other providers of the configuration, which read really. */
  readonly otherProviders: readonly string[];
}

/** The most lines of one list, where not all are asked for. */
const maxLines = 20;

const results: Readonly<Record<RehearsalOutcome['result'], string>> = {
  succeeded: 'the apply succeeds, and the next plan has no changes',
  'plan-failed': 'the plan fails',
  'apply-failed': 'the apply fails',
  'not-empty': 'the apply succeeds, and the next plan has changes again',
};

/**
 * The outcome as text.
 *
 * @param options `all`: every line of each list
 */
export function outcomeText(outcome: RehearsalOutcome, { all }: { readonly all: boolean }): string {
  const limit = all ? Infinity : maxLines;
  const { environment, result, systems, plan, secondPlan, diagnostics, otherProviders } = outcome;
  const sections = [
    [`Rehearsal of ${environment}: ${results[result]}.`],
    systems.flatMap(systemLines),
    otherProviders.length === 0 ? [] : [`Other providers read really, as in a plan: ${otherProviders.join(', ')}.`],
    plan ? [`Plan: ${countsLine(plan)}`, ...changeLines(outcome, plan, limit)] : [],
    ...systems.map((system) => callLines(system, limit)),
    ...diagnostics.map(diagnosticLines),
    secondPlan && result === 'not-empty'
      ? [`Second plan: ${countsLine(secondPlan)}`, ...shorten(secondPlan.changes.map(leftLine), limit)]
      : [],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function systemLines({ name, source, phones, aliases, notes }: SystemOutcome): string[] {
  const from = source === 'admin' ? 'the admin pages' : 'the database';
  return [
    `System ${name}: ${phones} phones and ${aliases} phone aliases, read from ${from}.`,
    ...notes.map((note) => `  Not known: ${note}`),
  ];
}

function changeLines({ applied, failed, result }: RehearsalOutcome, plan: Report, limit: number): string[] {
  const [done, notDone] = [new Set(applied), new Set(failed)];
  const status = ({ address }: Change) => {
    if (notDone.has(address)) return 'failed';
    return done.has(address) ? 'done' : result === 'plan-failed' || result === 'apply-failed' ? 'not done' : 'done';
  };
  return kinds.flatMap((kind) => {
    const changes = plan.changes.filter((change) => change.kinds.includes(kind));
    if (changes.length === 0) return [];
    // What failed is never left out.
    const ordered = [...changes].sort((a, b) => Number(notDone.has(b.address)) - Number(notDone.has(a.address)));
    const lines = ordered.map((change) => `  ${status(change)}: ${change.key} (${change.address})`);
    return [`${headings[kind]}:`, ...shorten(lines, limit)];
  });
}

function callLines({ name, calls }: SystemOutcome, limit: number): string[] {
  if (calls.length === 0) return [`No calls that write to ${name}.`];
  const byFunction = new Map<string, number>();
  for (const call of calls) {
    const [called = ''] = call.split(' ');
    byFunction.set(called, (byFunction.get(called) ?? 0) + 1);
  }
  const counts = [...byFunction].map(([called, count]) => `${called} ${count}`).join(', ');
  return [
    `Calls that write to ${name}: ${counts}.`,
    ...shorten(
      calls.map((call) => `  ${call}`),
      limit,
    ),
  ];
}

function diagnosticLines({ severity, summary, detail, address, place }: LogDiagnostic): string[] {
  const at = [address, place].filter((each) => each !== undefined).join(', ');
  return [`${severity === 'error' ? 'Error' : 'Warning'}: ${summary}${at === '' ? '' : ` (${at})`}`, detail].filter(
    (line) => line !== '',
  );
}

function leftLine({ address, key, kinds: found, fields }: Change): string {
  const changed = fields.map(({ name, before, after }) => `${name} ${before ?? '(none)'} → ${after ?? '(none)'}`);
  return `  ${found.join(', ')}: ${key} (${address})${changed.length === 0 ? '' : `: ${changed.join(', ')}`}`;
}

function shorten(lines: readonly string[], limit: number): string[] {
  if (lines.length <= limit) return [...lines];
  return [...lines.slice(0, limit), `  … and ${lines.length - limit} more (--all shows them).`];
}
