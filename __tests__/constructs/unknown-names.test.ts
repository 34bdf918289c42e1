import type { TerraformStack } from 'cdktf';
import {
  DataVicidialPhones,
  Phone,
  PhoneAlias,
  PhoneGroup,
  PhoneRange,
  Seat,
  VicidialProvider,
  type PhoneProps,
} from '../../src';
import { synth } from './synthesis';

const key = { serverIp: '10.0.0.11', extension: '55000' };
/** As the rows of a file, or a program without types, have it. */
const untyped = (props: object) => props as never;

describe('a prop that does not exist is an error with the path and the nearest name', () => {
  const rows: readonly [string, string, (stack: TerraformStack) => unknown][] = [
    [
      'a name of the API',
      '[test/desk] phone_ring_timeout is not a prop of a phone. Did you mean phoneRingTimeout?',
      (stack) => new Phone(stack, 'desk', untyped({ ...key, phone_ring_timeout: 45 })),
    ],
    [
      'a misspelt name',
      '[test/desk] phoneFullname is not a prop of a phone. Did you mean phoneFullName?',
      (stack) => new Phone(stack, 'desk', untyped({ ...key, phoneFullname: 'Desk' })),
    ],
    [
      'a name that is like none',
      '[test/desk] comment is not a prop of a phone. Remove it, or correct its name.',
      (stack) => new Phone(stack, 'desk', untyped({ ...key, comment: 'x' })),
    ],
    [
      'one of an alias',
      '[test/desks] phoneLogin is not a prop of a phone alias. Did you mean phoneLogins?',
      (stack) => new PhoneAlias(stack, 'desks', untyped({ aliasId: 'desks', phoneLogin: ['55000'] })),
    ],
    [
      'one in the row of a group',
      '[test/sales/55000] dependson is not a prop of a phone. Did you mean dependsOn?',
      (stack) =>
        new PhoneGroup(stack, 'sales', { serverIp: '10.0.0.11', phones: { '55000': untyped({ dependson: [] }) } }),
    ],
    [
      'one of a group',
      '[test/sales] default is not a prop of a PhoneGroup. Did you mean defaults?',
      (stack) => new PhoneGroup(stack, 'sales', untyped({ serverIp: '10.0.0.11', phones: {}, default: {} })),
    ],
    [
      'one of a range',
      '[test/desks] exception is not a prop of a PhoneRange. Did you mean exceptions?',
      (stack) =>
        new PhoneRange(
          stack,
          'desks',
          untyped({ serverIp: '10.0.0.11', extensions: '55000', phone: {}, exception: {} }),
        ),
    ],
    [
      'one of the server of a seat',
      '[test/seat] sufix is not a prop of the server east of a Seat. Did you mean suffix?',
      (stack) =>
        new Seat(stack, 'seat', {
          extension: '2000',
          servers: { east: untyped({ serverIp: '10.0.0.11', suffix: 'a', sufix: 'b' }) },
          phone: {},
        }),
    ],
    [
      'one of the provider',
      '[test/west] admin_url is not a prop of a VicidialProvider. Did you mean adminUrl?',
      (stack) => new VicidialProvider(stack, 'west', untyped({ alias: 'west', admin_url: 'https://west.example/' })),
    ],
    [
      'one of a data source',
      '[test/some] serverIP is not a prop of the data source vicidial_phones. Did you mean serverIp?',
      (stack) => new DataVicidialPhones(stack, 'some', untyped({ serverIP: '10.0.0.11' })),
    ],
    [
      'an argument of an override',
      '[test/desk] phone_rng_timeout is not an argument of vicidial_phone. Did you mean phone_ring_timeout?',
      (stack) => new Phone(stack, 'desk', key).addOverride('phone_rng_timeout', 5),
    ],
  ];

  test.each(rows)('%s', (_what, message, build) => {
    expect(() => synth(build)).toThrow(message);
  });

  test('and one that is undefined is none', () => {
    expect(() => synth((stack) => new Phone(stack, 'desk', untyped({ ...key, comment: undefined })))).not.toThrow();
  });
});

test('a row of a group that has another key than its group is an error', () => {
  const build = (row: Partial<PhoneProps>) => () =>
    synth((stack) => new PhoneGroup(stack, 'sales', { serverIp: '10.0.0.11', phones: { '55000': untyped(row) } }));
  expect(build({ serverIp: '10.0.0.12' })).toThrow(
    '[test/sales] The phone 55000 has the serverIp 10.0.0.12, and the construct sets 10.0.0.11.',
  );
  expect(build(key)).not.toThrow();
});
