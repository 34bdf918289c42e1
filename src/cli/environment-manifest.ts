/** Title and limits of an environment file. */
import { basename } from 'node:path';
import * as z from 'zod';
import type { Manifest } from '../report/manifest';
import { readYaml } from '../yaml-file';

const limited = z.looseObject({ limits: z.record(z.string(), z.union([z.string(), z.number()])).default({}) });

/** Reads what a report needs of an environment file. */
export async function readManifestOf(file: string): Promise<Omit<Manifest, 'version'>> {
  const { limits } = readYaml(file, limited).data;
  return { title: basename(file).replace(/\.ya?ml$/u, ''), limits, origins: {} };
}
