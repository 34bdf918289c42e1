import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { composed } from '../model/composed-letters';
import { childId } from './child-id';
import { nullResource } from './null-resource';
import { Phone, type PhoneProps } from './phone';
import { refuseUnknownProps } from './unknown-names';
import { mergeProps, type Overrides } from './unmanaged';
import { withKey } from './with-key';

/**
 * Props of a group of phones.
 *
 * @example
 * const props: PhoneGroupProps = {
 *   serverIp: '10.0.0.11',
 *   defaults: { protocol: 'SIP', localGmt: '-5.00' },
 *   phones: { '55000': { phoneLogin: '55000' }, '55001': { phoneLogin: '55001', localGmt: '-8.00' } },
 * };
 */
export interface PhoneGroupProps {
  /** The `server_ip` of every phone in the group. */
  readonly serverIp: string;
  /** Props of each phone that does not set them itself. */
  readonly defaults?: Partial<Omit<PhoneProps, 'serverIp' | 'extension'>>;
  /** The phones' own props, by extension. `Unmanaged` leaves out a default. */
  readonly phones: Readonly<Record<string, Overrides<Omit<PhoneProps, 'serverIp' | 'extension'>>>>;
}

/**
 * Phones of one server that share most of their props. Each is a `Phone` with its extension as construct id.
 *
 * @example
 * const sales = new PhoneGroup(stack, 'sales', {
 *   serverIp: '10.0.0.11',
 *   defaults: { protocol: 'SIP', localGmt: '-5.00' },
 *   phones: { '55000': { phoneLogin: '55000' }, '55001': { phoneLogin: '55001' } },
 * });
 * new PhoneAlias(stack, 'sales', {
 *   aliasId: 'sales',
 *   aliasName: 'Sales',
 *   phoneLogins: Object.values(sales.phones).map((phone) => phone.phoneLogin),
 * });
 */
export class PhoneGroup extends Construct {
  /** The phones, by extension. */
  readonly phones: Readonly<Record<string, Phone>>;
  #ready: TerraformResource | undefined;

  constructor(scope: Construct, id: string, props: PhoneGroupProps) {
    super(scope, composed(id));
    refuseUnknownProps(this, props, ['serverIp', 'defaults', 'phones'], 'a PhoneGroup');
    const { serverIp, defaults, phones } = props;
    const entries = Object.entries(phones).map(([written, own]) => {
      const extension = composed(written);
      const merged = mergeProps(defaults ?? {}, own);
      return [extension, new Phone(this, childId(extension), withKey(this, merged, { serverIp, extension }))] as const;
    });
    this.phones = Object.fromEntries(entries);
  }

  /**
   * A resource that depends on every phone of the group: what depends on it is created after all of them. It is added
   * to the stack on first use, because it needs the provider `hashicorp/null`, which is added where the stack has none.
   *
   * @example
   * new PhoneAlias(stack, 'sales', { aliasId: 'sales', dependsOn: [sales.ready] });
   */
  get ready(): TerraformResource {
    this.#ready ??= nullResource(
      this,
      Object.hasOwn(this.phones, 'ready') ? '.ready' : 'ready',
      Object.fromEntries(Object.entries(this.phones).map(([extension, phone]) => [extension, phone.id])),
    );
    return this.#ready;
  }
}
