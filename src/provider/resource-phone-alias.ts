/** The resource `vicidial_phone_alias`. */
import { phoneAliasType } from '../model/phone-alias-fields';
import type { RunContext } from './context';
import { ManagedResource } from './resource';

const description =
  'A phone alias under which an agent logs in to any of several phones. Arguments that are left out are not managed.';

export const phoneAliasResource = (context: () => RunContext) =>
  new ManagedResource(phoneAliasType, description, context);
