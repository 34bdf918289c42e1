/** The arguments that select phones, of a data source and of a list. */
import { equalIdentities } from '../model/identity';
import { matchesPattern } from '../model/pattern';
import type { ObjectValue } from '../terraform/value';
import type { StoredValues } from '../vicidial/reader';

/** The field that each argument compares, and how. */
const filters = [
  { argument: 'server_ip', field: 'server_ip', matches: equalIdentities },
  { argument: 'admin_user_group', field: 'admin_user_group', matches: equalIdentities },
  { argument: 'protocol', field: 'protocol', matches: equalIdentities },
  { argument: 'extension_pattern', field: 'extension', matches: matchesPattern },
] as const;

/** Whether an object matches every argument that is set; undefined where a value that decides it could not be read. */
export type Filter = (values: StoredValues) => boolean | undefined;

/** The filter of a configuration. */
export function phoneFilter(config: ObjectValue): Filter {
  const given = filters.flatMap(({ argument, ...filter }) => {
    const wanted = config[argument];
    return typeof wanted === 'string' ? [{ ...filter, wanted }] : [];
  });
  return (phone) => {
    const results = given.map(({ field, matches, wanted }) => {
      const value = phone[field];
      return typeof value === 'string' ? matches(wanted, value) : undefined;
    });
    if (results.includes(false)) return false;
    return results.includes(undefined) ? undefined : true;
  };
}
