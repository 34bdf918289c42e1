import { acceptedTogether, refusedTogether } from './identity-cases';
import { identityTest } from './identity-test';
import { phone } from './harness';

jest.setTimeout(300_000);

const other = { server_ip: '10.0.0.12' };
/** Forgets an object, and deletes nothing. */
const removed = (from: string) => ({ from, lifecycle: { destroy: false } });
const imported = (to: string, extension: string) => ({ to, id: `10.0.0.11/${extension}` });
/** What the message of a phone that is stored twice has to name. */
const waysOut = [/removed/u, /destroy = false/u, /state rm/u];

/* Rows 5 and 6. */
describe('refused', () => {
  refusedTogether({
    'two imports of one phone, its key spelled in two ways': (number, own) => ({
      server: [own(1, { extension: `${number(1)}a` })],
      declared: {
        'vicidial_phone.lower': own(1, { extension: `${number(1)}a` }),
        'vicidial_phone.upper': own(1, { extension: `${number(1)}A` }),
      },
      blocks: {
        import: [imported('vicidial_phone.lower', `${number(1)}a`), imported('vicidial_phone.upper', `${number(1)}A`)],
      },
      codes: ['stored-twice'],
      texts: waysOut,
    }),
    'an import of a phone that another address has': (number, own) => ({
      state: { 'vicidial_phone.has': own(1) },
      declared: { 'vicidial_phone.has': own(1), 'vicidial_phone.imports': own(1) },
      blocks: { import: [imported('vicidial_phone.imports', number(1))] },
      codes: ['stored-twice'],
      texts: waysOut,
    }),
    'an import of a phone whose address is deleted': (number, own) => ({
      state: { 'vicidial_phone.before': own(1) },
      declared: { 'vicidial_phone.after': own(1) },
      blocks: { import: [imported('vicidial_phone.after', number(1))] },
      codes: ['stored-twice'],
      texts: waysOut,
    }),
    'an import of a phone that is also new': (number, own) => ({
      server: [own(1)],
      declared: { 'vicidial_phone.imported': own(1), 'vicidial_phone.new': own(1) },
      blocks: { import: [imported('vicidial_phone.imported', number(1))] },
      codes: ['phone-exists'],
    }),
    'a phone in state twice': (_, own) => ({
      state: { 'vicidial_phone.one': own(1), 'vicidial_phone.two': own(1) },
      declared: { 'vicidial_phone.one': own(1), 'vicidial_phone.two': own(1) },
      codes: ['stored-twice'],
      texts: waysOut,
    }),
    'a phone in state twice, one of them taken out of the configuration': (_, own) => ({
      state: { 'vicidial_phone.stays': own(1), 'vicidial_phone.goes': own(1) },
      declared: { 'vicidial_phone.stays': own(1) },
      codes: ['stored-twice'],
      texts: waysOut,
    }),
    'a phone in state twice, one of them with another key': (_, own) => ({
      state: { 'vicidial_phone.same': own(1), 'vicidial_phone.changed': own(1) },
      declared: { 'vicidial_phone.same': own(1), 'vicidial_phone.changed': own(2) },
      codes: ['stored-twice'],
      texts: waysOut,
    }),
    'two imports with one login': (number, own) => ({
      server: [own(1), own(2)],
      declared: {
        'vicidial_phone.login_a': own(1, { phone_login: number(3) }),
        'vicidial_phone.login_b': own(2, { phone_login: number(3) }),
      },
      blocks: {
        import: [imported('vicidial_phone.login_a', number(1)), imported('vicidial_phone.login_b', number(2))],
      },
      codes: ['duplicate-in-plan'],
    }),
    'an import with the login of a phone in state': (number, own) => ({
      state: { 'vicidial_phone.owner': own(1) },
      server: [own(2)],
      declared: { 'vicidial_phone.owner': own(1), 'vicidial_phone.login_c': own(2, { phone_login: number(1) }) },
      blocks: { import: [imported('vicidial_phone.login_c', number(2))] },
      codes: ['login-taken'],
    }),
    'an import with the login of a phone of another server': (number, own) => ({
      server: [own(1), own(2, other)],
      declared: { 'vicidial_phone.login_d': own(1, { phone_login: number(2) }) },
      blocks: { import: [imported('vicidial_phone.login_d', number(1))] },
      codes: ['login-taken'],
    }),
  });
});

