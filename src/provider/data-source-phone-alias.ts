/** The data source `vicidial_phone_alias`. */
import { phoneAliasData } from '../model/data-sources';
import { phoneAliasType } from '../model/phone-alias-fields';
import { dataSource, type CurrentContext } from './data-source';
import { readObject } from './stored-objects';

export const phoneAliasDataSource = (context: CurrentContext) =>
  dataSource(phoneAliasData, context, (run, config) => readObject(run, phoneAliasType, config));
