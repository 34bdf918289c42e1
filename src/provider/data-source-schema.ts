/** The Terraform schema of a data source. */
import type { DataField, DataSourceDefinition } from '../model/data-sources';
import type { Attribute, Schema } from '../terraform/schema';
import { terraformType } from './resource-schema';

type Fields = Readonly<Record<string, DataField>>;

/** Everything but the arguments is computed. */
export function dataSourceSchema({ description, arguments: given, attributes, objects }: DataSourceDefinition): Schema {
  const declared = Object.entries(given).map(([name, field]): [string, Attribute] => [
    name,
    { ...attribute(field), ...(field.required ? { required: true } : { optional: true }) },
  ]);
  return {
    version: 0,
    description,
    attributes: { ...computed(attributes), ...(objects ? objectMap(objects) : {}), ...Object.fromEntries(declared) },
  };
}

function objectMap({ name, description, attributes }: NonNullable<DataSourceDefinition['objects']>) {
  return {
    [name]: { nested: { nesting: 'map', attributes: computed(attributes) }, computed: true, description },
  } as const;
}

function computed(fields: Fields): Record<string, Attribute> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, { ...attribute(field), computed: true }]),
  );
}

function attribute(field: DataField): Attribute {
  const { description, secret } = field;
  return { type: terraformType(field), description, ...(secret ? { sensitive: true } : {}) };
}
