/** The report of a plan: everything that a reviewer needs to decide, without secrets. Every output format is made of it. */
import { changesOf, kinds, type Change, type Kind } from './changes';
import { driftOf, type DriftReport } from './drift';
import { fingerprint, isIncomplete } from './fingerprint';
import { exceededLimits, type ExceededLimit, type Limit } from './limits';
import { parseLog, type LogDiagnostic, type PlanLog } from './log';
import type { CheckResult, PlanFile } from './plan-file';
import { isMarked, Secrets, sensitiveText } from './secrets';

/** `failed`: the plan has errors. `partial`: it may lack changes. `blocked`: a limit is exceeded, or a check failed. */
export type Result = 'failed' | 'partial' | 'blocked' | 'changes' | 'no-changes';

/** A condition of the configuration that does not hold. */
export interface FailedCheck {
  readonly name: string;
  readonly status: string;
  readonly messages: readonly string[];
}

export interface OutputChange {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Where an object is declared. */
export interface Origin {
  readonly file: string;
  readonly line: number;
}

export interface Report extends DriftReport {
  /** The name of the environment. */
  readonly environment: string;
  readonly result: Result;
  /** What a reviewer must know of how the plan was made. */
  readonly notes: readonly string[];
  readonly counts: Readonly<Record<Kind, number>>;
  readonly changes: readonly Change[];
  readonly outputs: readonly OutputChange[];
  readonly checks: readonly FailedCheck[];
  readonly diagnostics: readonly LogDiagnostic[];
  readonly exceeded: readonly ExceededLimit[];
  /** Undefined where the plan cannot be approved. */
  readonly fingerprint?: string;
  /** Where objects are declared, by address. */
  readonly origins: Readonly<Record<string, Origin>>;
}

export interface ReportInput {
  readonly environment: string;
  readonly plan: PlanFile;
  /** The text of `terraform plan -json`. */
  readonly log?: string | undefined;
  readonly limits?: readonly Limit[] | undefined;
  readonly origins?: Readonly<Record<string, Origin>> | undefined;
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
  const checks = failedChecks(plan.checks ?? [], secrets);
  const print = fingerprint(plan, variables);
  const counts = Object.fromEntries(
    kinds.map((kind) => [kind, changes.filter((each) => each.kinds.includes(kind)).length]),
  ) as Record<Kind, number>;
  const outputs = outputChanges(plan, secrets);
  return {
    environment,
    result: resultOf(plan, changes.length + outputs.length, exceeded.length + checks.length),
    notes: notesOf(plan, log),
    counts,
    changes,
    ...driftOf(plan, secrets),
    outputs,
    checks,
    diagnostics: log?.diagnostics ?? [],
    exceeded,
    ...(print === undefined ? {} : { fingerprint: print }),
    origins,
  };
}

function resultOf(plan: PlanFile, changes: number, blocking: number): Result {
  if (plan.errored) return 'failed';
  if (isIncomplete(plan)) return 'partial';
  if (blocking > 0) return 'blocked';
  return changes > 0 ? 'changes' : 'no-changes';
}

function notesOf(plan: PlanFile, log: PlanLog | undefined): string[] {
  const hasPrior = plan.resource_changes.some(({ change }) => (change.before ?? null) !== null);
  return [
    ...(plan.errored && !log
      ? [
          'The plan has errors. Which objects failed is only in its log: this report lists the others. Give the log with --log.',
        ]
      : []),
    ...(plan.complete === false && !plan.errored
      ? [
          'The plan is not complete: it was made with -target or -exclude, or something is deferred. Plan again after the apply.',
        ]
      : []),
    ...(log?.isTargeted ? ['The plan was made with -target or -exclude: changes of other objects are not in it.'] : []),
    ...(log && hasPrior && !log.isRefreshed
      ? ['The plan was made with -refresh=false: changes outside of Terraform are not in it.']
      : []),
  ];
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

function outputChanges({ output_changes: outputs }: PlanFile, secrets: Secrets): OutputChange[] {
  const show = (value: unknown, mark: unknown) => {
    if ((value ?? null) === null) return null;
    if (isMarked(mark)) return sensitiveText;
    return secrets.mask(typeof value === 'string' ? value : JSON.stringify(value));
  };
  return Object.entries(outputs)
    .filter(([, { actions }]) => actions.some((action) => action !== 'no-op'))
    .map(([name, change]) => ({
      name,
      before: show(change.before, change.before_sensitive),
      after: isMarked(change.after_unknown) ? '(known after apply)' : show(change.after, change.after_sensitive),
    }));
}
