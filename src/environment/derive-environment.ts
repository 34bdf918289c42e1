/** Derives an environment in a program. */
import { composed } from '../model/composed-letters';
import { schemaProblems } from '../yaml-file';
import { buildEnvironment } from './build-environment';
import type { Environment } from './environment';
import { environmentChanges, type EnvironmentChanges } from './environment-file';
import { placeOf, programText } from './file-text';
import { EnvironmentError, ProblemList } from './problems';

/**
 * Derives an environment from another one, as a file with `extends` does.
 *
 * @param changes what a file with `extends` may have: `provider`, `servers`, `mapping`, `only`, `phones` and so on
 * @param options.name the name of the derived environment
 * @throws EnvironmentError with all errors
 * @example
 * const lab = deriveEnvironment(readEnvironment('production.yaml'), {
 *   provider: { url: 'https://lab.example.com/vicidial/non_agent_api.php' },
 *   servers: { lab: '10.9.0.11' },
 *   mapping: { servers: { east: 'lab', west: 'lab' }, extension: { add: 40000 } },
 * });
 */
export function deriveEnvironment(
  base: Environment,
  changes: EnvironmentChanges,
  options: { readonly name?: string } = {},
): Environment {
  const name = options.name ?? base.name;
  const text = programText(name);
  const problems = new ProblemList();
  const { data, error } = environmentChanges.safeParse(composed(changes), { reportInput: true });
  if (error) {
    for (const { path, message } of schemaProblems(error)) problems.error(placeOf(text, path), message);
    throw new EnvironmentError(problems.all);
  }
  const environment = buildEnvironment(data, {
    name,
    text,
    problems,
    base,
    bases: [{ name: base.name, file: base.file, environment: base }, ...base.bases],
    readCsv: (csv, path) => {
      problems.error(placeOf(text, path), `${csv} is not read: a program gives phones themselves`);
      return undefined;
    },
    otherEnvironment: (other, path) => {
      problems.error(placeOf(text, path), `environment ${other} is not read: a program has no folder of environments`);
      return undefined;
    },
    environmentsWithLogin: () => [],
  });
  problems.throwErrors();
  return { ...environment, warnings: problems.all };
}
