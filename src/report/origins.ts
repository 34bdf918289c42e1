/** Where objects are declared: file and line, and their address on the git server. */
import type { Origin } from './report-schema';

/** File and line, as compilers write them. */
export function placeOf({ file, line }: Origin): string {
  return line === undefined ? file : `${file}:${line}`;
}

/**
 * The address of the line on the git server.
 *
 * @param linkBase the start of links to files; undefined where it is not known
 */
export function linkTo({ file, line }: Origin, linkBase: string | undefined): string | undefined {
  // A base at a Git ref, FILE@REF, is of another commit.
  if (linkBase === undefined || file.includes('@')) return undefined;
  const path = file.split('/').map((part) => encodeURIComponent(wellFormed(part)).replace(/[()'*!]/gu, percent));
  return `${linkBase.replace(/\/?$/u, '/')}${path.join('/')}${line === undefined ? '' : `#L${line}`}`;
}

/** The start of links on GitHub and GitLab, from the variables of their pipelines. */
export function linkBaseOf(variables: NodeJS.ProcessEnv): string | undefined {
  const { GITHUB_SERVER_URL: github, GITHUB_REPOSITORY: repository, GITHUB_SHA: sha } = variables;
  if (github && repository && sha) return `${github}/${repository}/blob/${sha}`;
  const { CI_PROJECT_URL: gitlab, CI_COMMIT_SHA: commit } = variables;
  return gitlab && commit ? `${gitlab}/-/blob/${commit}` : undefined;
}

/** A text that can be part of an URL. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '_');
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
