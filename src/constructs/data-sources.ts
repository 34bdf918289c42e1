/** The constructs of the data sources. Their definitions in `model/data-sources.ts` say what each has. */
import type { TerraformMetaArguments } from 'cdktf';
import {
  phoneAliasData,
  phoneAliasesData,
  phoneData,
  phonesData,
  serversData,
  systemData,
  templatesData,
  userGroupsData,
} from '../model/data-sources';
import { definedDataSource } from './data-source';
import type * as types from './generated/data-sources';

/**
 * Props of the data source `vicidial_phone`: the key of the phone.
 *
 * @example
 * const props: DataVicidialPhoneProps = { serverIp: '10.0.0.11', extension: '55000' };
 */
export type DataVicidialPhoneProps = types.DataVicidialPhoneArguments & TerraformMetaArguments;

/**
 * A phone of VICIdial that the stack does not manage, with all its fields (data source `vicidial_phone`). Its passwords
 * are null unless `includeSecrets` is true. The plan fails where the phone does not exist, or is hidden from the API user.
 *
 * @example
 * const desk = new DataVicidialPhone(stack, 'desk', { serverIp: '10.0.0.11', extension: '55000' });
 * new TerraformOutput(stack, 'caller-id', { value: desk.outboundCid });
 */
export class DataVicidialPhone extends definedDataSource<
  'vicidial_phone',
  DataVicidialPhoneProps,
  types.DataVicidialPhoneMembers
>(phoneData) {}

/**
 * Props of the data source `vicidial_phones`: which phones. `extensionPattern` has `*` for any number of characters and
 * `?` for one.
 *
 * @example
 * const props: DataVicidialPhonesProps = { serverIp: '10.0.0.11', extensionPattern: '55*', protocol: 'SIP' };
 */
export type DataVicidialPhonesProps = types.DataVicidialPhonesArguments & TerraformMetaArguments;

/**
 * The phones of VICIdial that the API user may view, with all their fields (data source `vicidial_phones`): in `phones`,
 * a map by `SERVER_IP/EXTENSION`.
 *
 * @example
 * const sales = new DataVicidialPhones(stack, 'sales', { adminUserGroup: 'SALES' });
 * new TerraformOutput(stack, 'login', { value: sales.phones.get('10.0.0.11/55000').phoneLogin });
 *
 * @example
 * // One element for each phone.
 * const each = TerraformIterator.fromMap(sales.phones);
 */
export class DataVicidialPhones extends definedDataSource<
  'vicidial_phones',
  DataVicidialPhonesProps,
  types.DataVicidialPhonesMembers
>(phonesData) {}

/**
 * Props of the data source `vicidial_phone_alias`: the key of the phone alias.
 *
 * @example
 * const props: DataVicidialPhoneAliasProps = { aliasId: 'desks' };
 */
export type DataVicidialPhoneAliasProps = types.DataVicidialPhoneAliasArguments & TerraformMetaArguments;

/**
 * A phone alias of VICIdial that the stack does not manage (data source `vicidial_phone_alias`).
 *
 * @example
 * const desks = new DataVicidialPhoneAlias(stack, 'desks', { aliasId: 'desks' });
 * new TerraformOutput(stack, 'logins', { value: desks.phoneLogins });
 */
export class DataVicidialPhoneAlias extends definedDataSource<
  'vicidial_phone_alias',
  DataVicidialPhoneAliasProps,
  types.DataVicidialPhoneAliasMembers
>(phoneAliasData) {}

/**
 * All phone aliases of VICIdial (data source `vicidial_phone_aliases`): in `phoneAliases`, a map by `alias_id`.
 *
 * @example
 * new DataVicidialPhoneAliases(stack, 'aliases').phoneAliases.get('desks').aliasName
 */
export class DataVicidialPhoneAliases extends definedDataSource<
  'vicidial_phone_aliases',
  TerraformMetaArguments,
  types.DataVicidialPhoneAliasesMembers
>(phoneAliasesData) {}

/**
 * The VICIdial system of the provider: version and build, and what the API user may do (data source `vicidial_system`).
 *
 * @example
 * new TerraformOutput(stack, 'build', { value: new DataVicidialSystem(stack, 'system').build });
 */
export class DataVicidialSystem extends definedDataSource<
  'vicidial_system',
  TerraformMetaArguments,
  types.DataVicidialSystemMembers
>(systemData) {}

/**
 * The servers of VICIdial (data source `vicidial_servers`): in `servers`, a map by `server_ip`.
 *
 * @example
 * new DataVicidialServers(stack, 'servers').servers.get('10.0.0.11').serverId
 */
export class DataVicidialServers extends definedDataSource<
  'vicidial_servers',
  TerraformMetaArguments,
  types.DataVicidialServersMembers
>(serversData) {}

/**
 * The configuration templates of VICIdial (data source `vicidial_templates`): in `templates`, a map by `template_id`.
 *
 * @example
 * new DataVicidialTemplates(stack, 'templates').templates.get('SIP_generic').templateName
 */
export class DataVicidialTemplates extends definedDataSource<
  'vicidial_templates',
  TerraformMetaArguments,
  types.DataVicidialTemplatesMembers
>(templatesData) {}

/**
 * The user groups of VICIdial (data source `vicidial_user_groups`): in `userGroups`, a map by `user_group`.
 *
 * @example
 * new DataVicidialUserGroups(stack, 'groups').userGroups.get('SALES').groupName
 */
export class DataVicidialUserGroups extends definedDataSource<
  'vicidial_user_groups',
  TerraformMetaArguments,
  types.DataVicidialUserGroupsMembers
>(userGroupsData) {}
