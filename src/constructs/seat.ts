import { Construct } from 'constructs';
import { composed } from '../model/composed-letters';
import { childId } from './child-id';
import { Phone, type PhoneProps } from './phone';
import { PhoneAlias, type PhoneAliasProps } from './phone-alias';
import { fillProps } from './prop-templates';
import { refuseUnknownProps } from './unknown-names';
import { mergeProps, type Overrides } from './unmanaged';
import { withKey } from './with-key';

/** What the phones of a seat may set, all but their key. */
type SeatPhoneProps = Omit<PhoneProps, 'serverIp' | 'extension'>;

/** A server that a seat has a phone on. */
export interface SeatServer {
  readonly serverIp: string;
  /** What the phone login on this server has after the extension. It belongs to the server, not to its position. */
  readonly suffix: string;
  /** What the phone on this server has instead: a value, or `Unmanaged`. */
  readonly phone?: Overrides<SeatPhoneProps>;
}

/**
 * Props of a seat.
 *
 * @example
 * const props: SeatProps = {
 *   extension: '2000',
 *   servers: { east: { serverIp: '10.0.0.11', suffix: 'a' }, west: { serverIp: '10.0.0.12', suffix: 'b' } },
 *   phone: { phoneFullName: 'Seat {extension}', protocol: 'SIP' },
 * };
 */
export interface SeatProps {
  readonly extension: string;
  /** The servers, by names that become construct ids. */
  readonly servers: Readonly<Record<string, SeatServer>>;
  /**
   * Props of each phone, with `{extension}`, `{server}` and `{suffix}` in strings. `phoneLogin` is `{extension}{suffix}`
   * where it is not set.
   */
  readonly phone: Overrides<SeatPhoneProps>;
  /** What the phone alias has: by default the extension as `aliasId`, and `Seat {extension}` as `aliasName`. */
  readonly alias?: Partial<Omit<PhoneAliasProps, 'phoneLogins'>>;
}

/**
 * A seat: one extension on several servers, with a phone login for each, and a phone alias over them. An agent who logs
 * in with the alias gets the least busy server.
 *
 * @example
 * const servers = { east: { serverIp: '10.0.0.11', suffix: 'a' }, west: { serverIp: '10.0.0.12', suffix: 'b' } };
 * for (const extension of ['2000', '2001'])
 *   new Seat(stack, `seat-${extension}`, { extension, servers, phone: { protocol: 'SIP', localGmt: '-5.00' } });
 */
export class Seat extends Construct {
  /** The phones, by the name of their server. */
  readonly phones: Readonly<Record<string, Phone>>;
  /** The phone alias over all phones. */
  readonly alias: PhoneAlias;

  constructor(scope: Construct, id: string, props: SeatProps) {
    super(scope, composed(id));
    refuseUnknownProps(this, props, ['extension', 'servers', 'phone', 'alias'], 'a Seat');
    const { extension, servers, phone, alias } = composed(props);
    const entries = Object.entries(servers).map(([server, given]) => {
      refuseUnknownProps(this, given, ['serverIp', 'suffix', 'phone'], `the server ${server} of a Seat`);
      const { serverIp, suffix, phone: own } = given;
      const merged = mergeProps<SeatPhoneProps>({ phoneLogin: '{extension}{suffix}' }, phone, own ?? {});
      const filled = fillProps(merged, { extension, server, suffix });
      return [server, new Phone(this, childId(server), withKey(this, filled, { serverIp, extension }))] as const;
    });
    this.phones = Object.fromEntries(entries);
    const ids = new Set(entries.map(([server]) => childId(server)));
    this.alias = new PhoneAlias(this, ids.has('alias') ? '.alias' : 'alias', {
      ...fillProps(withDefaults(alias ?? {}), { extension }),
      phoneLogins: Object.values(this.phones).map(({ phoneLogin }) => phoneLogin),
    });
  }
}

function withDefaults({
  aliasId = '{extension}',
  aliasName = 'Seat {extension}',
  ...alias
}: NonNullable<SeatProps['alias']>) {
  return { aliasId, aliasName, ...alias };
}