identityTest('two imports with one id are refused, by the engine or by the provider', async (bed) => {
  bed.serve(phone('55000'));
  bed.declare(
    { 'vicidial_phone.a': phone('55000'), 'vicidial_phone.b': phone('55000') },
    { import: [imported('vicidial_phone.a', '55000'), imported('vicidial_phone.b', '55000')] },
  );
  const { code, errors } = await bed.plan();
  expect(code).toBe(1);
  for (const error of errors) expect(error).toMatch(/^stored-twice$|import/u);
});

identityTest('of two addresses of one phone, one is taken out with removed, and the phone stays', async (bed) => {
  bed.prepare({ 'vicidial_phone.a': phone('55000'), 'vicidial_phone.b': phone('55000') });
  bed.declare({ 'vicidial_phone.a': phone('55000') });
  await bed.expectRefusal(['stored-twice']);
  bed.declare({ 'vicidial_phone.a': phone('55000') }, { removed: [removed('vicidial_phone.b')] });
  await bed.expectApply();
  expect(bed.state()).toEqual({ 'vicidial_phone.a': '10.0.0.11/55000' });
  expect(bed.phones()).toEqual({ '10.0.0.11/55000': '55000' });
  await bed.expectNoChanges();
});

identityTest('one instance is forgotten with moved to a name of its own and removed of that', async (bed) => {
  const each = '${each.key}';
  const desks = (keys: readonly string[]) => ({
    ...phone(each),
    phone_full_name: 'Desk',
    for_each: `\${toset(${JSON.stringify(keys)})}`,
  });
  const desk = (extension: string) => phone(extension, { phone_full_name: 'Desk' });
  bed.prepare({ 'vicidial_phone.desk["55000"]': desk('55000'), 'vicidial_phone.desk["55001"]': desk('55001') });
  bed.declare(
    { 'vicidial_phone.desk': desks(['55000']) },
    {
      moved: [{ from: 'vicidial_phone.desk["55001"]', to: 'vicidial_phone.forgotten' }],
      removed: [removed('vicidial_phone.forgotten')],
    },
  );
  await bed.expectApply();
  expect(bed.state()).toEqual({ 'vicidial_phone.desk["55000"]': '10.0.0.11/55000' });
  expect(Object.keys(bed.phones())).toEqual(['10.0.0.11/55000', '10.0.0.11/55001']);
  await bed.expectNoChanges();
});

describe('accepted', () => {
  acceptedTogether({
    'an import with the login that the phone has': (number, own) => ({
      server: [own(1)],
      declared: { 'vicidial_phone.own': own(1) },
      blocks: { import: [imported('vicidial_phone.own', number(1))] },
      after: { 'vicidial_phone.own': number(1) },
      warnings: ['login-owner-unknown'],
    }),
    'an import with a login that is free': (number, own) => ({
      server: [own(1)],
      declared: { 'vicidial_phone.free': own(1, { phone_login: number(2) }) },
      blocks: { import: [imported('vicidial_phone.free', number(1))] },
      after: { 'vicidial_phone.free': number(1) },
      logins: { [number(1)]: number(2) },
    }),
    'an import with another key and the login that the phone has': (number, own) => ({
      server: [own(1)],
      declared: { 'vicidial_phone.rekeyed': own(1, { extension: number(2) }) },
      blocks: { import: [imported('vicidial_phone.rekeyed', number(1))] },
      after: { 'vicidial_phone.rekeyed': number(2) },
      logins: { [number(2)]: number(1) },
      warnings: ['login-owner-unknown'],
    }),
    'import and removed in one plan': (number, own) => ({
      state: { 'vicidial_phone.forgotten': own(1) },
      declared: { 'vicidial_phone.imported': own(1) },
      blocks: {
        removed: [removed('vicidial_phone.forgotten')],
        import: [imported('vicidial_phone.imported', number(1))],
      },
      after: { 'vicidial_phone.imported': number(1) },
      warnings: ['login-owner-unknown'],
    }),
    'one of two addresses of a phone taken out with removed': (number, own) => ({
      state: { 'vicidial_phone.stays': own(1), 'vicidial_phone.goes': own(1) },
      declared: { 'vicidial_phone.stays': own(1) },
      blocks: { removed: [removed('vicidial_phone.goes')] },
      after: { 'vicidial_phone.stays': number(1) },
    }),
  });
});
