/** The figures as lines for people, and two runs beside each other. */
import { budgetOf, isOver } from './budgets';
import { describeSubject, type Figure } from './figure';
import type { Machine } from './result-file';

const nameWidth = 88;
const columns = ['wall', 'CPU', 'took', 'budget'];

export function machineLines({ commit, processor, cores, node, engines, load }: Machine): string[] {
  const lines = [`Commit ${commit}, ${cores} cores (${processor}), Node.js ${node.slice(1)}, ${engines.join(', ')}`];
  if (load < cores / 2) return lines;
  const hint = 'Only the ratios of processor time (CPU) are reliable.';
  return [...lines, `The machine is busy: its load is ${load.toFixed(1)}. ${hint}`];
}

/** The heading of a section. */
export function heading(section: string): string {
  return `\n${section.padEnd(nameWidth)}${columns.map((name) => name.padStart(9)).join('')}`;
}

/** One line for a figure. */
export function line(figure: Figure): string {
  const { subject, value, unit, cpu, seconds, detail } = figure;
  const budget = budgetOf(figure);
  const cells = [
    unit === 'ratio' ? value.toFixed(2) : `${value.toFixed(0)} MB`,
    cpu?.toFixed(2) ?? '',
    seconds === undefined ? '' : `${seconds.toFixed(2)} s`,
    budget === undefined ? '' : String(budget),
  ];
  const shown = unit === 'requests' ? [] : cells.map((cell) => cell.padStart(9));
  const end = [isOver(figure) ? '  OVER' : '', detail === undefined ? '' : `  ${detail}`];
  return [describeSubject(subject).padEnd(nameWidth), ...shown, ...end].join('').trimEnd();
}

/** What has changed since another run, figure by figure. What only one of them has is counted. */
export function comparison(before: readonly Figure[], after: readonly Figure[]): string[] {
  const old = new Map(before.map((figure) => [describe(figure), figure]));
  const both = after.flatMap((figure) => {
    const earlier = old.get(describe(figure));
    return earlier ? [{ figure, earlier }] : [];
  });
  const unmatched = before.length + after.length - 2 * both.length;
  return [
    ...both.map(({ figure, earlier }) => {
      const cpu =
        figure.cpu === undefined || earlier.cpu === undefined ? '' : `CPU ${change(earlier.cpu, figure.cpu, 2)}`;
      const digits = figure.unit === 'ratio' ? 2 : 0;
      return `${describe(figure).padEnd(nameWidth + 12)} ${change(earlier.value, figure.value, digits).padEnd(26)} ${cpu}`.trimEnd();
    }),
    ...(unmatched > 0 ? [`${unmatched} figures are in one of the two runs only.`] : []),
    ...(both.length === 0 ? ['Runs are comparable where --phones, --growth, --latency and --blocks are equal.'] : []),
  ];
}

function describe({ subject }: Figure): string {
  return `${subject.section}: ${describeSubject(subject)}`;
}

function change(before: number, after: number, digits: number): string {
  const percent =
    before === 0 ? '' : ` (${after < before ? '-' : '+'}${Math.abs((after / before - 1) * 100).toFixed(0)} %)`;
  return `${before.toFixed(digits)} → ${after.toFixed(digits)}${percent}`;
}
