/** What is wrong with environment files, and where. */

export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** Undefined where a program gave the value. */
  readonly line?: number | undefined;
  /** The place in the file, such as `phones.0.protocol`; empty where it is about the whole file. */
  readonly field: string;
  readonly message: string;
}

/** Where a problem is. */
export type Place = Pick<Problem, 'file' | 'line' | 'field'>;

/** All problems of an environment: `problems` for programs, the message for people. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';

  /** @param problems the errors, and the warnings that were found with them */
  constructor(readonly problems: readonly Problem[]) {
    super(
      problems
        .filter(({ severity }) => severity === 'error')
        .map(describeProblem)
        .join('\n'),
    );
  }
}

/** `FILE:LINE: FIELD: what is wrong` */
export function describeProblem({ file, line, field, message }: Omit<Problem, 'severity'>): string {
  return `${describePlace({ file, line })}: ${field === '' ? '' : `${field}: `}${message}`;
}

/** `FILE:LINE` */
export function describePlace({ file, line }: Pick<Place, 'file' | 'line'>): string {
  return line === undefined ? file : `${file}:${line}`;
}

/** Collects problems. One place has one error of a kind: a default that is wrong is wrong for each phone that has it. */
export class ProblemList {
  readonly #problems = new Map<string, Problem>();

  error(place: Place, message: string): void {
    this.#add('error', place, message, `${place.field}`);
  }

  warning(place: Place, message: string): void {
    this.#add('warning', place, message, `${place.field} ${message}`);
  }

  /** Every problem by itself, where one place may have several errors. */
  addAll(problems: readonly Problem[]): void {
    for (const each of problems) this.#add(each.severity, each, each.message, `${each.field} ${each.message}`);
  }

  get all(): readonly Problem[] {
    return [...this.#problems.values()].sort(inOrderOfLines);
  }

  get hasErrors(): boolean {
    return this.all.some(({ severity }) => severity === 'error');
  }

  /** @throws EnvironmentError where there is an error */
  throwErrors(): void {
    if (this.hasErrors) throw new EnvironmentError(this.all);
  }

  #add(severity: Problem['severity'], { file, line, field }: Place, message: string, kind: string): void {
    const key = `${severity} ${file} ${line ?? ''} ${kind}`;
    if (!this.#problems.has(key)) this.#problems.set(key, { severity, file, line, field, message });
  }
}

function inOrderOfLines(a: Problem, b: Problem): number {
  return a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) : 0;
}
