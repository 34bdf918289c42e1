/** Checks that need the whole environment: merged values, duplicates, what aliases list. */
import type { FieldValue, ObjectType } from '../model/field-definition';
import { identityKey } from '../model/identity';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import { validateValue } from '../model/validate';
import { writeOnlyFailures } from '../model/write-only-fields';
import {
  aliasKey,
  phoneKey,
  phoneLogin,
  type Environment,
  type EnvironmentAlias,
  type EnvironmentPhone,
  type Origin,
} from './environment';
import { placeOf, type FileText } from './file-text';
import { describePlace, type Place, type ProblemList } from './problems';
import type { FileValue } from './value-schema';

type Checked = Pick<Environment, 'phones' | 'aliases' | 'servers' | 'abstract' | 'bases'>;

/** Adds all problems of an environment that its parts do not show. */
export function checkEnvironment(environment: Checked, text: FileText, problems: ProblemList): void {
  const values = new ValueCheck();
  checkAddresses(environment, text, values, problems);
  for (const phone of environment.phones) checkPhone(phone, values, problems);
  checkDuplicates(environment, problems);
  for (const alias of environment.aliases) checkAlias(alias, values, problems);
}

/** The same value is checked once: most phones have most values in common. */
class ValueCheck {
  readonly #messages = new Map<string, string | undefined>();

  /** What is wrong with a value; undefined where it is valid. */
  message(type: ObjectType, name: string, value: FieldValue): string | undefined {
    const key = `${type.noun} ${name} ${typeof value} ${String(value)}`;
    if (this.#messages.has(key)) return this.#messages.get(key);
    const [failure] = validateValue(type, name, value, 'either', { nonLatin: true });
    // The rest are remedies that do not fit a line of a list.
    const message = failure?.detail.split('\n')[0];
    this.#messages.set(key, message);
    return message;
  }
}

function checkAddresses(
  { servers, phones, abstract, bases }: Checked,
  text: FileText,
  values: ValueCheck,
  problems: ProblemList,
): void {
  for (const [name, { ip, was }] of Object.entries(servers)) {
    for (const [key, address] of Object.entries({ ip, was })) {
      const message = address === undefined ? undefined : values.message(phoneType, 'server_ip', address);
      if (message === undefined) continue;
      const place = placeOf(text, ['servers', name, key]);
      problems.error(
        placeOf(text, ['servers', name]),
        message.replace(/^server_ip/u, place.field.endsWith('was') ? 'was' : 'server_ip'),
      );
    }
    if (ip !== undefined || abstract) continue;
    const inherited = phones.filter(({ server, baseKey }) => server === name && baseKey !== undefined);
    const [base] = bases;
    problems.error(
      { ...placeOf(text, ['servers', name]), field: `servers.${name}.ip` },
      inherited.length > 0 && base
        ? `is missing; ${inherited.length} phones of ${base.name} are on this server, and addresses are not inherited for another system (provider.url). Write the address, or map the server: mapping: { servers: { ${name}: OWN_SERVER } }`
        : 'is missing; write the address of the server',
    );
  }
}

function checkPhone(phone: EnvironmentPhone, values: ValueCheck, problems: ProblemList): void {
  const fields = Object.entries<FileValue>({ extension: phone.extension, ...phone.values });
  const isSet = (name: string) => phone.values[name as keyof typeof phone.values] !== undefined;
  for (const { field = '', what } of writeOnlyFailures(phoneType, isSet)) {
    problems.error(phone.origins[field as keyof typeof phone.origins] ?? phone.declared, what);
  }
  for (const [name, value] of fields) {
    // A variable is checked by the plan; protection is no field, and checked by the schema.
    if (value === null || typeof value === 'object' || typeof value === 'boolean') continue;
    const message = values.message(phoneType, name, value);
    if (message === undefined) continue;
    const origin = phone.origins[name as keyof typeof phone.origins] ?? phone.declared;
    problems.error(origin, `${message}${madeOf(phone, phoneKey(phone), origin)}`);
  }
}

/** What a derived object is made of, where the place of a problem does not show it. */
function madeOf(
  { baseKey, declared }: { readonly baseKey?: string | undefined; readonly declared: Origin },
  key: string,
  { kind }: Origin,
): string {
  if (baseKey === undefined || kind === 'base' || kind === 'exception') return '';
  return ` It is ${key}, made of ${baseKey} (${describePlace(declared)}).`;
}

function checkDuplicates({ phones }: Checked, problems: ProblemList): void {
  const keys = new Map<string, EnvironmentPhone>();
  const logins = new Map<string, EnvironmentPhone>();
  for (const phone of phones) {
    const address = phone.server_ip === '' ? `name ${phone.server}` : identityKey(phone.server_ip);
    const key = `${address} ${identityKey(phone.extension)}`;
    const same = keys.get(key);
    if (same) problems.error(keyPlace(phone), sameKey(same, phone));
    else keys.set(key, phone);
    const login = phoneLogin(phone);
    if (login === undefined) continue;
    const sameLogin = logins.get(identityKey(login));
    if (!sameLogin) logins.set(identityKey(login), phone);
    else if (sameLogin !== same)
      problems.error(phone.origins.phone_login ?? phone.declared, sameLoginMessage(sameLogin, phone));
  }
}

function keyPlace({ origins, declared, baseKey }: EnvironmentPhone): Place {
  const { extension, server } = origins;
  if (baseKey === undefined) return extension ?? declared;
  return (extension?.kind === 'mapping' ? extension : server?.kind === 'mapping' ? server : extension) ?? declared;
}

function sameKey(first: EnvironmentPhone, second: EnvironmentPhone): string {
  if (second.baseKey === undefined)
    return `this server already has phone ${first.extension} in this file (${describePlace(first.declared)}); remove one of them`;
  return `${describeSource(first)} and ${describeSource(second)} become one phone, ${phoneKey(second)}; change the mapping, or leave one of them out`;
}

function sameLoginMessage(first: EnvironmentPhone, second: EnvironmentPhone): string {
  const rule = 'it must be unique across all servers (case-insensitive)';
  if (second.baseKey === undefined)
    return `phone ${first.extension} (${describePlace(first.declared)}) has the same phone_login, "${phoneLogin(second) ?? ''}"; ${rule}`;
  return `${describeSource(first)} and ${describeSource(second)} get the same phone_login, "${phoneLogin(second) ?? ''}"; ${rule}`;
}

function describeSource(phone: EnvironmentPhone): string {
  return `${phone.baseKey ?? phoneKey(phone)} (${describePlace(phone.declared)})`;
}

function checkAlias(alias: EnvironmentAlias, values: ValueCheck, problems: ProblemList): void {
  const { alias_id, alias_name, phone_logins, origins, declared } = alias;
  const logins = phone_logins?.map(({ login }) => login);
  for (const [name, value] of Object.entries({ alias_id, alias_name, phone_logins: logins })) {
    if (value === undefined) continue;
    const message = values.message(phoneAliasType, name, value);
    const origin = origins[name as keyof typeof origins] ?? declared;
    if (message !== undefined) problems.error(origin, `${message}${madeOf(alias, aliasKey(alias), origin)}`);
  }
  const phones = (phone_logins ?? []).flatMap(({ phone }) => (phone ? [phone] : []));
  const passwords = new Set(phones.map(({ values }) => JSON.stringify(values.phone_pass ?? values.phone_pass_wo)));
  if (passwords.size > 1)
    problems.error(
      origins.phone_logins ?? declared,
      'its phones take phone_pass from different variables; an agent logs in to any of them with one password: use one variable',
    );
}
