import { ImportableResource, type TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { phoneAliasType } from '../model/phone-alias-fields';
import { uniquePhoneAliasFields } from './duplicates';
import { uniqueInStack } from './unique-in-stack';
import { tableResource, type Props } from './table-resource';

export type PhoneAliasProps = Props<typeof phoneAliasType>;

const enter = uniqueInStack(uniquePhoneAliasFields);

/**
 * An alias under which an agent logs in to any of several phones. Give it `phone.phoneLogin`, so that Terraform makes
 * the phones first.
 */
export class PhoneAlias extends tableResource(phoneAliasType, 'vicidial_phone_alias') {
  static readonly tfResourceType = 'vicidial_phone_alias';

  /**
   * Declares the import of an alias whose configuration `cdktf plan` then writes.
   *
   * @param importFromId the alias_id
   */
  static generateConfigForImport(
    scope: Construct,
    importToId: string,
    importFromId: string,
    provider?: TerraformProvider,
  ): ImportableResource {
    return new ImportableResource(scope, importToId, {
      terraformResourceType: PhoneAlias.tfResourceType,
      importId: importFromId,
      ...(provider ? { provider } : {}),
    });
  }

  constructor(scope: Construct, id: string, props: PhoneAliasProps) {
    super(scope, id, props);
    enter(this);
  }
}
