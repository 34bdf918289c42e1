/** An object's type and key as one string: equal for all spellings of the key that the server takes for one. */
import { identityKey } from '../../model/identity';
import type { ObjectType } from './claims';

/** For maps and sets, never shown. */
export function objectKey(type: ObjectType, key: string): string {
  return `${type} ${identityKey(key)}`;
}
