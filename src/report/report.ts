/** The report of a plan: everything that a reviewer needs to decide, without secrets. Every output format is made of it. */
import { changesOf, knownAfterApply } from './changes';
import { driftOf } from './drift';
import { fingerprint, isIncomplete } from './fingerprint';
import { exceededLimits } from './limits';
import { parseLog, type PlanLog } from './log';
import type { CheckResult, PlanFile, PlannedValues } from './plan-file';
import { kinds, type Change, type FailedCheck, type FieldChange, type Limit, type Report } from './report-schema';
import { isMarked, Secrets, sensitiveText } from './secrets';

export interface ReportInput {
  readonly environment: string;
  readonly plan: PlanFile;
  /** The text of `terraform plan -json`. */
  readonly log?: string | undefined;
  readonly limits?: readonly Limit[] | undefined;
  /** Where objects are declared, by address. */
  readonly origins?: Report['origins'] | undefined;
}

/**
 * Makes the report of one plan.
 *
 * @param variables the environment of the process: it may hold the key of the fingerprint
 */
export function makeReport(
  { environment, plan, log: logText, limits = [], origins = {} }: ReportInput,
  variables: NodeJS.ProcessEnv,
): Report {
  const secrets = new Secrets([plan]);
  const log = logText === undefined ? undefined : parseLog(logText, secrets);
  const changes = changesOf(plan, secrets);
  const exceeded = exceededLimits(limits, changes, plan);
  const print = fingerprint(plan, variables);
  const counts = Object.fromEntries(
    kinds.map((kind) => [kind, changes.filter((each) => each.kinds.includes(kind)).length]),
  ) as Report['counts'];
  const outputs = outputChanges(plan, secrets);
  return {
    environment,
    result: resultOf(plan, changes.length + outputs.length, exceeded.length),
    notes: notesOf(plan, log, changes),
    counts,
    changes,
    ...driftOf(plan, secrets),
    outputs,
    checks: failedChecks(plan.checks ?? [], secrets),
    diagnostics: log?.diagnostics.slice() ?? [],
    exceeded,
    ...(print === undefined ? {} : { fingerprint: print }),
    origins: originsOf(changes, origins),
  };
}

const severities: readonly Report['result'][] = ['failed', 'partial', 'blocked', 'changes', 'no-changes'];

/** Reports in the order in which a reviewer has to see them. */
export function failuresFirst(reports: readonly Report[]): Report[] {
  return [...reports].sort((a, b) => severities.indexOf(a.result) - severities.indexOf(b.result));
}

/** A failed check changes nothing here: Terraform applies such a plan, and a condition that stops it is an error. */
function resultOf(plan: PlanFile, changes: number, exceeded: number): Report['result'] {
  if (plan.errored) return 'failed';
  if (isIncomplete(plan)) return 'partial';
  if (exceeded > 0) return 'blocked';
  return changes > 0 ? 'changes' : 'no-changes';
}

function notesOf(plan: PlanFile, log: PlanLog | undefined, changes: readonly Change[]): string[] {
  return [...notesOfErrors(plan, log), ...notesOfOptions(plan, log), ...notesOfWriteOnly(plan, changes)];
}

function notesOfErrors({ errored }: PlanFile, log: PlanLog | undefined): string[] {
  if (!errored) return [];
  return [
    'The plan has errors, so it may lack changes, and cannot be applied.',
    ...(log
      ? []
      : [
          'This report is partial: which objects failed is only in the log of the plan. Give the log with --log FILE (terraform plan -json).',
        ]),
  ];
}

function notesOfOptions(plan: PlanFile, log: PlanLog | undefined): string[] {
  const { complete, errored, deferred_changes: deferred } = plan;
  const isTargeted = log?.isTargeted || (complete === false && !errored && deferred.length === 0);
  const hasPrior = plan.resource_changes.some(({ change }) => (change.before ?? null) !== null);
  return [
    ...(isTargeted
      ? ['The plan was made with -target or -exclude: changes of other objects are not in it. Plan again without it.']
      : []),
    ...(deferred.length > 0 ? ['Changes are deferred: Terraform plans them after the apply. Plan again then.'] : []),
    ...(log && !errored && hasPrior && !log.isRefreshed
      ? ['The plan was made with -refresh=false: changes outside of Terraform are not in it.']
      : []),
  ];
}

/** Attributes whose change makes the provider send a write-only value again. */
const writeOnlyVersion = /_wo_version$/u;

/** A new object and a replaced one are sent what they have, and others what has another version. */
function notesOfWriteOnly({ resource_changes: planned }: PlanFile, changes: readonly Change[]): string[] {
  const replaced = planned.filter(({ change }) => change.actions.includes('create') && hasVersion(change.after));
  const changed = changes.filter(({ fields }) =>
    fields.some(({ name, after }) => after !== null && writeOnlyVersion.test(name)),
  );
  const { size: length } = new Set([...replaced, ...changed].map(({ address }) => address));
  return length === 0
    ? []
    : [
        `Write-only values of ${length} ${length === 1 ? 'object' : 'objects'} are written, and are in no plan: the fingerprint covers their version only.`,
      ];
}

function hasVersion(values: PlannedValues['after']): boolean {
  return Object.entries(values ?? {}).some(([name, value]) => value !== null && writeOnlyVersion.test(name));
}

function failedChecks(checks: readonly CheckResult[], secrets: Secrets): FailedCheck[] {
  return checks
    .filter(({ status }) => status === 'fail' || status === 'error')
    .map(({ address, status, instances }) => ({
      name: secrets.mask(address.to_display),
      status,
      messages: instances.flatMap(({ problems }) => problems.map(({ message }) => secrets.mask(message))),
    }));
}

function outputChanges({ output_changes: outputs }: PlanFile, secrets: Secrets): FieldChange[] {
  const show = (value: unknown, mark: unknown) => {
    if ((value ?? null) === null) return null;
    return isMarked(mark) ? sensitiveText : secrets.show(value);
  };
  return Object.entries(outputs)
    .filter(([, { actions }]) => actions.some((action) => action !== 'no-op'))
    .map(([name, change]) => ({
      name,
      before: show(change.before, change.before_sensitive),
      after: isMarked(change.after_unknown) ? knownAfterApply : show(change.after, change.after_sensitive),
    }));
}

/** Of the objects that change. An environment has thousands more. */
function originsOf(changes: readonly Change[], origins: Report['origins']): Report['origins'] {
  return Object.fromEntries(
    changes.flatMap(({ address }) => {
      const origin = Object.hasOwn(origins, address) ? origins[address] : undefined;
      return origin ? [[address, origin]] : [];
    }),
  );
}
