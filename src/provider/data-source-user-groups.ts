/** The data source `vicidial_user_groups`. */
import { userGroupsData } from '../model/data-sources';
import { PhonestateError } from '../model/failures';
import { dataSource, mapById, requireReader, textOrNull, type CurrentContext } from './data-source';

export const userGroupsDataSource = (context: CurrentContext) =>
  dataSource(userGroupsData, context, async (run) => {
    const groups = await (await requireReader(run)).userGroups();
    if (!groups) {
      const what = 'The page of a phone on the admin pages lists no user groups.';
      throw PhonestateError.of('reader-missing', { what, remedy: 'Set database_url.' });
    }
    return {
      user_groups: mapById(
        groups,
        ({ id }) => id,
        ({ id, name }) => ({ user_group: id, group_name: textOrNull(name) }),
      ),
    };
  });
