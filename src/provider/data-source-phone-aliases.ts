/** The data source `vicidial_phone_aliases`. */
import { phoneAliasesData } from '../model/data-sources';
import { phoneAliasType } from '../model/phone-alias-fields';
import { dataSource, type CurrentContext } from './data-source';
import { readObjects } from './stored-objects';

export const phoneAliasesDataSource = (context: CurrentContext) =>
  dataSource(phoneAliasesData, context, async (run, config) => ({
    phone_aliases: await readObjects(run, phoneAliasType, config),
  }));
