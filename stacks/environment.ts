/** An environment: the phones and aliases of one VICIdial, as a file in `environments/` declares them. */
import * as z from 'zod';
import { phoneAliasType } from '../src/model/phone-alias-fields';
import { validateValue } from '../src/model/validate';
import { phoneFields, phoneType, type PhoneFieldName } from '../src/model/phone-fields';
import type { FieldDefinition } from '../src/model/field-definition';
import { equalIgnoringCase } from '../src/model/identity';
import { readYaml } from '../src/yaml-file';
import { strictObject } from './strict-object';

const text = z.string({ error: 'a text; put quotes around digits' });

/** What stands for a secret: the name of a sensitive Terraform variable that holds it. */
const variable = strictObject(
  {
    variable: z
      .string({ error: 'the name of a Terraform variable' })
      .regex(/^[a-z_][a-z0-9_]*$/u, 'a variable is named with small letters, digits and _'),
  },
  'a secret does not belong into the file: name a Terraform variable that holds it, such as { variable: phone_pass }',
);
export type Variable = z.output<typeof variable>;

type Value = string | number | Variable;

/** Text that is put in for each phone, so that what follows from the extension is written once. */
const extensionMark = '{extension}';

const editable = Object.entries<FieldDefinition>(phoneFields).filter(([, field]) => !field.key);
const values: Record<string, z.ZodType<Value | undefined>> = Object.fromEntries(
  editable.map(([name, field]) => [name, valueSchema(field).optional()]),
);

const phone = strictObject(
  { server: text, extension: text, ...values },
  'a phone, such as { server: east, extension: "55000" }',
);
const alias = strictObject(
  { alias_id: text, alias_name: text, phone_logins: z.array(text, { error: 'a list of logins' }) },
  'an alias, such as { alias_id: desks, alias_name: Desks, phone_logins: ["55000"] }',
);

const file = strictObject(
  {
    url: z.url({
      protocol: /^https?$/u,
      error: 'the address of the non-agent API, such as https://dialer.example.com/vicidial/non_agent_api.php',
    }),
    user: variable,
    password: variable,
    /** Names of the dialers, so that a phone says where it is in words. */
    servers: z.record(z.string(), text, { error: 'the dialers by name, such as { east: 10.0.0.11 }' }),
    defaults: strictObject(values, 'fields that every phone has').default({}),
    phones: z.array(phone, { error: 'a list of phones; [] where there are none' }),
    aliases: z.array(alias, { error: 'a list of aliases; [] where there are none' }).default([]),
  },
  'an environment, with url, user, password, servers and phones',
);

function valueSchema(field: FieldDefinition): z.ZodType<Value> {
  if (field.secret) return variable;
  return field.type === 'number' ? z.number({ error: 'a number, without quotes' }) : text;
}

/** A phone with its defaults filled in. */
export interface DeclaredPhone {
  readonly server_ip: string;
  readonly extension: string;
  readonly values: Readonly<Partial<Record<PhoneFieldName, Value>>>;
}

export interface Environment extends Pick<z.output<typeof file>, 'url' | 'user' | 'password' | 'aliases'> {
  readonly phones: readonly DeclaredPhone[];
}

