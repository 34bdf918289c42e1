/** The data source `vicidial_phones`. */
import { phonesData } from '../model/data-sources';
import { equalIdentities } from '../model/identity';
import { matchesPattern } from '../model/pattern';
import { phoneType } from '../model/phone-fields';
import type { ObjectValue } from '../terraform/value';
import type { StoredValues } from '../vicidial/reader';
import { dataSource, type CurrentContext } from './data-source';
import { readObjects } from './stored-objects';

export const phonesDataSource = (context: CurrentContext) =>
  dataSource(phonesData, context, async (run, config) => ({
    phones: await readObjects(run, phoneType, config, filterOf(config)),
  }));

/** The arguments that select phones: the field that each compares, and how. */
const filters = [
  { argument: 'server_ip', field: 'server_ip', matches: equalIdentities },
  { argument: 'admin_user_group', field: 'admin_user_group', matches: equalIdentities },
  { argument: 'protocol', field: 'protocol', matches: equalIdentities },
  { argument: 'extension_pattern', field: 'extension', matches: matchesPattern },
] as const;

/** Whether a phone matches every argument that is set; undefined where a value that decides it could not be read. */
function filterOf(config: ObjectValue) {
  const given = filters.flatMap(({ argument, ...filter }) => {
    const wanted = config[argument];
    return typeof wanted === 'string' ? [{ ...filter, wanted }] : [];
  });
  return (phone: StoredValues): boolean | undefined => {
    const results = given.map(({ field, matches, wanted }) => {
      const value = phone[field];
      return typeof value === 'string' ? matches(wanted, value) : undefined;
    });
    if (results.includes(false)) return false;
    return results.includes(undefined) ? undefined : true;
  };
}
