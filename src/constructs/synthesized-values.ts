/** Writes values into a synthesised stack, as JSON or as HCL. */
import {
  booleanToHclTerraform,
  booleanToTerraform,
  hashMapper,
  hashMapperHcl,
  Lazy,
  listMapper,
  listMapperHcl,
  numberToHclTerraform,
  numberToTerraform,
  stringToHclTerraform,
  stringToTerraform,
} from 'cdktf';

/** The type of an argument. `list`, `logins` and `map` hold strings. */
export type ValueType = 'number' | 'bool' | 'list' | 'logins' | 'map' | 'string';

interface Writer {
  readonly json: (value: unknown) => unknown;
  readonly hcl: (value: unknown) => unknown;
  /** CDKTF's names for the type, which its HCL output needs. */
  readonly type: string;
  readonly storageClassType: string;
}

const list: Writer = {
  json: listMapper(stringToTerraform, false),
  hcl: listMapperHcl(stringToHclTerraform, false),
  type: 'list',
  storageClassType: 'stringList',
};

/** A provider of CDKTF writes the keys of an object in snake_case; what is resolved later has the keys that it was given. */
const map: Writer = {
  json: (value) => Lazy.anyValue({ produce: () => hashMapper(stringToTerraform)(value) as unknown }),
  hcl: (value) => Lazy.anyValue({ produce: () => hashMapperHcl(stringToHclTerraform)(value) as unknown }),
  type: 'map',
  storageClassType: 'stringMap',
};

const writers: Readonly<Record<ValueType, Writer>> = {
  string: { json: stringToTerraform, hcl: stringToHclTerraform, type: 'simple', storageClassType: 'string' },
  number: { json: numberToTerraform, hcl: numberToHclTerraform, type: 'simple', storageClassType: 'number' },
  bool: { json: booleanToTerraform, hcl: booleanToHclTerraform, type: 'simple', storageClassType: 'boolean' },
  list,
  logins: list,
  map,
};

/** Converts a value for `synthesizeAttributes`. */
export function toTerraform(value: unknown, type: ValueType = 'string'): unknown {
  return writers[type].json(value);
}

/** Converts a value for `synthesizeHclAttributes`. */
export function toHclTerraform(value: unknown, valueType: ValueType = 'string'): unknown {
  const { hcl, type, storageClassType } = writers[valueType];
  return { value: hcl(value), isBlock: false, type, storageClassType };
}
