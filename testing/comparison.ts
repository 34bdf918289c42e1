/** How a comparison of calls with a server is counted and printed: by the replay of recordings, and by conformance runs. */
import type { Difference } from './replay-compare';

export interface Comparison {
  calls: number;
  agreeing: number;
  readonly differences: Difference[];
}

/** The share of calls that have to agree. */
export const requiredRate = 0.999;

export function rateOf({ calls, agreeing }: Comparison): number {
  return calls === 0 ? 1 : agreeing / calls;
}

/**
 * One line of figures, and then each class of differences with one example, the most frequent first.
 *
 * @param name of what is compared
 */
export function reportOf(name: string, comparison: Comparison): string {
  const { calls, agreeing, differences } = comparison;
  const classes = new Map<string, Difference[]>();
  for (const difference of differences) {
    classes.set(difference.kind, [...(classes.get(difference.kind) ?? []), difference]);
  }
  const lines = [`${name}: ${calls} calls, ${agreeing} agree, ${percent(rateOf(comparison))}`];
  for (const [kind, found] of [...classes].sort((one, other) => other[1].length - one[1].length)) {
    const [first] = found;
    lines.push(`  ${found.length} × ${kind}`);
    if (first) lines.push(`${first.at}\n${first.example}`.replace(/^/gmu, '    '));
  }
  return lines.join('\n');
}

/** Cut, not rounded: what is below the limit never looks like the limit. */
function percent(rate: number): string {
  return `${(Math.floor(rate * 10_000) / 100).toFixed(2)} %`;
}
