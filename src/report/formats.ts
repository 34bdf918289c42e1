/** Reports for programs: our own JSON, and what GitLab reads. */
import type * as z from 'zod';
import { reportFile, type Report } from './report-schema';

/** Reports as JSON in the form of `docs/report.schema.json`. */
export function toJson(reports: readonly Report[]): string {
  const file: z.output<typeof reportFile> = { version: 1, reports: [...reports] };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/**
 * Reads reports that `toJson` has written.
 *
 * @param name of the file, for messages
 * @throws Error where the text is something else
 */
export function parseReports(text: string, name: string): Report[] {
  const advice = 'Give a file that phonestate report --json has written.';
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Error(`${name} is not JSON. ${advice}`);
  }
  const { data, error } = reportFile.safeParse(document);
  if (data) return data.reports;
  const [issue] = error.issues;
  throw new Error(`${name} is not a report: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}. ${advice}`);
}

/**
 * What the widget of a merge request in GitLab shows (`artifacts: reports: terraform`). A replacement is a create and a
 * delete, an adoption a create as in the plan; what is forgotten is none of the three.
 */
export function toGitlab(reports: readonly Report[]): string {
  const changes = reports.flatMap((report) => report.changes);
  const count = (...wanted: readonly Report['changes'][number]['kinds'][number][]) =>
    changes.filter(({ kinds }) => kinds.some((kind) => wanted.includes(kind))).length;
  // A server that VICIdial has moved is an update with an adoption; a replacement may adopt too.
  const creates = changes.filter(
    ({ kinds }) =>
      kinds.includes('create') || kinds.includes('replace') || (kinds.includes('adopt') && !kinds.includes('update')),
  ).length;
  return `${JSON.stringify({ create: creates, update: count('update'), delete: count('destroy', 'replace') })}\n`;
}
