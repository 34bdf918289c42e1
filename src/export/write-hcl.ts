/** An exported system as HCL: one map and one resource with `for_each` for each server, and import blocks. */
import { phoneAliasFields } from '../model/phone-alias-fields';
import { phoneFields } from '../model/phone-fields';
import type { ExportedAlias, ExportedServer, ExportedSystem } from './exported-system';
import { hclLines, hclObject, hclTemplate, hclValue, type HclLine } from './hcl-text';
import type { DeclaredValue } from './managed-values';
import { secretFields, secretKey } from './secrets';
import { serverTable } from './server-table';
import { extensionPlaceholder } from './templates';
import { describeOrigin, unmanagedLines, type Provenance } from './comments';
import type { ExportedFiles } from './files';

export interface HclOptions extends Provenance {
  /** Whether each server has a file of its own. */
  readonly splitServers?: boolean;
}

/** Import blocks with for_each came with this version of both engines. */
const requiredEngineVersion = '1.7.0';

/** Writes the files of a configuration that `terraform init && terraform plan` accepts. */
export function writeHcl(system: ExportedSystem, options: HclOptions): ExportedFiles {
  const servers = system.servers.map((server) => [`${server.name}.tf`, serverBlocks(server)] as const);
  const head = [header(system, options), ...secretVariables(system)];
  const aliases = system.aliases.length > 0 ? [aliasBlocks(system)] : [];
  const sections = options.splitServers
    ? [['main.tf', [...head, ...aliases]] as const, ...servers]
    : [['main.tf', [...head, ...servers.flatMap(([, blocks]) => blocks), ...aliases]] as const];
  return new Map(sections.map(([name, blocks]) => [name, `${blocks.join('\n\n')}\n`]));
}

function header(system: ExportedSystem, options: HclOptions): string {
  const { address, version, settings } = options;
  const provider = Object.entries(settings).map(([name, value]): HclLine => [name, hclSetting(value)]);
  return [
    ...describeOrigin(options).map((line) => `# ${line}`),
    '# It needs Terraform 1.7 or OpenTofu 1.7, or a later version: import blocks have for_each.',
    '# Delete the import blocks after the first apply.',
    ...unmanagedLines(system).map((line) => `# ${line}`),
    block('terraform', [
      ['required_version', hclValue(`>= ${requiredEngineVersion}`)],
      'required_providers {',
      '  vicidial = {',
      `    source  = ${hclValue(address)}`,
      `    version = ${hclValue(version)}`,
      '  }',
      '}',
    ]),
    '',
    '# The API login is read from VICIDIAL_USER and VICIDIAL_PASSWORD.',
    provider.length > 0 ? block('provider "vicidial"', provider) : 'provider "vicidial" {}',
  ].join('\n');
}

function hclSetting(value: string | number | boolean): string {
  return typeof value === 'boolean' ? String(value) : hclValue(value);
}

function block(head: string, lines: readonly HclLine[]): string {
  return `${head} {\n${hclLines(lines)}\n}`;
}

/** Where nothing is given, the phones stay as they are. */
function secretVariables({ servers }: ExportedSystem): string[] {
  if (servers.length === 0) return [];
  const [example = ''] = servers.flatMap(({ phones }) => phones.map((phone) => secretKey(phone)));
  return secretFields.map((field) =>
    block(`variable "${field}"`, [
      [
        'description',
        hclValue(`By SERVER/EXTENSION, for example ${example}; a phone without an entry is not changed.`),
      ],
      ['type', 'map(string)'],
      ['default', '{}'],
      ['sensitive', 'true'],
      ['nullable', 'false'],
    ]),
  );
}

function serverBlocks(server: ExportedServer): string[] {
  const { name, ip } = server;
  const fields = Object.keys(phoneFields);
  const { shared, ownFields, rows } = serverTable(server, fields);
  const map = rows.map(({ extension, own }): HclLine => [hclValue(extension), hclObject(own)]);
  const values = fields.flatMap((field): HclLine[] => {
    if (secretFields.some((secret) => secret === field)) {
      return [[field, `lookup(var.${field}, "${name}/\${each.key}", null)`]];
    }
    const value = shared[field];
    const expression = value === undefined ? 'null' : sharedExpression(value);
    if (ownFields.has(field)) return [[field, `try(each.value.${field}, ${expression})`]];
    return value === undefined ? [] : [[field, expression]];
  });
  return [
    `# The phones of ${ip}.\nlocals {\n  ${name} = {\n${hclLines(map, 2)}\n  }\n}`,
    block(`resource "vicidial_phone" "${name}"`, [
      ['for_each', `local.${name}`],
      '',
      ['server_ip', hclValue(ip)],
      ['extension', 'each.key'],
      ...values,
    ]),
    block('import', [
      ['for_each', `local.${name}`],
      ['to', `vicidial_phone.${name}[each.key]`],
      ['id', hclTemplate(`${ip}/${extensionPlaceholder}`, extensionExpression)],
    ]),
  ];
}

const extensionExpression = { [extensionPlaceholder]: 'each.key' };

function sharedExpression(value: DeclaredValue): string {
  return typeof value === 'string' ? hclTemplate(value, extensionExpression) : hclValue(value);
}

function aliasBlocks({ servers, aliases }: ExportedSystem): string {
  const fields = Object.keys(phoneAliasFields).filter((name) => name !== 'alias_id' && name !== 'phone_logins');
  return [
    `# Phone aliases. A phone login of this configuration is written as SERVER/EXTENSION, any other one as it is.`,
    `locals {\n  aliases = {\n${hclLines(aliases.flatMap(aliasLines), 2)}\n  }\n`,
    `  phone_logins = merge(${servers.length > 0 ? '' : '{}'}`,
    ...servers.map(
      ({ name }) =>
        `    { for extension, phone in vicidial_phone.${name} : "${name}/\${extension}" => phone.phone_login },`,
    ),
    `  )\n}\n`,
    block('resource "vicidial_phone_alias" "aliases"', [
      ['for_each', 'local.aliases'],
      '',
      ['alias_id', 'each.key'],
      ...fields.map((field): HclLine => [field, `try(each.value.${field}, null)`]),
      'phone_logins = each.value.phone_logins == null ? null : [',
      '  for login in each.value.phone_logins : lookup(local.phone_logins, login, login)',
      ']',
    ]),
    '',
    block('import', [
      ['for_each', 'local.aliases'],
      ['to', 'vicidial_phone_alias.aliases[each.key]'],
      ['id', 'each.key'],
    ]),
  ].join('\n');
}

function aliasLines({ id, values, logins }: ExportedAlias): HclLine[] {
  const others = Object.fromEntries(Object.entries(values).filter(([field]) => field !== 'phone_logins'));
  const literals = logins.filter(({ phone }) => phone === undefined).map(({ login }) => login);
  const written = logins.map(({ login, phone }) => (phone ? secretKey(phone) : login));
  return [
    ...(literals.length > 0 ? [`# No exported phone has the login ${literals.join(', ')}.`] : []),
    [hclValue(id), hclObject({ ...others, phone_logins: logins.length > 0 ? written : null })],
  ];
}
