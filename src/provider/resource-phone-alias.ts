/** The resource `vicidial_phone_alias`. */
import { phoneAliasList } from '../model/lists';
import { phoneAliasType } from '../model/phone-alias-fields';
import type { CurrentContext } from './data-source';
import { objectList } from './object-list';
import { ManagedResource } from './resource';

const description =
  'A phone alias under which an agent logs in to any of several phones. Arguments that are left out are not managed.';

export const phoneAliasResource = (context: CurrentContext) =>
  new ManagedResource(phoneAliasType, description, context, objectList(phoneAliasType, phoneAliasList, context));
