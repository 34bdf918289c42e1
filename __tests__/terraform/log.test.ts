import { makeLog } from '../../src/terraform/log';

const logged = (environment: NodeJS.ProcessEnv) => {
  const lines: string[] = [];
  const log = makeLog(environment, (line) => lines.push(line));
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

test('a line is one object of texts that terraform can read, with no timestamp that it would reject', () => {
  expect(logged({ TF_LOG: 'warn' })[0]).toEqual({ '@level': 'warn', '@message': 'w', '@module': 'phonestate', attempt: 2 });
});

test('a line stays below the length at which terraform cuts it', () => {
  const lines: string[] = [];
  makeLog({ TF_LOG: 'trace' }, (line) => lines.push(line)).trace('x'.repeat(200_000));
  expect(lines[0]?.length).toBeLessThan(64 * 1024);
});
