import type { TerraformMetaArguments } from 'cdktf';
import { phoneAliasType } from '../model/phone-alias-fields';
import { uniquePhoneAliasFields } from './duplicates';
import type { PhoneAliasArguments, PhoneAliasMembers } from './generated/phone-alias';
import { tableResource } from './table-resource';

/**
 * Props of a phone alias: the fields of VICIdial's API in camelCase, and Terraform's meta-arguments. Only the key
 * (`aliasId`) is required; a new phone alias needs `aliasName` and `phoneLogins` as well, which is checked by the plan.
 *
 * @example
 * const props: PhoneAliasProps = { aliasId: 'desks', aliasName: 'All desks', phoneLogins: ['55000', '55001'] };
 */
export type PhoneAliasProps = PhoneAliasArguments & TerraformMetaArguments;

/**
 * A phone alias of VICIdial (resource `vicidial_phone_alias`): a name with which an agent logs in to any of several
 * phones. Refer to the `phoneLogin` of phones of the same stack, so that Terraform creates the phones first.
 *
 * @example
 * new PhoneAlias(stack, 'desks', {
 *   aliasId: 'desks',
 *   aliasName: 'All desks',
 *   phoneLogins: [frontDesk.phoneLogin, backDesk.phoneLogin],
 * });
 */
export class PhoneAlias extends tableResource<'vicidial_phone_alias', PhoneAliasProps, PhoneAliasMembers>(
  phoneAliasType,
  uniquePhoneAliasFields,
) {}
