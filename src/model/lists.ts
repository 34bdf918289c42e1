/** The list resources, for `terraform query`: one definition each. The schemas and the docs are made from these. */
import { phonesData, type DataSourceDefinition } from './data-sources';

export type ListDefinition = Pick<DataSourceDefinition, 'type' | 'description' | 'arguments'>;

/** No list shows a secret. */
const phoneFilters = Object.fromEntries(
  Object.entries(phonesData.arguments).filter(([name]) => name !== 'include_secrets'),
);

export const phoneList = {
  type: 'vicidial_phone',
  description:
    'The phones of VICIdial that the API user may view, for an import of many. Arguments select some of them; a phone has to match all that are set. They are read from the admin pages or the database.',
  arguments: phoneFilters,
} as const satisfies ListDefinition;

export const phoneAliasList = {
  type: 'vicidial_phone_alias',
  description:
    'All phone aliases of VICIdial, for an import of many. They are read from the admin pages or the database.',
  arguments: {},
} as const satisfies ListDefinition;
