/** How values are written into a synthesised stack, as JSON and as HCL. */
import {
  booleanToHclTerraform,
  booleanToTerraform,
  listMapper,
  listMapperHcl,
  numberToHclTerraform,
  numberToTerraform,
  stringToHclTerraform,
  stringToTerraform,
} from 'cdktf';

/** What an argument holds; text where nothing is said. */
export type ValueType = 'number' | 'bool' | 'logins' | 'string';

interface Writer {
  readonly json: (value: unknown) => unknown;
  readonly hcl: (value: unknown) => unknown;
  /** How cdktf calls the value and what it is stored as. */
  readonly type: string;
  readonly storageClassType: string;
}

const writers: Readonly<Record<ValueType, Writer>> = {
  string: { json: stringToTerraform, hcl: stringToHclTerraform, type: 'simple', storageClassType: 'string' },
  number: { json: numberToTerraform, hcl: numberToHclTerraform, type: 'simple', storageClassType: 'number' },
  bool: { json: booleanToTerraform, hcl: booleanToHclTerraform, type: 'simple', storageClassType: 'boolean' },
  logins: {
    json: listMapper(stringToTerraform, false),
    hcl: listMapperHcl(stringToHclTerraform, false),
    type: 'list',
    storageClassType: 'stringList',
  },
};

/** A value as `synthesizeAttributes` gives it. */
export function toTerraform(value: unknown, type: ValueType = 'string'): unknown {
  return writers[type].json(value);
}

/** A value as `synthesizeHclAttributes` gives it. */
export function toHclTerraform(value: unknown, valueType: ValueType = 'string'): unknown {
  const { hcl, type, storageClassType } = writers[valueType];
  return { value: hcl(value), isBlock: false, type, storageClassType };
}
