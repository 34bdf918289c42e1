/**
 * A dry run of an apply: the engine plans and applies a copy of the configuration, with a copy of the state, against
 * emulators that hold what the systems hold. Nothing is written but into the private folder.
 */
import { parseLog } from '../report/log';
import { parsePlan, type PlanFile } from '../report/plan-file';
import { makeReport } from '../report/report';
import type { LogDiagnostic, Report } from '../report/report-schema';
import { Secrets } from '../report/secrets';
import { rehearsalVariable } from '../settings/rehearsal';
import { RehearsalHost } from './host';
import type { RehearsalOutcome } from './outcome';
import { checkPlan, type PlanCheck } from './plan-checks';
import type { PrivateFolder } from './private-folder';
import { stateObjects } from './state-objects';

export interface EngineEnd {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RehearsalInput {
  readonly environment: string;
  readonly folder: PrivateFolder;
  /** As `state pull` prints it; empty where there is none. */
  readonly state: string;
  /** The workspace that is selected in the configuration's own folder. */
  readonly workspace: string;
  /** Runs the engine in the private folder, with more variables. */
  readonly engine: (args: readonly string[], variables: NodeJS.ProcessEnv) => Promise<EngineEnd>;
  readonly progress: (text: string) => void;
  /** Ends the rehearsal: providers that wait for a system get no answer. */
  readonly signal: AbortSignal;
}

const planFile = 'rehearsal.tfplan';
const secondPlanFile = 'rehearsal-second.tfplan';
const plain = ['-input=false', '-no-color'];

/** What `init` says where providers of the CLI configuration are in use: it may fail, and is not needed for them. */
const developmentOverrides = /development overrides are in effect/u;

/**
 * Rehearses.
 *
 * @throws Error where it cannot be rehearsed: what a message says then was found before anything was applied
 */
export async function rehearse(input: RehearsalInput): Promise<RehearsalOutcome> {
  const host = await RehearsalHost.start(input.folder.folder, stateObjects(input.state), input.progress);
  const end = () => void host.close();
  input.signal.addEventListener('abort', end, { once: true });
  try {
    return await new Rehearsal(input, host).run();
  } finally {
    input.signal.removeEventListener('abort', end);
    await host.close();
  }
}

class Rehearsal {
  constructor(
    private readonly input: RehearsalInput,
    private readonly host: RehearsalHost,
  ) {}

  async run(): Promise<RehearsalOutcome> {
    await this.#prepare();
    this.input.progress('Planning');
    const made = await this.#engine('plan', '-json', '-input=false', `-out=${planFile}`);
    const json = await this.#show(planFile);
    const check = json === undefined ? undefined : checkPlan(json);
    this.#requireReadable(made);
    const first = { log: made.stdout, plan: json };
    if (made.code !== 0) return this.#outcome('plan-failed', first, check);
    this.#requireRehearsable(check);
    for (const { emulated } of this.host.systems) emulated.emulator.journal.clear();
    this.input.progress('Applying');
    const applied = await this.#engine('apply', '-json', '-input=false', planFile);
    if (applied.code !== 0) return this.#outcome('apply-failed', first, check, applied.stdout);
    this.input.progress('Planning again');
    const again = await this.#engine('plan', '-json', '-input=false', '-detailed-exitcode', `-out=${secondPlanFile}`);
    const second = { log: again.stdout, plan: await this.#show(secondPlanFile) };
    return this.#outcome(again.code === 0 ? 'succeeded' : 'not-empty', first, check, applied.stdout, second);
  }

  /** The backend, the modules, the providers, and the state. */
  async #prepare(): Promise<void> {
    const { folder, state, workspace } = this.input;
    const init = await this.#engine('init', ...plain);
    if (init.code !== 0 && !developmentOverrides.test(init.stdout + init.stderr)) throw this.#failed('init', init);
    if (folder.backend !== 'local') {
      throw new Error(
        `The copy of the configuration has the backend ${folder.backend ?? 'of no kind'} and not its own. Nothing was planned. A file that overrides the backend (*_override.tf) may be the cause.`,
      );
    }
    if (workspace !== 'default') await this.#expect('workspace', 'new', workspace);
    if (state.trim() === '') return;
    folder.write('rehearsal.tfstate.json', state);
    await this.#expect('state', 'push', 'rehearsal.tfstate.json');
  }

  #engine(...args: readonly string[]): Promise<EngineEnd> {
    return this.input.engine(args, { [rehearsalVariable]: this.host.variable });
  }

