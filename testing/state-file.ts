/** State as a run of Terraform leaves it, written by a test that does not need the run. */
import { address as provider } from '../src/address';
import { objectId } from '../src/model/identity';
import { phoneAliasType } from '../src/model/phone-alias-fields';
import { phoneType } from '../src/model/phone-fields';
import type { ObjectType, FieldValues } from '../src/model/field-definition';
import { resourceSchema } from '../src/provider/resource-schema';
import { isOpenTofu } from './engine';

export interface StoredObject {
  /** Of a resource instance: `vicidial_phone.a`, `vicidial_phone.a["x"]`, `module.m.vicidial_phone.a[0]`. */
  readonly address: string;
  /** Those that are left out are null. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly tainted?: boolean;
  /** The alias of the provider block that it belongs to. Default: none. */
  readonly providerAlias?: string;
}

const types: Readonly<Record<string, ObjectType>> = {
  vicidial_phone: phoneType,
  vicidial_phone_alias: phoneAliasType,
};

/** The text of a state file. */
export function stateFile(objects: readonly StoredObject[]): string {
  return JSON.stringify({
    version: 4,
    // Old enough for every engine.
    terraform_version: '1.5.7',
    serial: 1,
    lineage: '6f1f3a3e-4c0f-4f57-8d7e-1d7f4f7b2d11',
    outputs: {},
    resources: byResource(objects),
    check_results: null,
  });
}

interface Resource {
  readonly module?: string;
  readonly mode: 'managed';
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly instances: object[];
}

function byResource(objects: readonly StoredObject[]): Resource[] {
  const host = isOpenTofu() ? 'registry.opentofu.org' : 'registry.terraform.io';
  const resources = new Map<string, Resource>();
  for (const { address, attributes, tainted = false, providerAlias } of objects) {
    const { resource, module, type, name, key } = parseAddress(address);
    const entry: Resource = resources.get(resource) ?? {
      ...(module === undefined ? {} : { module }),
      mode: 'managed',
      type,
      name,
      provider: `provider["${host}/${provider}"]${providerAlias === undefined ? '' : `.${providerAlias}`}`,
      instances: [],
    };
    resources.set(resource, entry);
    entry.instances.push({
      ...(key === undefined ? {} : { index_key: key }),
      ...(tainted ? { status: 'tainted' } : {}),
      schema_version: 0,
      attributes: allAttributes(type, attributes),
    });
  }
  return [...resources.values()];
}

function allAttributes(type: string, given: StoredObject['attributes']): Record<string, unknown> {
  const objectType = types[type];
  if (!objectType) throw new Error(`There is no resource type ${type}.`);
  const names = Object.keys(resourceSchema(objectType, '').attributes);
  // Only the key is read, which is strings.
  const id = objectId(objectType, given as FieldValues);
  return { ...Object.fromEntries(names.map((name) => [name, given[name] ?? null])), id };
}

function parseAddress(address: string) {
  const parts = /^((?:(module\.\w+)\.)?(vicidial_\w+)\.([\w-]+))(?:\[(.+)\])?$/u.exec(address);
  const [, resource, module, type, name, key] = parts ?? [];
  if (resource === undefined || type === undefined || name === undefined)
    throw new Error(`${address} is not the address of a phone or a phone alias.`);
  return { resource, module, type, name, key: key === undefined ? undefined : (JSON.parse(key) as string | number) };
}
