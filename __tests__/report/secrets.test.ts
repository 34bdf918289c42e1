/** Which texts are masked. */
import { parsePlan } from '../../src/report/plan-file';
import { Secrets } from '../../src/report/secrets';
import { resourceChange, samplePlan, storedPhone } from '../../testing/sample-plan';

function secretsOf(...passwords: readonly string[]): Secrets {
  const changes = passwords.map((password, index) =>
    resourceChange(`vicidial_phone.a${index}`, ['create'], null, storedPhone(`1${index}`, { phone_pass: password })),
  );
  return new Secrets([parsePlan(samplePlan(changes), 'plan.json')]);
}

test.each([
  ['the value itself', 'hunter22', 'hunter22', '(sensitive value)'],
  ['within a text', 'hunter22', 'Desk hunter22, floor 1', 'Desk (sensitive value), floor 1'],
  ['several times', 'hunter22', 'hunter22hunter22', '(sensitive value)(sensitive value)'],
  ['in an URL', 'a b&c', 'https://x/?pass=a%20b%26c', 'https://x/?pass=(sensitive value)'],
  ['quoted in JSON', 'a"b\\c', '{"pass":"a\\"b\\\\c"}', '{"pass":"(sensitive value)"}'],
  ['a short one that is the whole value', 'abc', 'abc', '(sensitive value)'],
  ['a short one within a text is part of words', 'abc', 'abcdef', 'abcdef'],
  ['with a lone surrogate', 'a\uD800bcd', 'x a\uD800bcd', 'x (sensitive value)'],
])('%s', (_name, password, text, masked) => {
  expect(secretsOf(password).mask(text)).toBe(masked);
});

test('of secrets that overlap the longest is masked', () => {
  expect(secretsOf('agent', 'agent55000').mask('agent55000 agent1')).toBe('(sensitive value) (sensitive value)1');
});

test('lists and numbers are masked before they are quoted', () => {
  expect(secretsOf('a"b\\c', '1234').show(['a"b\\c', 1234, { x: 'ok' }])).toBe(
    '["(sensitive value)","(sensitive value)",{"x":"ok"}]',
  );
});

test('sensitive variables are secrets, others are not', () => {
  const plan = samplePlan([], {
    variables: {
      password: { value: 'hunter22' },
      headers: { value: { token: 'tok-12345' } },
      region: { value: 'europe' },
    },
    configuration: {
      root_module: { variables: { password: { sensitive: true }, headers: { sensitive: true }, region: {} } },
    },
  });
  expect(new Secrets([parsePlan(plan, 'plan.json')]).mask('hunter22 tok-12345 europe')).toBe(
    '(sensitive value) (sensitive value) europe',
  );
});

test('passwords before a change are secrets too, and those of drift and of deferred changes', () => {
  const phone = (password: string) => storedPhone('55000', { phone_pass: password });
  const plan = samplePlan([resourceChange('vicidial_phone.a', ['delete'], phone('pass-before'), null)], {
    resource_drift: [resourceChange('vicidial_phone.b', ['update'], phone('pass-drift'), phone('pass-found'))],
    deferred_changes: [
      { reason: 'x', resource_change: resourceChange('vicidial_phone.c', ['create'], null, phone('pass-later')) },
    ],
  });
  const masked = new Secrets([parsePlan(plan, 'plan.json')]).mask('pass-before pass-drift pass-found pass-later');
  expect(masked).toBe(Array(4).fill('(sensitive value)').join(' '));
});
