/** The resource `vicidial_phone`. */
import { phoneType } from '../model/phone-fields';
import type { RunContext } from './context';
import { ManagedResource } from './resource';

const description =
  'A phone of VICIdial: a SIP or IAX entry of one of its servers. Arguments that are left out are not managed.';

export const phoneResource = (context: () => RunContext) => new ManagedResource(phoneType, description, context);
