import type { TerraformMetaArguments } from 'cdktf';
import { phoneType } from '../model/phone-fields';
import { uniquePhoneFields } from './duplicates';
import type { PhoneArguments, PhoneMembers } from './generated/phone';
import { tableResource } from './table-resource';

/**
 * Props of a phone: the fields of VICIdial's API in camelCase, and Terraform's meta-arguments. Only the key (`serverIp`,
 * `extension`) is required; what else a new phone needs is checked by the plan.
 *
 * - A field that is not set is not managed: the server keeps its value.
 * - An empty string empties the field, where VICIdial can do that.
 * - Give passwords by a sensitive `TerraformVariable`; a literal is written into the synthesised stack.
 *
 * @example
 * const props: PhoneProps = { serverIp: '10.0.0.11', extension: '55000', phoneRingTimeout: 45, email: '' };
 */
export type PhoneProps = PhoneArguments & TerraformMetaArguments;

/**
 * A phone of VICIdial (resource `vicidial_phone`). Its fields are attributes too, for use in other constructs.
 *
 * Synthesis fails where a literal would not be stored unchanged, and where two phones of a stack have the same key or
 * the same `phoneLogin`. It also fails where two names of a stack are equal once CDKTF has removed the characters that it
 * does not write (`büro` and `bäro` are both `bro`), and where a name is not valid in Terraform (`55000`).
 *
 * `lifecycle.createBeforeDestroy` is an error: a replacement would be created while the old phone still has its phone
 * login, or its key, and a stack cannot show whether both differ from those in state. Terraform also creates the
 * replacement of a phone first if a resource that depends on the phone has `createBeforeDestroy`; avoid it there too.
 *
 * @example
 * const desk = new Phone(stack, 'front-desk', {
 *   serverIp: '10.0.0.11',
 *   extension: '55000',
 *   dialplanNumber: '55000',
 *   voicemailId: '55000',
 *   phoneLogin: '55000',
 *   phonePass: phonePass.stringValue,
 *   registrationPassword: registrationPassword.stringValue,
 *   protocol: 'SIP',
 *   phoneFullName: 'Front desk',
 *   localGmt: '-5.00',
 *   outboundCid: '7275551212',
 * });
 *
 * @example
 * // Import a phone that exists already.
 * new Phone(stack, 'front-desk', { serverIp: '10.0.0.11', extension: '55000' }).importFrom('10.0.0.11/55000');
 */
export class Phone extends tableResource<'vicidial_phone', PhoneProps, PhoneMembers>(phoneType, uniquePhoneFields) {}