  async #expect(...args: readonly string[]): Promise<EngineEnd> {
    const end = await this.#engine(...args);
    if (end.code !== 0) throw this.#failed(args.slice(0, 2).join(' '), end);
    return end;
  }

  /** The plan in JSON; undefined where none was made. */
  async #show(file: string): Promise<string | undefined> {
    const { code, stdout } = await this.#engine('show', '-json', file);
    return code === 0 ? stdout : undefined;
  }

  /** A plan that fails because the system cannot be read says nothing of an apply. */
  #requireReadable({ stdout }: EngineEnd): void {
    const found = parseLog(stdout, this.#secrets()).diagnostics.find(
      ({ severity, detail }) => severity === 'error' && /^Code: rehearsal-/mu.test(detail),
    );
    if (found) throw new Error(`${found.summary}\n\n${found.detail}`);
  }

  #requireRehearsable(check: PlanCheck | undefined): void {
    if (!check) throw new Error('The plan could not be shown. Nothing was applied.');
    if (check.usesProvider && this.host.systems.length === 0) {
      throw new Error(
        'The provider did not ask for a rehearsal: it is an older build, or its settings are known only after apply. Nothing was applied. Install this build with phonestate install, and run init.',
      );
    }
    if (check.refusals.length > 0) {
      throw new Error(
        [
          'The plan has changes that cannot be rehearsed. Nothing was applied.',
          ...check.refusals,
          'Rehearse a configuration without them, or move them into one of their own.',
        ].join('\n'),
      );
    }
  }

  #failed(command: string, { stdout, stderr }: EngineEnd): Error {
    return new Error(
      `${command} failed in the copy of the configuration:\n${this.#secrets().mask((stderr || stdout).trim())}`,
    );
  }

  #secrets(plans: readonly PlanFile[] = []): Secrets {
    return new Secrets(plans, this.host.secrets);
  }

  #outcome(
    result: RehearsalOutcome['result'],
    first: MadePlan,
    check: PlanCheck | undefined,
    applyLog = '',
    second?: MadePlan,
  ): RehearsalOutcome {
    const plans = [first, second].flatMap((each) => (each?.plan === undefined ? [] : [parsePlan(each.plan, 'plan')]));
    const secrets = this.#secrets(plans);
    const failures = parseLog(applyLog, secrets).diagnostics.filter(({ severity }) => severity === 'error');
    const lastLog = result === 'plan-failed' ? first.log : result === 'not-empty' ? (second?.log ?? '') : applyLog;
    return {
      environment: this.input.environment,
      result,
      systems: this.host.systems.map(({ name, source, phones, aliases, emulated }) => ({
        ...{ name, source, phones, aliases },
        notes: [...emulated.notes],
        calls:
          result === 'plan-failed' ? [] : emulated.emulator.journal.writes.map((call) => secrets.mask(String(call))),
      })),
      plan: this.#report(first),
      applied: hookAddresses(applyLog, 'apply_complete'),
      // What is refused where the apply plans it again has no line of its own.
      failed: [...hookAddresses(applyLog, 'apply_errored'), ...failures.flatMap(({ address = [] }) => address)],
      diagnostics: shownDiagnostics(parseLog(lastLog, secrets).diagnostics),
      secondPlan: second && this.#report(second),
      otherProviders: check?.otherProviders ?? [],
    };
  }

  #report({ plan, log }: MadePlan): Report | undefined {
    if (plan === undefined) return undefined;
    return makeReport({ environment: this.input.environment, plan: parsePlan(plan, 'plan'), log }, {});
  }
}

interface MadePlan {
  readonly log: string;
  /** In JSON. */
  readonly plan: string | undefined;
}

/** Errors, and the warnings of this provider but that it is a rehearsal. */
function shownDiagnostics(found: readonly LogDiagnostic[]): LogDiagnostic[] {
  return found.filter(({ severity, detail }) => {
    const [, code] = /^Code: (\S+)$/mu.exec(detail) ?? [];
    return severity === 'error' || (code !== undefined && code !== 'rehearsal-active');
  });
}

/** The addresses in the lines of a kind of an apply's log. */
function hookAddresses(log: string, kind: string): string[] {
  return log.split('\n').flatMap((line) => {
    if (!line.includes(`"type":"${kind}"`)) return [];
    const { hook } = JSON.parse(line) as { readonly hook?: { readonly resource?: { readonly addr?: string } } };
    return hook?.resource?.addr === undefined ? [] : [hook.resource.addr];
  });
}
