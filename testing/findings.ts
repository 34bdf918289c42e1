/** The errors and warnings of a run, as the engine prints them for programs: one JSON object on a line. */

export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  /** The code of the failure catalogue; undefined where the engine itself reports it. */
  readonly code: string | undefined;
  /** What the line `Object:` names, without the type: `10.0.0.11/55000`. */
  readonly object: string | undefined;
}

/** @param stdout of a run with `-json` */
export function findings(stdout: string): Finding[] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .flatMap((line) => {
      const { diagnostic } = JSON.parse(line) as Line;
      if (!diagnostic) return [];
      const { severity, summary, detail = '' } = diagnostic;
      const [code, object] = [/^Code: (\S+)$/mu.exec(detail)?.[1], /^Object: \S+ (.+)$/mu.exec(detail)?.[1]];
      return [{ severity, summary, detail, code, object }];
    });
}

interface Line {
  readonly diagnostic?: {
    readonly severity: Finding['severity'];
    readonly summary: string;
    readonly detail?: string;
  };
}
