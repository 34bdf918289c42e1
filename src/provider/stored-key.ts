/** The key of an object in state, which a state file that another tool wrote may lack. */
import type { FieldValues, ObjectType } from '../model/field-definition';
import { PhonestateError } from '../model/failures';
import { keyFields } from '../model/identity';
import type { ObjectValue } from '../terraform/value';

/**
 * Checks that an object of the state has its whole key: without it, a call would be about another object, or none.
 *
 * @throws PhonestateError `stored-key-missing`
 */
export function requireStoredKey(type: ObjectType, values: FieldValues, { id = null }: ObjectValue): void {
  const missing = keyFields(type).filter((name) => values[name] === null || values[name] === '');
  if (missing.length === 0) return;
  const known = Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' ? [`${name} "${value}"`] : [],
  );
  const ofObject = [...(typeof id === 'string' && id !== '' ? [`id "${id}"`] : []), ...known].join(', ');
  throw PhonestateError.of('stored-key-missing', {
    what: `In the state, ${missing.join(' and ')} of a ${type.resourceType} ${missing.length === 1 ? 'is' : 'are'} null or empty. What the state has of it: ${ofObject || 'nothing that names it'}.`,
  });
}
