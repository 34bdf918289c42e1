/** Says what is assumed of a system that is no VICIdial of a known build. */
import { builds } from './builds';
import { failure, type Failure } from './failures';
import { quote } from './characters';
import { buildDate } from './validate-build';

/** Such as `2.14-194`. */
const versionOfVicidial = /^2\.\d+(?:\.\d+)?-\d+[a-z]?$/u;

/** A warning where version or build, as the API reports them, are not those that VICIdial is known to have. */
export function unfamiliarBuild({
  version,
  build,
}: {
  readonly version: string;
  readonly build: string;
}): readonly Failure[] {
  const date = buildDate(build);
  const facts = [
    ...(versionOfVicidial.test(version)
      ? []
      : [`The version ${quote(version)} is none of VICIdial. The build is taken for the one of VICIdial of its date.`]),
    ...(date === undefined
      ? [`The build ${quote(build)} has no date. It is taken for build ${builds.newest}, the newest known.`]
      : []),
    ...(date !== undefined && date < builds.oldest
      ? [
          `The build ${quote(build)} is older than any known. It is taken for one that behaves like build ${builds.oldest}, the oldest known.`,
        ]
      : []),
  ];
  return facts.length === 0 ? [] : [failure('build-unfamiliar', { what: facts.join(' ') })];
}
