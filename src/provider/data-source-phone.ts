/** The data source `vicidial_phone`. */
import { phoneData } from '../model/data-sources';
import { phoneType } from '../model/phone-fields';
import { dataSource, type CurrentContext } from './data-source';
import { readObject } from './stored-objects';

export const phoneDataSource = (context: CurrentContext) =>
  dataSource(phoneData, context, (run, config) => readObject(run, phoneType, config));
