/**
 * `phonestate.json`, which synthesis writes beside `cdk.tf.json`: what a report needs of an environment and a plan does not
 * have, its title, its limits and where objects are declared.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { origin } from './report-schema';

const manifest = z.object({
  version: z.literal(1),
  title: z.string(),
  /** Limits by kind of change, as the environment file has them. */
  limits: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  /** By address of the resource. */
  origins: z.record(z.string(), origin).default({}),
});
export type Manifest = z.output<typeof manifest>;

/** The name of the file. */
export const manifestName = 'phonestate.json';

/** The text of the file. */
export function manifestText(content: Omit<Manifest, 'version'>): string {
  return `${JSON.stringify({ version: 1, ...content } satisfies Manifest, null, 2)}\n`;
}

/**
 * Finds the file of a plan: beside the plan, or in the output of the synthesis.
 *
 * @param name of the environment, where it is known
 * @returns undefined where there is none
 * @throws Error where it has another form
 */
export function findManifest(planFile: string, name: string | undefined): Manifest | undefined {
  const folders = [dirname(planFile), ...(name === undefined ? [] : [join('cdktf.out', 'stacks', name)])];
  const found = folders.map((folder) => join(folder, manifestName)).find((file) => existsSync(file));
  return found === undefined ? undefined : readManifest(found);
}

function readManifest(file: string): Manifest {
  const advice = 'Synthesise the environment again with this version of Phonestate.';
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Error(`${file} is not JSON. ${advice}`);
  }
  const { data, error } = manifest.safeParse(document);
  if (data) return data;
  const [issue] = error.issues;
  throw new Error(`${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}. ${advice}`);
}
