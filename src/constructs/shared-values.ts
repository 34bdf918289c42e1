/** Finds what the objects of a stack share and should not: numbers of one server, and a login that is the id of an alias. */
import { camelCase } from '../model/case';
import { failure } from '../model/failures';
import type { FieldDefinition } from '../model/field-definition';
import { identityKey } from '../model/identity';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import type { StackWarning } from './stack-warning';
import type { SynthesizedObject } from './synthesized-objects';
import { isUnresolved } from './unresolved';

export function findSharedValues(objects: readonly SynthesizedObject[]): StackWarning[] {
  const phones = singleObjects(objects, phoneType.resourceType);
  const numbers = Object.entries<FieldDefinition>(phoneType.fields).flatMap(([field, { sharedWarning }]) =>
    sharedWarning ? sharedNumbers(phones, field, sharedWarning) : [],
  );
  return [...numbers, ...aliasIds(singleObjects(objects, phoneAliasType.resourceType), phones)];
}

/** By their paths, so that the warning stands at the same construct in whichever order they are made. */
function singleObjects(objects: readonly SynthesizedObject[], type: string): SynthesizedObject[] {
  return objects
    .filter(({ table, isSingle }) => table.resourceType === type && isSingle)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** One warning for each number, which names all phones that have it. */
function sharedNumbers(
  phones: readonly SynthesizedObject[],
  field: string,
  code: NonNullable<FieldDefinition['sharedWarning']>,
): StackWarning[] {
  const byNumber = new Map<string, SynthesizedObject[]>();
  for (const phone of phones) {
    const at = place(phone, ['server_ip', field]);
    if (at === undefined) continue;
    const sharing = byNumber.get(at);
    if (sharing) sharing.push(phone);
    else byNumber.set(at, [phone]);
  }
  return [...byNumber.values()].flatMap((sharing) => {
    const [first] = sharing;
    if (!first || sharing.length < 2) return [];
    const paths = sharing.map(({ path }) => path).join(', ');
    const what = `The phones ${paths} have the same serverIp and ${camelCase(field)}, ${String(first.values[field])}.`;
    return [{ object: first, prop: camelCase(field), failure: failure(code, { what }) }];
  });
}

function aliasIds(aliases: readonly SynthesizedObject[], phones: readonly SynthesizedObject[]): StackWarning[] {
  const byLogin = new Map(phones.map((phone) => [place(phone, [phoneType.loginField]), phone]));
  return aliases.flatMap((alias) => {
    const at = place(alias, phoneAliasType.idFields);
    const phone = at === undefined ? undefined : byLogin.get(at);
    if (!phone) return [];
    const what = `The aliasId of ${alias.path} is the phoneLogin of ${phone.path}.`;
    return [{ object: alias, prop: 'aliasId', failure: failure('alias-id-is-login', { what }) }];
  });
}

/** Equal where values are: literals as the server compares them, and expressions where they are the same. */
function place({ provider, values }: SynthesizedObject, fields: readonly string[]): string | undefined {
  const parts = fields.map((field) => values[field]);
  if (parts.some((part) => typeof part !== 'string' || part === '')) return undefined;
  return JSON.stringify([provider, ...parts.map((part) => (isUnresolved(part) ? part : identityKey(String(part))))]);
}
