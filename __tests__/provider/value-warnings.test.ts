/** Warnings about values in a plan; in process against an emulator. */
import { details, inState, phone, useServer } from './server';

const server = useServer();
const weak = { phone_pass: 'test', registration_password: 'test', email: 'front desk', phone_context: '' };

test('each value of a new phone has its warning, both passwords too', async () => {
  const { errors, warnings, codes } = await (await server.start()).plan('vicidial_phone', phone('55000', weak));
  expect(errors).toEqual([]);
  expect([...codes].sort()).toEqual([
    'email-not-address',
    'password-default',
    'password-default',
    'phone-without-context',
  ]);
  expect(warnings.map(({ path }) => path).filter(Boolean)).toEqual([['phone_context'], ['email']]);
  // Terraform would print the line of a secret.
  expect(warnings.map(({ detail = '' }) => detail).join()).toMatch(/phone_pass is VICIdial's default password\./u);
});

test('an update warns of what it changes, and a phone that does not change of nothing', async () => {
  server.store('55000');
  const walk = await server.start();
  const changed = await walk.plan('vicidial_phone', phone('55000', weak), inState('55000', { ...weak, email: '' }));
  expect(changed.codes).toEqual(['email-not-address']);
  expect((await walk.planNoOp('vicidial_phone', inState('55001', weak))).codes).toEqual([]);
});

test('a value that is refused has its error only', async () => {
  const refused = { phone_pass: 'p', email: "o'neil" };
  const prior = inState('55000');
  server.store('55000');
  const plan = await (await server.start()).plan('vicidial_phone', phone('55000', refused), prior);
  expect(plan.codes).toEqual(['value-email', 'value-length']);
  expect(details(plan)).not.toContain('email-not-address');
});
