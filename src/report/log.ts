/** The log of a plan (`terraform plan -json`): which objects failed, and how the plan was made. */
import * as z from 'zod';
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

export interface LogDiagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  /** File and line of the configuration. */
  readonly place?: string;
}

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
 */
export function parseLog(text: string, secrets: Secrets): PlanLog {
  const lines = text.split('\n').flatMap((each) => line.safeParse(tryJson(each)).data ?? []);
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

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
