/** The log of a plan (`terraform plan -json`): which objects failed, and how the plan was made. */
import * as z from 'zod';
import type { LogDiagnostic } from './report-schema';
import type { Secrets } from './secrets';

const line = z.object({
  type: z.string().optional(),
  diagnostic: z
    .object({
      severity: z.string(),
      summary: z.string(),
      detail: z.string().default(''),
      address: z.string().optional(),
      // The rest of it is `snippet`, which shows lines of the configuration and may hold passwords.
      range: z.object({ filename: z.string(), start: z.object({ line: z.number() }) }).optional(),
    })
    .optional(),
});

export interface PlanLog {
  readonly diagnostics: readonly LogDiagnostic[];
  /** Whether the plan was made with `-target` or `-exclude`. */
  readonly isTargeted: boolean;
  /** Whether any object was refreshed. */
  readonly isRefreshed: boolean;
}

/**
 * Reads a log.
 *
 * @param text one JSON object a line; other lines are left out
 * @throws Error where no line is one
 */
export function parseLog(text: string, secrets: Secrets): PlanLog {
  const lines = logLines(text);
  const found = lines.flatMap(({ diagnostic }) => (diagnostic ? [diagnostic] : []));
  return {
    diagnostics: found.map(({ severity, summary, detail, address, range }) => ({
      severity,
      summary: secrets.mask(summary),
      detail: secrets.mask(detail),
      ...(address === undefined ? {} : { address }),
      ...(range === undefined ? {} : { place: `${range.filename}:${range.start.line}` }),
    })),
    isTargeted: found.some(({ summary }) => /^Resource targeting is in effect/u.test(summary)),
    isRefreshed: lines.some(({ type }) => type === 'refresh_start' || type === 'refresh_complete'),
  };
}

/**
 * The diagnostics of a log as they are, secrets included: for what reads keys of them, and prints nothing else.
 *
 * @throws Error where no line of the text is one of a log
 */
export function rawDiagnostics(text: string): { readonly address?: string | undefined; readonly detail: string }[] {
  return logLines(text).flatMap(({ diagnostic }) => (diagnostic ? [diagnostic] : []));
}

function logLines(text: string): z.output<typeof line>[] {
  const lines = text.split('\n').flatMap((each) => line.safeParse(tryJson(each)).data ?? []);
  if (lines.length > 0 || text.trim() === '') return lines;
  throw new Error('No line of the log is JSON. Make it with: terraform plan -json -out=PLANFILE > plan.log');
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
