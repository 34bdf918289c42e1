import { refusedTogether } from './identity-cases';

jest.setTimeout(300_000);

const other = { server_ip: '10.0.0.12' };

/* Rows 5, 10 and 19. Objects in conflict over a key are not reported again over a login. */
describe('two phones of a plan with one key or login', () => {
  refusedTogether({
    'keys swapped': (_, own) => ({
      state: { 'vicidial_phone.swap_a': own(1), 'vicidial_phone.swap_b': own(2) },
      declared: { 'vicidial_phone.swap_a': own(2), 'vicidial_phone.swap_b': own(1) },
      codes: ['phone-exists'],
    }),
    'keys swapped, each with the login it had': (number, own) => ({
      state: { 'vicidial_phone.swap_c': own(1), 'vicidial_phone.swap_d': own(2) },
      declared: {
        'vicidial_phone.swap_c': own(1, { extension: number(2) }),
        'vicidial_phone.swap_d': own(2, { extension: number(1) }),
      },
      codes: ['phone-exists'],
    }),
    'the key of a phone that gets another one': (number, own) => ({
      state: { 'vicidial_phone.leaves': own(1) },
      declared: { 'vicidial_phone.leaves': own(2), 'vicidial_phone.takes': own(1, { phone_login: number(3) }) },
      codes: ['phone-exists'],
    }),
    'the key of a phone that does not change': (number, own) => ({
      state: { 'vicidial_phone.same': own(1) },
      declared: { 'vicidial_phone.same': own(1), 'vicidial_phone.wants': own(1, { phone_login: number(3) }) },
      codes: ['phone-exists'],
    }),
    'two new phones with one key': (number, own) => ({
      declared: { 'vicidial_phone.new_a': own(1), 'vicidial_phone.new_b': own(1, { phone_login: number(2) }) },
      codes: ['duplicate-in-plan'],
    }),
    'two new aliases with one id': (number, own) => {
      const alias = { alias_id: number(5), alias_name: 'Desks', phone_logins: [number(1)] };
      return {
        state: { 'vicidial_phone.listed': own(1) },
        declared: {
          'vicidial_phone.listed': own(1),
          'vicidial_phone_alias.new_a': alias,
          'vicidial_phone_alias.new_b': alias,
        },
        codes: ['duplicate-in-plan'],
      };
    },
    'two new phones with one login': (number, own) => ({
      declared: { 'vicidial_phone.new_c': own(1), 'vicidial_phone.new_d': own(2, { phone_login: number(1) }) },
      codes: ['duplicate-in-plan'],
    }),
    'the login of a phone that is deleted, for a new one': (number, own) => ({
      state: { 'vicidial_phone.deleted_a': own(1) },
      declared: { 'vicidial_phone.heir_a': own(2, { phone_login: number(1) }) },
      codes: ['login-taken'],
    }),
    'the login of a phone that is deleted, for another in state': (number, own) => ({
      state: { 'vicidial_phone.deleted_b': own(1), 'vicidial_phone.heir_b': own(2) },
      declared: { 'vicidial_phone.heir_b': own(2, { phone_login: number(1) }) },
      codes: ['login-taken'],
    }),
    'the login of a phone that gets another one, for a new one': (number, own) => ({
      state: { 'vicidial_phone.changes_a': own(1) },
      declared: {
        'vicidial_phone.changes_a': own(1, { phone_login: number(3) }),
        'vicidial_phone.heir_c': own(2, { phone_login: number(1) }),
      },
      codes: ['login-taken'],
    }),
    'the login of a phone that gets another one, for another in state': (number, own) => ({
      state: { 'vicidial_phone.changes_b': own(1), 'vicidial_phone.heir_d': own(2) },
      declared: {
        'vicidial_phone.changes_b': own(1, { phone_login: number(3) }),
        'vicidial_phone.heir_d': own(2, { phone_login: number(1) }),
      },
      codes: ['login-taken'],
    }),
    'logins swapped': (number, own) => ({
      state: { 'vicidial_phone.login_a': own(1), 'vicidial_phone.login_b': own(2) },
      declared: {
        'vicidial_phone.login_a': own(1, { phone_login: number(2) }),
        'vicidial_phone.login_b': own(2, { phone_login: number(1) }),
      },
      codes: ['login-taken'],
    }),
    'two updates to one login': (number, own) => ({
      state: { 'vicidial_phone.update_a': own(1), 'vicidial_phone.update_b': own(2) },
      declared: {
        'vicidial_phone.update_a': own(1, { phone_login: number(3) }),
        'vicidial_phone.update_b': own(2, { phone_login: number(3) }),
      },
      codes: ['duplicate-in-plan'],
    }),
    'a new phone and an update to one login': (number, own) => ({
      state: { 'vicidial_phone.update_c': own(1) },
      declared: {
        'vicidial_phone.update_c': own(1, { phone_login: number(3) }),
        'vicidial_phone.create_c': own(2, { phone_login: number(3) }),
      },
      codes: ['duplicate-in-plan'],
    }),
    'a phone moved to another server by hand': (_, own) => ({
      state: { 'vicidial_phone.moved': own(1) },
      missing: ['vicidial_phone.moved'],
      server: [own(1, other)],
      declared: { 'vicidial_phone.moved': own(1) },
      codes: ['login-taken'],
    }),
    'a phone deleted by hand, whose login another has now': (number, own) => ({
      state: { 'vicidial_phone.reused': own(1) },
      missing: ['vicidial_phone.reused'],
      server: [own(2, { phone_login: number(1) })],
      declared: { 'vicidial_phone.reused': own(1) },
      codes: ['login-taken'],
    }),
    'a phone that only the server has': (_, own) => ({
      server: [own(1)],
      declared: { 'vicidial_phone.unknown': own(1) },
      codes: ['phone-exists'],
      texts: [/import/u],
    }),
    'a login that a phone of another server has': (number, own) => ({
      state: { 'vicidial_phone.update_d': own(1) },
      server: [own(2, other)],
      declared: { 'vicidial_phone.update_d': own(1, { phone_login: number(2) }) },
      codes: ['login-taken'],
    }),
    'a tainted phone with another key and the same login': (number, own) => ({
      state: { 'vicidial_phone.tainted': own(1) },
      tainted: ['vicidial_phone.tainted'],
      declared: { 'vicidial_phone.tainted': own(1, { extension: number(2) }) },
      codes: ['login-taken'],
      texts: [/two steps/u],
    }),
    'an unknown key of a phone in state': (number, own) => ({
      state: { 'vicidial_phone.unknown_key': own(1) },
      declared: {
        'terraform_data.source': { input: number(1) },
        'vicidial_phone.unknown_key': own(1, { extension: '${terraform_data.source.output}' }),
      },
      codes: ['key-unknown'],
    }),
  });
});
