import { Seat, Unmanaged, type SeatProps } from '../../src';
import { synth } from './synthesis';

const servers = {
  east: { serverIp: '10.0.0.11', suffix: 'a' },
  west: { serverIp: '10.0.0.12', suffix: 'b' },
};

function seat(props: Partial<SeatProps> = {}) {
  const { resource } = synth((stack) => new Seat(stack, 'seat', { extension: '2000', servers, phone: {}, ...props }));
  return {
    phones: Object.values(resource.vicidial_phone),
    alias: Object.values(resource.vicidial_phone_alias)[0],
  };
}

describe('Seat', () => {
  test('has a phone on each server, with a login by the suffix of the server', () => {
    expect(seat({ phone: { phoneFullName: 'Seat {extension} {server} {suffix}' } }).phones).toEqual([
      { server_ip: '10.0.0.11', extension: '2000', phone_login: '2000a', phone_full_name: 'Seat 2000 east a' },
      { server_ip: '10.0.0.12', extension: '2000', phone_login: '2000b', phone_full_name: 'Seat 2000 west b' },
    ]);
  });

  test('has a phone alias that refers to the logins of its phones, so that they are created first', () => {
    expect(seat().alias).toEqual({
      alias_id: '2000',
      alias_name: 'Seat 2000',
      phone_logins: [
        expect.stringMatching(/^\$\{vicidial_phone\.seat_east_\w+\.phone_login\}$/u),
        expect.stringMatching(/^\$\{vicidial_phone\.seat_west_\w+\.phone_login\}$/u),
      ],
    });
    const alias = { aliasId: 's{extension}', aliasName: undefined, deletionProtection: true };
    expect(seat({ alias }).alias).toMatchObject({
      alias_id: 's2000',
      alias_name: 'Seat 2000',
      deletion_protection: true,
    });
  });

  test('may differ by server: undefined is the value of the seat, Unmanaged is not managed', () => {
    const { phones } = seat({
      phone: { email: 'seat@example.com', protocol: 'SIP' },
      servers: {
        east: { ...servers.east, phone: { email: Unmanaged, protocol: undefined } },
        west: { ...servers.west, phone: { email: '', phoneLogin: 'x{extension}' } },
      },
    });
    expect(phones.map(({ email, protocol, phone_login }) => [email, protocol, phone_login])).toEqual([
      [undefined, 'SIP', '2000a'],
      ['', 'SIP', 'x2000'],
    ]);
  });

  test('gives its phones and its alias, also where a server is called alias', () => {
    synth((stack) => {
      const { phones, alias } = new Seat(stack, 'seat', {
        extension: '2000',
        servers: { alias: servers.east, constructor: servers.west },
        phone: {},
      });
      expect(Object.keys(phones)).toEqual(['alias', 'constructor']);
      expect(alias.aliasId).toMatch(/^\$\{/u);
    });
  });
});
