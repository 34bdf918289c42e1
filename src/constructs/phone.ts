import { ImportableResource, type TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { phoneType } from '../model/phone-fields';
import { uniquePhoneFields } from './duplicates';
import { uniqueInStack } from './unique-in-stack';
import { tableResource, type Props } from './table-resource';

export type PhoneProps = Props<typeof phoneType>;

const enter = uniqueInStack(uniquePhoneFields);

/**
 * A phone of VICIdial. Props that are left out are not managed, and keep whatever the server has.
 *
 * @example
 * new Phone(this, 'front-desk', { serverIp: '10.0.0.11', extension: '55000', … });
 */
export class Phone extends tableResource(phoneType, 'vicidial_phone') {
  static readonly tfResourceType = 'vicidial_phone';

  /**
   * Declares the import of a phone whose configuration `cdktf plan` then writes.
   *
   * @param importFromId `SERVER_IP/EXTENSION`
   */
  static generateConfigForImport(
    scope: Construct,
    importToId: string,
    importFromId: string,
    provider?: TerraformProvider,
  ): ImportableResource {
    return new ImportableResource(scope, importToId, {
      terraformResourceType: Phone.tfResourceType,
      importId: importFromId,
      ...(provider ? { provider } : {}),
    });
  }

  constructor(scope: Construct, id: string, props: PhoneProps) {
    super(scope, id, props);
    enter(this);
  }
}
