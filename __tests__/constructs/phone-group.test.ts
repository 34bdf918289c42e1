import { Phone, PhoneGroup } from '../../src';
import { synth } from './synthesis';

describe('PhoneGroup', () => {
  test('gives its phones the server and the defaults, which a phone may override', () => {
    const output = synth(
      (stack) =>
        new PhoneGroup(stack, 'sales', {
          serverIp: '10.0.0.11',
          defaults: { protocol: 'SIP', localGmt: '-5.00' },
          phones: { '55000': {}, '55001': { localGmt: '-8.00' } },
        }),
    );
    expect(
      Object.values(output.resource.vicidial_phone).map(({ extension, local_gmt, protocol }) => [
        extension,
        local_gmt,
        protocol,
      ]),
    ).toEqual([
      ['55000', '-5.00', 'SIP'],
      ['55001', '-8.00', 'SIP'],
    ]);
    expect(output.resource.null_resource).toBeUndefined();
    expect(output.provider).not.toHaveProperty('null');
  });

  test('has a resource that depends on all its phones, added on first use', () => {
    const output = synth((stack) => {
      const group = new PhoneGroup(stack, 'sales', { serverIp: '10.0.0.11', phones: { '55000': {}, '55001': {} } });
      new Phone(stack, 'last', { serverIp: '10.0.0.12', extension: '56000', dependsOn: [group.ready] });
      expect(group.ready).toBe(group.ready);
    });
    const [ready] = Object.values(output.resource.null_resource ?? {});
    expect(Object.keys(ready?.triggers as object)).toEqual(['55000', '55001']);
    expect(JSON.stringify(ready?.triggers)).toMatch(/\$\{vicidial_phone\.\w+\.id\}/u);
    expect(output.provider.null).toHaveLength(1);
    expect(output.resource.vicidial_phone.last?.depends_on).toEqual([expect.stringMatching(/^null_resource\./u)]);
  });
});
