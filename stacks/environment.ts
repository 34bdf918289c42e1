/** Reads an environment: the phones and phone aliases of one VICIdial, from a file in `environments/`. */
import * as z from 'zod';
import { composed } from '../src/model/composed-letters';
import { readYaml } from '../src/yaml-file';
import { declarePhone, type DeclaredPhone } from './declared-phone';
import { findErrors } from './environment-errors';
import { environmentFile, type EnvironmentFile } from './environment-file';

export interface Environment extends Pick<EnvironmentFile, 'url' | 'user' | 'password' | 'aliases'> {
  /** The other settings of the provider. */
  readonly provider?: EnvironmentFile['provider'];
  readonly phones: readonly DeclaredPhone[];
}

/** Letters are composed first, as Terraform reads them, so that names and keys are compared as it does. */
const environment = z.preprocess(composed, environmentFile).transform((file, context): Environment => {
  const { url, user, password, provider, aliases } = file;
  const phones = file.phones.map((phone) => declarePhone(file, phone));
  for (const { path, message } of findErrors(file, phones))
    context.addIssue({ code: 'custom', message, path: [...path] });
  return { url, user, password, provider, aliases, phones };
});

/**
 * Reads and validates an environment file.
 *
 * @param path of a YAML file
 * @throws Error whose message has a line for each error: `FILE:LINE: FIELD: what is wrong`
 * @example
 * const { phones } = readEnvironment('stacks/environments/staging.yaml');
 */
export function readEnvironment(path: string): Environment {
  return readYaml(path, environment).data;
}
