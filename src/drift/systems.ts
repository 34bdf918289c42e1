/** Which objects of a state belong to the system that is read. Systems that were cloned have the same keys. */
import { PhonestateError } from '../model/failures';
import type { StateObject } from '../report/addressed-objects';

/**
 * The objects of one system. Those of which the system is not known belong to it.
 *
 * @param previous what the system was called before
 * @throws PhonestateError `system-mismatch` where all objects belong to others
 */
export function objectsOfSystem(
  objects: readonly StateObject[],
  system: string,
  previous: string | undefined,
): StateObject[] {
  const own = objects.filter(
    ({ values: { system: name } }) => typeof name !== 'string' || name === system || name === previous,
  );
  if (own.length > 0 || objects.length === 0) return own;
  const others = [...new Set(objects.map(({ values }) => String(values.system)))].join(', ');
  throw PhonestateError.of('system-mismatch', {
    what: `The state has objects of ${others}, and what is read is ${system}.`,
  });
}
