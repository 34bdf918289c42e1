import { classifyReply } from '../../../src/vicidial/api/reply-codes';
import { parseReply, parseVersion } from '../../../src/vicidial/api/reply';

test.each([
  [
    'SUCCESS: add_phone PHONE HAS BEEN ADDED - 6666|55000|10.0.0.11|SIP|55000',
    {
      outcome: 'SUCCESS',
      function: 'add_phone',
      message: 'PHONE HAS BEEN ADDED',
      data: ['6666', '55000', '10.0.0.11', 'SIP', '55000'],
    },
  ],
  [
    'ERROR: add_phone PHONE ALREADY EXISTS ON THIS SERVER: |6666|10.0.0.11|55000',
    {
      outcome: 'ERROR',
      function: 'add_phone',
      message: 'PHONE ALREADY EXISTS ON THIS SERVER',
      data: ['6666', '10.0.0.11', '55000'],
    },
  ],
  [
    'ERROR: add_phone PHONE ALREADY EXISTS ON THIS SERVER - 6666|10.0.0.11|55000',
    {
      outcome: 'ERROR',
      function: 'add_phone',
      message: 'PHONE ALREADY EXISTS ON THIS SERVER',
      data: ['6666', '10.0.0.11', '55000'],
    },
  ],
  [
    'ERROR: add_phone TEMPLATE ID DOES NOT EXIST, THIS IS AN OPTIONAL FIELD: |6666|55000|a - b',
    {
      outcome: 'ERROR',
      function: 'add_phone',
      message: 'TEMPLATE ID DOES NOT EXIST, THIS IS AN OPTIONAL FIELD',
      data: ['6666', '55000', 'a - b'],
    },
  ],
  [
    'NOTICE: update_phone NO UPDATES DEFINED: |6666|',
    { outcome: 'NOTICE', function: 'update_phone', message: 'NO UPDATES DEFINED', data: ['6666', ''] },
  ],
  [
    'ERROR: Login incorrect, please try again: |6666|bad|BAD|',
    { outcome: 'ERROR', function: '', message: 'Login incorrect, please try again', data: ['6666', 'bad', 'BAD', ''] },
  ],
  [
    'ERROR: auth USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION: |6666|add_phone|',
    {
      outcome: 'ERROR',
      function: 'auth',
      message: 'USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION',
      data: ['6666', 'add_phone', ''],
    },
  ],
  [
    'ERROR: Invalid Source - x\nERROR: Invalid Source: |x|',
    { outcome: 'ERROR', function: '', message: 'Invalid Source', data: ['x'] },
  ],
  ['ERROR: NO FUNCTION SPECIFIED', { outcome: 'ERROR', function: '', message: 'NO FUNCTION SPECIFIED', data: [] }],
])('%s', (body, reply) => {
  expect(parseReply(`${body}\n`)).toEqual(reply);
});

test.each([
  '',
  '\n',
  '<html>SUCCESS: add_phone PHONE HAS BEEN ADDED - 6666|</html>',
  'SUCCESS: add_phone PHONE HAS BE',
  'SUCCESS',
])('%j is no reply of the API', (body) => {
  expect(parseReply(body)).toBeUndefined();
});

test('the version has a form of its own', () => {
  expect(
    parseVersion(
      'VERSION: 2.14-194|BUILD: 241004-1518|DATE: 2026-11-24 12:00:00|EPOCH: 1|DST: 0|TZ: -5.00|TZNOW: -5.00|',
    ),
  ).toEqual({ version: '2.14-194', build: '241004-1518' });
  expect(parseVersion('ERROR: NO FUNCTION SPECIFIED')).toBeUndefined();
});

const classify = (body: string, request: Parameters<typeof classifyReply>[0] = { function: 'update_phone' }) => {
  const reply = parseReply(body);
  if (!reply) throw new Error(`not a reply: ${body}`);
  return classifyReply(request, reply).code;
};

test('a second factor is distinguished from a wrong password, and an address from both', () => {
  expect(classify('ERROR: Login incorrect, please try again: |6666|2FA|BAD|')).toBe('login-incorrect');
  expect(classify('ERROR: Login incorrect, please try again: |6666|good|2FA|')).toBe('login-second-factor');
  expect(classify('ERROR: Your IP Address is not allowed: 10.1.2.3: |6666|IPBLOCK|')).toBe('login-address');
  expect(classify('ERROR: update_phone SOMETHING NEW: |6666|')).toBe('unrecognized-reply');
});

test('only SUCCESS to this very operation confirms it', () => {
  const [updated, deleted] = ['UPDATED', 'DELETED'].map(
    (done) => `SUCCESS: update_phone PHONE HAS BEEN ${done} - 6666|5|`,
  );
  const [update, remove] = [
    { function: 'update_phone', action: 'update' },
    { function: 'update_phone', action: 'delete' },
  ] as const;
  expect(classify(updated ?? '', update)).toBeUndefined();
  expect(classify(deleted ?? '', remove)).toBeUndefined();
  expect(classify(updated ?? '', remove)).toBe('unrecognized-reply');
  expect(classify(deleted ?? '', update)).toBe('unrecognized-reply');
  expect(classify(updated ?? '')).toBe('unrecognized-reply');
  expect(classify(updated ?? '', { function: 'add_phone', action: 'create' })).toBe('unrecognized-reply');
});