const environment = file.transform(
  ({ url, user, password, servers, defaults, phones, aliases }, context): Environment => {
    const said = new Set<string>();
    const complain = (message: string, ...path: PropertyKey[]) => {
      // A wrong default is found at each phone that has it.
      const complaint = JSON.stringify([path, message]);
      if (!said.has(complaint)) context.addIssue({ code: 'custom', message, path });
      said.add(complaint);
    };
    for (const [name, ip] of Object.entries(servers)) {
      const [wrong] = checkDeclared('server_ip', ip);
      if (wrong) complain(`${wrong.detail.split('\n')[0]}`, 'servers', name);
    }
    const declared = phones.map(({ server, extension, ...own }, index): DeclaredPhone => {
      // A name such as toString is not the file's, though every object has it.
      const server_ip = Object.hasOwn(servers, server) ? servers[server] : undefined;
      if (server_ip === undefined)
        complain(
          `no server is named "${server}"; the file has ${Object.keys(servers).join(', ')}`,
          'phones',
          index,
          'server',
        );
      const merged = Object.entries<Value | undefined>({ ...defaults, ...own }).map(
        ([name, value]) => [name, fillIn(value, extension)] as const,
      );
      const phone = { server_ip: server_ip ?? '', extension, values: Object.fromEntries(merged) };
      for (const [name, value] of [['extension', extension] as const, ...merged]) {
        const [wrong] = checkDeclared(name, value);
        if (wrong)
          complain(
            `${wrong.detail.split('\n')[0]}`,
            ...(name in own || name === 'extension' ? ['phones', index, name] : ['defaults', name]),
          );
      }
      return phone;
    });
    for (const [index, phone] of declared.entries())
      checkUnique(declared.slice(0, index), phone, (message, name) => complain(message, 'phones', index, name));
    for (const [index, alias] of aliases.entries()) {
      checkAlias(aliases.slice(0, index), alias, declared, (message, name) =>
        complain(message, 'aliases', index, name),
      );
    }
    return { url, user, password, aliases, phones: declared };
  },
);

/**
 * Reads an environment.
 *
 * @param path of a YAML file
 * @throws Error whose message lists what is wrong, each with file, line and field
 */
export function readEnvironment(path: string): Environment {
  return readYaml(path, environment).data;
}

type Complain = (message: string, field: string) => void;

function fillIn(value: Value | undefined, extension: string): Value | undefined {
  return typeof value === 'string' ? value.replaceAll(extensionMark, extension) : value;
}

function checkDeclared(name: string, value: Value | undefined) {
  return value === undefined || typeof value === 'object'
    ? []
    : validateValue(phoneType, name, value, 'either', { nonLatin: true });
}

function checkUnique(before: readonly DeclaredPhone[], phone: DeclaredPhone, complain: Complain): void {
  const same = (a: Value | undefined, b: Value | undefined) =>
    typeof a === 'string' && typeof b === 'string' && equalIgnoringCase(a, b);
  if (
    before.some((other) => other.server_ip === phone.server_ip && equalIgnoringCase(other.extension, phone.extension))
  ) {
    complain(`the server has a phone ${phone.extension} already further up`, 'extension');
  }
  const twin = before.find((other) => same(other.values.phone_login, phone.values.phone_login));
  if (twin)
    complain(
      `phone ${twin.extension} further up has the same phone_login, which belongs to one phone across all servers`,
      'phone_login',
    );
}

type Alias = Environment['aliases'][number];

/** What only the whole file shows of an alias. */
function checkAlias(
  before: readonly Alias[],
  alias: Alias,
  phones: readonly DeclaredPhone[],
  complain: Complain,
): void {
  const twin = before.find(({ alias_id }) => equalIgnoringCase(alias_id, alias.alias_id));
  if (twin)
    complain(
      `there is an alias ${twin.alias_id} already further up; letters count the same in either case`,
      'alias_id',
    );
  for (const [name, value] of Object.entries(alias)) {
    const [wrong] = validateValue(phoneAliasType, name, value, 'either', { nonLatin: true });
    if (wrong) complain(`${wrong.detail.split('\n')[0]}`, name);
  }
  const listed = alias.phone_logins.map((login) => ({ login, phone: phoneByLogin(phones, login) }));
  const stranger = listed.find(({ phone }) => !phone);
  if (stranger) complain(`no phone of this file has the login "${stranger.login}"`, 'phone_logins');
  const passwords = new Set(listed.flatMap(({ phone }) => (phone ? [JSON.stringify(phone.values.phone_pass)] : [])));
  if (passwords.size > 1) {
    complain(
      'its phones take phone_pass from different variables: an agent logs in to any of them with one password, and would fail now and then',
      'phone_logins',
    );
  }
}

/** The phone that has a login, in whichever case of letters. */
export function phoneByLogin(phones: readonly DeclaredPhone[], login: string): DeclaredPhone | undefined {
  return phones.find(
    ({ values: { phone_login } }) => typeof phone_login === 'string' && equalIgnoringCase(phone_login, login),
  );
}
