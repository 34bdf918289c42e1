import { ImportableResource, type TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { phoneTable } from '../phone/fields';
import { uniqueAmongPhones } from './collisions';
import { uniqueInStack } from './stack-check';
import { tableResource, type Props } from './table-resource';

export type PhoneProps = Props<typeof phoneTable>;

const enter = uniqueInStack(uniqueAmongPhones);

/**
 * A phone of VICIdial. Props that are left out are not managed, and keep whatever the server has.
 *
 * @example
 * new Phone(this, 'front-desk', { serverIp: '10.0.0.11', extension: '55000', … });
 */
export class Phone extends tableResource(phoneTable, 'vicidial_phone') {
  static readonly tfResourceType = 'vicidial_phone';

  /**
   * Declares the import of a phone whose configuration `cdktf plan` then writes.
   *
   * @param importFromId `SERVER_IP/EXTENSION`
   */
  static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: TerraformProvider): ImportableResource {
    return new ImportableResource(scope, importToId, { terraformResourceType: Phone.tfResourceType, importId: importFromId, ...(provider ? { provider } : {}) });
  }

  constructor(scope: Construct, id: string, props: PhoneProps) {
    super(scope, id, props);
    enter(this);
  }
}
