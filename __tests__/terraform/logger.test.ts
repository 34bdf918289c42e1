import { createLog } from '../../src/terraform/logger';

const logged = (environment: NodeJS.ProcessEnv) => {
  const lines: string[] = [];
  const log = createLog(environment, (line) => lines.push(line));
  log.trace('t');
  log.debug('d');
  log.warn('w', { attempt: 2 });
  log.error('e');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
};
const levels = (environment: NodeJS.ProcessEnv) => logged(environment).map((entry) => entry['@level']);

test('the level is that of TF_LOG_PROVIDER, then of TF_LOG; without either only errors are written', () => {
  expect(levels({})).toEqual(['error']);
  expect(levels({ TF_LOG: 'WARN' })).toEqual(['warn', 'error']);
  expect(levels({ TF_LOG: 'TRACE', TF_LOG_PROVIDER: 'error' })).toEqual(['error']);
  expect(levels({ TF_LOG: 'JSON' })).toEqual(['trace', 'debug', 'warn', 'error']);
  expect(levels({ TF_LOG: 'off' })).toEqual([]);
});

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/u) as string;

test('a line is one object that terraform can read, with six digits of a second in its time', () => {
  expect(logged({ TF_LOG: 'warn' })[0]).toEqual({
    '@level': 'warn',
    '@message': 'w',
    '@module': 'provider',
    '@timestamp': time,
    attempt: 2,
  });
});

test('a field cannot take the place of what terraform reads, and crash it', () => {
  const lines: string[] = [];
  createLog({}, (line) => lines.push(line)).error('e', { '@timestamp': 5, '@level': 3, own: 'kept' });
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    '@level': 'error',
    '@message': 'e',
    '@module': 'provider',
    '@timestamp': time,
    own: 'kept',
  });
});

test.each([
  ['a long text', 'x', {}],
  ['signs that JSON spells out', '\u0001', { stack: '\u0001'.repeat(200_000) }],
  [
    'many fields',
    '電',
    Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`field${index}`, '電'.repeat(9_000)])),
  ],
])('a line stays below the length at which terraform cuts it: %s', (_what, sign, fields) => {
  const lines: string[] = [];
  createLog({ TF_LOG: 'trace' }, (line) => lines.push(line)).trace(sign.repeat(200_000), fields);
  expect(Buffer.byteLength(lines[0] ?? '')).toBeLessThan(64 * 1024);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ '@message': expect.stringContaining(sign) as string });
});
