/** The resource `vicidial_phone`. */
import { phoneList } from '../model/lists';
import { phoneType } from '../model/phone-fields';
import type { CurrentContext } from './data-source';
import { objectList } from './object-list';
import { phoneFilter } from './phone-filters';
import { ManagedResource } from './resource';

const description =
  'A phone of VICIdial: a SIP or IAX entry of one of its servers. Arguments that are left out are not managed.';

export const phoneResource = (context: CurrentContext) =>
  new ManagedResource(phoneType, description, context, objectList(phoneType, phoneList, context, phoneFilter));
