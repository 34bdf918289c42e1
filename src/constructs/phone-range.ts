import { Construct } from 'constructs';
import { expandRange } from '../model/extension-range';
import { composed } from '../model/composed-letters';
import { childId } from './child-id';
import { Phone, type PhoneProps } from './phone';
import { fillProps } from './prop-templates';
import { refuseUnknownProps } from './unknown-names';
import { mergeProps, type Overrides } from './unmanaged';
import { withKey } from './with-key';

/** What a phone of a range may set, all but its key. */
type RangeValues = Omit<PhoneProps, 'serverIp' | 'extension'>;

/**
 * Props of a range of phones.
 *
 * @example
 * const props: PhoneRangeProps = {
 *   serverIp: '10.0.0.11',
 *   extensions: '55100-55149',
 *   phone: { phoneLogin: '{extension}', phoneFullName: 'Desk {index}', protocol: 'SIP' },
 *   exceptions: { '55105': { phoneFullName: 'Reception' }, '55113': 'without' },
 * };
 */
export interface PhoneRangeProps {
  /** The `server_ip` of every phone in the range. */
  readonly serverIp: string;
  /** A range such as `55100-55149`, or a list of ranges and extensions. Leading zeros are kept. */
  readonly extensions: string | readonly string[];
  /** Props of every phone. `{extension}` in a string is replaced by the extension, `{index}` by its position from 1 on. */
  readonly phone: Partial<RangeValues>;
  /**
   * What single phones have instead, by extension: a value, `Unmanaged`, or `without` for a phone that is left out. The
   * positions of the others stay.
   */
  readonly exceptions?: Readonly<Record<string, Overrides<RangeValues> | 'without'>>;
}

/**
 * A range of phones of one server. Each is a `Phone` with its extension as construct id.
 *
 * @throws Error where `extensions` is no range, or an exception is none of them
 * @example
 * new PhoneRange(stack, 'desks', {
 *   serverIp: '10.0.0.11',
 *   extensions: '55100-55149',
 *   phone: { phoneLogin: '{extension}', phoneFullName: 'Desk {index}', protocol: 'SIP', localGmt: '-5.00' },
 * });
 */
export class PhoneRange extends Construct {
  /** The phones, by extension. */
  readonly phones: Readonly<Record<string, Phone>>;

  constructor(scope: Construct, id: string, props: PhoneRangeProps) {
    super(scope, composed(id));
    refuseUnknownProps(this, props, ['serverIp', 'extensions', 'phone', 'exceptions'], 'a PhoneRange');
    const { serverIp, extensions, phone, exceptions: changed } = props;
    const all = expandAll(composed(extensions), this.node.path);
    const exceptions = composed(changed ?? {});
    const unknown = Object.keys(exceptions).find((extension) => !all.includes(extension));
    if (unknown !== undefined)
      throw new Error(
        `${this.node.path}: the exception ${unknown} is none of the extensions. Remove it, or correct it.`,
      );
    const entries = all.flatMap((extension, position) => {
      const exception = exceptions[extension];
      if (exception === 'without') return [];
      const filled = fillProps(mergeProps<RangeValues>(phone, exception ?? {}), {
        extension,
        index: String(position + 1),
      });
      return [
        [extension, new Phone(this, childId(extension), withKey(this, filled, { serverIp, extension }))] as const,
      ];
    });
    this.phones = Object.fromEntries(entries);
  }
}

function expandAll(extensions: string | readonly string[], path: string): string[] {
  return [extensions].flat().flatMap((range) => {
    const expanded = expandRange(range);
    if (expanded.problem !== undefined) throw new Error(`${path}: ${expanded.problem}.`);
    return expanded.extensions;
  });
}
