import { App, Testing } from 'cdktf';
import type { DeclaredPhone } from '../../stacks/declared-phone';
import type { Environment } from '../../stacks/environment';
import { PhoneStack } from '../../stacks/phone-stack';

const desk: DeclaredPhone = {
  server_ip: '10.0.0.11',
  extension: '55000',
  values: { phone_login: '55000', phone_pass: { variable: 'phone_pass' } },
};
const second: DeclaredPhone = { ...desk, extension: '55001', values: { ...desk.values, phone_login: '55001' } };
const environment: Environment = {
  url: 'https://vicidial.example.com/vicidial/non_agent_api.php',
  user: { variable: 'api_user' },
  password: { variable: 'api_password' },
  phones: [desk, second],
  aliases: [{ alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55001', '55000'] }],
};

interface Synthesised {
  readonly provider: unknown;
  readonly variable: unknown;
  readonly resource: {
    readonly vicidial_phone: Record<string, unknown>;
    readonly vicidial_phone_alias: Record<string, unknown>;
  };
}

function synth(changes: Partial<Environment> = {}): Synthesised {
  const stack = new PhoneStack(new App({ outdir: '/nowhere' }), 'lab', { ...environment, ...changes });
  // Under the key // CDKTF writes the path of each construct.
  return JSON.parse(Testing.synth(stack, true), (key, value: unknown) =>
    key === '//' ? undefined : value,
  ) as Synthesised;
}

describe('the stack of an environment', () => {
  test('has exactly what the file declares', () => {
    const { provider, variable, resource } = synth();
    const sensitive = { type: 'string', sensitive: true, nullable: false };
    expect(provider).toEqual({
      vicidial: [{ url: environment.url, user: '${var.api_user}', password: '${var.api_password}' }],
    });
    expect(variable).toEqual({ api_user: sensitive, api_password: sensitive, phone_pass: sensitive });
    expect(resource.vicidial_phone['phone-10_0_0_11-55000']).toEqual({
      server_ip: '10.0.0.11',
      extension: '55000',
      phone_login: '55000',
      phone_pass: '${var.phone_pass}',
    });
    expect(resource.vicidial_phone_alias['alias-desks']).toEqual({
      alias_id: 'desks',
      alias_name: 'Desks',
      phone_logins: [
        '${vicidial_phone.phone-10_0_0_11-55001.phone_login}',
        '${vicidial_phone.phone-10_0_0_11-55000.phone_login}',
      ],
    });
  });

  test('has the settings of the provider, sensitive ones by their variables, and no password where the file has none', () => {
    const provider = { read_from: 'database', database_url: { variable: 'database_url' }, max_concurrency: 4 };
    const synthesised = synth({ provider: { ...provider, verify_writes: false }, password: undefined });
    expect(synthesised.provider).toEqual({
      vicidial: [
        {
          url: environment.url,
          user: '${var.api_user}',
          read_from: 'database',
          database_url: '${var.database_url}',
          max_concurrency: 4,
          verify_writes: false,
        },
      ],
    });
    expect(synthesised.variable).toMatchObject({ database_url: { sensitive: true } });
  });

  test('renames no phone when another is inserted before it', () => {
    const before = Object.keys(synth().resource.vicidial_phone);
    const inserted: DeclaredPhone = { ...desk, extension: '54999', values: {} };
    expect(Object.keys(synth({ phones: [inserted, desk, second] }).resource.vicidial_phone)).toEqual(
      expect.arrayContaining(before),
    );
  });
});
