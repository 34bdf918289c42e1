/** Variables of the environment on which Bun acts before the program that was compiled with it. */

const names = ['BUN_BE_BUN', 'BUN_OPTIONS', 'BUN_INSPECT', 'BUN_INSPECT_CONNECT_TO', 'BUN_INSPECT_PRELOAD'];
const off = ['', '0', 'false'];

/**
 * The warning about those that are set; undefined where none is. The bundle for Node.js is not concerned, but a person who
 * sets them may start the executable of the provider in the same shell.
 */
export function bunWarning(environment: NodeJS.ProcessEnv): string | undefined {
  const set = names.filter((name) => !off.includes(environment[name] ?? ''));
  if (set.length === 0) return undefined;
  return (
    `${set.join(', ')} ${set.length === 1 ? 'is' : 'are'} set in the environment. The executables of Phonestate contain Bun, ` +
    'which acts on it before the program does: other code may run in their place. Unset it, unless this is intended.'
  );
}
