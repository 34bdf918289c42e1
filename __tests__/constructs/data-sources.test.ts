import { TerraformOutput, TerraformVariable } from 'cdktf';
import { DataVicidialPhone, DataVicidialPhones, DataVicidialServers, DataVicidialSystem, Phone } from '../../src';
import { synth } from './synthesis';

/** The outputs and data blocks of a stack, which the type of the synthesised stack does not list. */
function build(make: Parameters<typeof synth>[0]) {
  return synth(make) as unknown as {
    readonly data?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
    readonly resource?: unknown;
  };
}

test('arguments are written by the names of Terraform, and only those that are set', () => {
  const { data } = build((stack, provider) => {
    new DataVicidialPhone(stack, 'desk', { serverIp: '10.0.0.11', extension: '55000', includeSecrets: true });
    new DataVicidialPhones(stack, 'some', { extensionPattern: '55*', protocol: undefined, provider });
    new DataVicidialServers(stack, 'servers');
  });
  expect(data).toEqual({
    vicidial_phone: { desk: { server_ip: '10.0.0.11', extension: '55000', include_secrets: true } },
    vicidial_phones: { some: { extension_pattern: '55*', provider: 'vicidial' } },
    vicidial_servers: { servers: {} },
  });
});

test('attributes are references of their type', () => {
  const { output, resource } = build((stack) => {
    const desk = new DataVicidialPhone(stack, 'desk', { serverIp: '10.0.0.11', extension: '55000' });
    const system = new DataVicidialSystem(stack, 'system');
    new Phone(stack, 'copy', { serverIp: desk.serverIp, extension: '2', phoneRingTimeout: desk.phoneRingTimeout });
    new TerraformOutput(stack, 'lacks', { value: system.lacks });
    new TerraformOutput(stack, 'may', { value: system.mayDelete });
  });
  expect(output).toEqual({
    lacks: { value: '${data.vicidial_system.system.lacks}' },
    may: { value: '${data.vicidial_system.system.may_delete}' },
  });
  expect(resource).toMatchObject({
    vicidial_phone: {
      copy: {
        server_ip: '${data.vicidial_phone.desk.server_ip}',
        phone_ring_timeout: '${data.vicidial_phone.desk.phone_ring_timeout}',
      },
    },
  });
});

test('an object of a map is found by its key, which may be a token', () => {
  const { output } = build((stack) => {
    const { phones } = new DataVicidialPhones(stack, 'all');
    const id = new TerraformVariable(stack, 'id', { type: 'string' });
    new TerraformOutput(stack, 'one', { value: phones.get('10.0.0.11/55000').phoneLogin });
    new TerraformOutput(stack, 'two', { value: phones.get(id.stringValue).phoneLogin });
    new TerraformOutput(stack, 'map', { value: phones });
  });
  expect(output).toEqual({
    one: { value: '${data.vicidial_phones.all.phones["10.0.0.11/55000"].phone_login}' },
    two: { value: '${data.vicidial_phones.all.phones[var.id].phone_login}' },
    map: { value: '${data.vicidial_phones.all.phones}' },
  });
});
