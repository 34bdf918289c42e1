/** What may be applied: limits for the kinds of changes, on each server. */
import { aliasGroup } from './changes';
import { priorObjects, type PlanFile } from './plan-file';
import { kinds, type Change, type ExceededLimit, type Kind, type Limit, type Report } from './report-schema';

/** With fewer objects a percentage means little: only counts are checked. */
const minForPercent = 10;

/**
 * Reads limits as `--fail-on` has them: `destroy`, `destroy>5`, `destroy>10%`, separated by commas.
 *
 * @throws Error about the first that cannot be read
 */
export function parseFailOn(text: string): Limit[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map((word) => {
      const [, kind = '', max = '0', percent] = /^([a-z]+)(?:>(\d+)(%)?)?$/u.exec(word) ?? [];
      return { kind: parseKind(kind, word), max: Number(max), isPercent: percent !== undefined };
    });
}

/**
 * Reads limits as an environment file has them: a number or a percentage by kind.
 *
 * @throws Error about the first that cannot be read
 */
export function parseLimits(limits: Readonly<Record<string, string | number>>): Limit[] {
  return Object.entries(limits).map(([name, value]) => {
    const [, max, percent] = /^(\d+)(%)?$/u.exec(String(value)) ?? [];
    if (max === undefined)
      throw new Error(`The limit of ${name} must be a number such as 5, or a percentage such as 10%.`);
    return { kind: parseKind(name, name), max: Number(max), isPercent: percent !== undefined };
  });
}

/** The limits that a plan exceeds, on each server. */
export function exceededLimits(limits: readonly Limit[], changes: readonly Change[], plan: PlanFile): ExceededLimit[] {
  const totals = countBy(priorObjects(plan).map(groupOf));
  return limits.flatMap((limit) => {
    const counts = countBy(changes.filter((each) => each.kinds.includes(limit.kind)).map(({ group }) => group));
    return [...counts].flatMap(([group, count]): ExceededLimit[] => {
      const total = totals.get(group) ?? 0;
      if (limit.isPercent && total < minForPercent) return [];
      const isExceeded = limit.isPercent ? count * 100 > limit.max * total : count > limit.max;
      return isExceeded ? [{ ...limit, group, count, total }] : [];
    });
  });
}

/** A limit that is exceeded, as a sentence. */
export function describeExceeded({ kind, max, isPercent, group, count, total }: ExceededLimit): string {
  const where = group === aliasGroup ? 'phone aliases' : group;
  const limit = isPercent ? `${max}% of ${total}` : String(max);
  return `${kind}: ${count} on ${where}, and the limit is ${limit}`;
}

/** Why a plan is beyond its limits, as lines. */
export function describeBeyond({ environment, exceeded, result }: Report): string {
  if (exceeded.length > 0) return exceeded.map((each) => `${environment}: ${describeExceeded(each)}.`).join('\n');
  const why = result === 'failed' ? 'has errors' : 'is not complete';
  return `${environment}: the plan ${why}, so that limits cannot be checked.`;
}

function parseKind(name: string, word: string): Kind {
  const kind = kinds.find((each) => each === name);
  if (kind) return kind;
  throw new Error(
    `"${word}" is no limit. A limit is KIND, KIND>COUNT or KIND>PERCENT%, and KIND is one of ${kinds.join(', ')}.`,
  );
}

function groupOf({ type, values }: { readonly type: string; readonly values?: unknown }): string {
  const server = typeof values === 'object' && values !== null && 'server_ip' in values ? values.server_ip : undefined;
  if (typeof server === 'string') return server;
  return type === 'vicidial_phone_alias' ? aliasGroup : type;
}

function countBy(groups: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
  return counts;
}
