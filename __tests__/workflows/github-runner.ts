/** Runs jobs of the workflows of the examples as a runner of GitHub does: the shell of each step, and stand-ins for actions. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { parse } from 'yaml';
import { runProgram } from './process';
import { examples, type Repository } from './repository';

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

export interface Job {
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** What expressions refer to: `github`, `matrix`, `needs`, `secrets`, `vars`. */
export type Context = Readonly<Record<string, unknown>>;

export interface JobRun {
  /** The name of the step that failed; undefined where none has. */
  readonly failed?: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** What the steps have printed, and their summaries. */
  readonly log: string;
  readonly folder: string;
}

const workflows = join(examples, 'github', '.github', 'workflows');

/** Reads a workflow of the examples. */
export function readWorkflow(name: string): Workflow {
  // actionlint checks the form.
  return parse(readFileSync(join(workflows, `${name}.yml`), 'utf8')) as Workflow;
}

/** The value of an expression, without `${{ }}`. */
export function evaluate(expression: string, context: Context): unknown {
  // `labels.*.name` is the one form of an expression here that JavaScript does not have.
  const code = expression.replace(/([\w.]+)\.\*\.(\w+)/gu, '$1.map((each) => each.$2)');
  return runInNewContext(code, {
    ...context,
    fromJSON: (text: string): unknown => JSON.parse(text),
    toJSON: (value: unknown) => JSON.stringify(value, null, 2),
  });
}

function expand(text: string, context: Context): string {
  return text.replace(/\$\{\{(.*?)\}\}/gsu, (_, expression: string) => {
    const value = evaluate(expression, context) ?? '';
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

export class Runner {
  /** Artifacts by their names: folders. */
  readonly artifacts = new Map<string, string>();

  constructor(
    private readonly repository: Repository,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** Runs a job of a workflow on a checkout of a ref, until a step fails. */
  async run(workflow: Workflow, name: string, ref: string, context: Context): Promise<JobRun> {
    const job = workflow.jobs[name];
    if (!job) throw new Error(`There is no job ${name}.`);
    const folder = await this.repository.checkout(ref);
    const steps: Record<string, { outputs: Record<string, string> }> = {};
    const scope = { ...context, steps };
    const files = mkdtempSync(join(this.repository.folder, 'runner-'));
    let log = '';
    for (const step of this.flatten(job.steps, folder)) {
      const code = await this.step(
        step,
        { folder, files, scope, job, shell: workflow.defaults?.run?.shell },
        (part) => (log += part),
      );
      if (step.id !== undefined) steps[step.id] = { outputs: pairs(join(files, 'output')) };
      writeFileSync(join(files, 'output'), '');
      if (code !== 0) return { failed: step.name ?? step.uses ?? '', outputs: {}, log, folder };
    }
    const outputs = Object.fromEntries(
      Object.entries(job.outputs ?? {}).map(([key, value]) => [key, expand(value, scope)]),
    );
    return { outputs, log: log + read(join(files, 'summary')), folder };
  }

  /** Steps with those of the actions of the repository in place of them. */
  private flatten(steps: readonly Step[], folder: string): Step[] {
    return steps.flatMap((step) => {
      if (!step.uses?.startsWith('./')) return [step];
      // actionlint checks the form of an action where a workflow uses it.
      const action = parse(readFileSync(join(folder, step.uses, 'action.yml'), 'utf8')) as {
        readonly runs: { readonly steps: readonly Step[] };
      };
      return action.runs.steps;
    });
  }

  private async step(
    step: Step,
    {
      folder,
      files,
      scope,
      job,
      shell,
    }: { folder: string; files: string; scope: Context; job: Job; shell?: string | undefined },
    print: (part: string) => void,
  ): Promise<number | null> {
    const used = step.uses?.split('@')[0];
    if (used !== undefined) {
      const inputs = Object.fromEntries(
        Object.entries(step.with ?? {}).map(([key, value]) => [key, expand(String(value), scope)]),
      );
      this.action(used, inputs, folder);
      return 0;
    }
    if (step.run?.startsWith('npm ci')) {
      this.repository.installPackages(folder);
      return 0;
    }
    const script = join(files, 'script.sh');
    writeFileSync(script, expand(step.run ?? '', scope));
    const env = { ...job.env, ...step.env };
    const path = [...read(join(files, 'path')).split('\n').filter(Boolean).reverse(), this.repository.environment.PATH];
    // Without a shell of its own, a step does not fail where a command before the last one of a pipe fails.
    const flags = (step.shell ?? shell) === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e'];
    const { code, output } = await runProgram('bash', [...flags, script], {
      folder: join(folder, expand(step['working-directory'] ?? '', scope)),
      environment: {
        ...this.repository.environment,
        ...this.environment,
        ...Object.fromEntries(Object.entries(env).map(([key, value]) => [key, expand(value, scope)])),
        PATH: path.join(':'),
        GITHUB_OUTPUT: join(files, 'output'),
        GITHUB_PATH: join(files, 'path'),
        GITHUB_STEP_SUMMARY: join(files, 'summary'),
        ...variablesOf(scope),
      },
    });
    print(output);
    return code;
  }

  private action(name: string, inputs: Readonly<Record<string, string>>, folder: string): void {
    switch (name) {
      case 'actions/upload-artifact': {
        const artifact = mkdtempSync(join(this.repository.folder, 'artifact-'));
        for (const path of (inputs.path ?? '')
          .split('\n')
          .map((each) => each.trim())
          .filter(Boolean))
          cpSync(join(folder, path), join(artifact, basename(path)));
        this.artifacts.set(inputs.name ?? '', artifact);
        return;
      }
      case 'actions/download-artifact': {
        const target = join(folder, inputs.path ?? '');
        mkdirSync(target, { recursive: true });
        cpSync(this.artifacts.get(inputs.name ?? '') ?? '', target, { recursive: true });
        return;
      }
      case 'actions/checkout':
      case 'actions/setup-node':
      case 'hashicorp/setup-terraform':
        return;
      default:
        throw new Error(`There is no stand-in for ${name}.`);
    }
  }
}

function variablesOf({ github }: Context): Record<string, string> {
  const { sha, ref_name: ref } = github as Readonly<Record<string, string | undefined>>;
  return { ...(sha === undefined ? {} : { GITHUB_SHA: sha }), ...(ref === undefined ? {} : { GITHUB_REF_NAME: ref }) };
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function pairs(file: string): Record<string, string> {
  return Object.fromEntries(
    read(file)
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
