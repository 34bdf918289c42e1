/** The data source `vicidial_phones`. */
import { phonesData } from '../model/data-sources';
import { phoneType } from '../model/phone-fields';
import { dataSource, type CurrentContext } from './data-source';
import { phoneFilter } from './phone-filters';
import { readObjects } from './stored-objects';

export const phonesDataSource = (context: CurrentContext) =>
  dataSource(phonesData, context, async (run, config) => ({
    phones: await readObjects(run, phoneType, config, phoneFilter(config)),
  }));
