import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetch } from 'undici';
import { startEmulator } from '../../src/emulator/emulator';
import { callFaultKinds, Faults, faultKinds, seededRandom, type FaultRule } from '../../src/emulator/faults';
import { EmulatorProcess } from '../../testing/emulator-process';
import { useTemporaryFolder } from '../temporary-folder';
import { addPhoneForm as add } from './add-phone-form';

const temporary = useTemporaryFolder();

const call = (fields: Partial<Parameters<Faults['faultFor']>[0]> = {}) => ({
  function: 'add_phone',
  extension: '55000',
  writing: true,
  ...fields,
});

test('a rule applies to the calls that it names, after those that it skips, as often as it says', () => {
  const faults = new Faults({
    rules: [
      { kind: 'busy', function: 'add_phone', skip: 1, times: 2 },
      { kind: 'html', extension: '55009' },
    ],
  });
  expect(faults.faultFor(call({ function: 'update_phone' }))).toBeUndefined();
  expect([1, 2, 3, 4].map(() => faults.faultFor(call())?.kind)).toEqual([undefined, 'busy', 'busy', undefined]);
  expect(faults.faultFor(call({ extension: '55009' }))?.kind).toBe('html');
});

test('random faults are the same for the same seed, and about as many as the rate says', () => {
  const kindsOf = (seed: number) => {
    const faults = new Faults({ random: { seed, rate: 0.2 } });
    return Array.from({ length: 1000 }, () => faults.faultFor(call())?.kind);
  };
  expect(kindsOf(7)).toEqual(kindsOf(7));
  expect(kindsOf(7)).not.toEqual(kindsOf(8));
  const count = kindsOf(7).filter((kind) => kind !== undefined).length;
  expect(count).toBeGreaterThan(150);
  expect(count).toBeLessThan(250);
});

test('random faults are of every kind but the one that never ends', () => {
  const faults = new Faults({ random: { seed: 1, rate: 1 } });
  const kinds = new Set(Array.from({ length: 1000 }, () => faults.faultFor(call())?.kind));
  expect([...kinds].sort()).toEqual([...faultKinds, ...callFaultKinds].filter((kind) => kind !== 'hang').sort());
});

test('random numbers lie between 0 and 1 and do not repeat early', () => {
  const next = seededRandom(1);
  const numbers = Array.from({ length: 1000 }, next);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  expect(new Set(numbers).size).toBe(1000);
});

test('phonestate emulator reads faults from a file', async () => {
  const file = join(temporary.path, 'faults.yaml');
  writeFileSync(file, 'rules:\n  - { kind: busy, seconds: 9, times: 1 }\n');
  const started = await EmulatorProcess.start('--faults', file);
  const url = `${started.url}?function=version`;
  const first = await fetch(url);
  expect([first.status, first.headers.get('retry-after')]).toEqual([503, '9']);
  expect((await fetch(url)).status).toBe(200);
  await started.stop();
});

describe('replies that are odd, as servers give them', () => {
  const success = 'SUCCESS: add_phone PHONE HAS BEEN ADDED - 6666|55000|10.0.0.11|SIP|55000\n';

  test.each<[FaultRule['kind'], number, string | RegExp, number]>([
    ['too-many-connections', 200, 'MySQL connect ERROR:  Too many connections\n', 0],
    ['error-with-reply', 500, success, 1],
    ['php-warnings', 200, /^<br \/>\n<b>Warning<\/b>: .*\nSUCCESS: add_phone PHONE HAS BEEN ADDED .*\n$/su, 1],
  ])('%s: status %i, and the phone is added or not', async (kind, status, text, phones) => {
    const emulator = await startEmulator({ faults: { rules: [{ kind, times: 1 }] } });
    const response = await fetch(emulator.url, { method: 'POST', body: new URLSearchParams(add) });
    expect(response.status).toBe(status);
    expect(await response.text()).toEqual(typeof text === 'string' ? text : expect.stringMatching(text));
    expect(emulator.store.phones).toHaveLength(phones);
    await emulator.close();
  });

  test('are faults of calls, not of pages', () => {
    const pageRule = (kind: FaultRule['kind']) => () => new Faults({ rules: [{ kind, page: true }] });
    for (const kind of ['too-many-connections', 'error-with-reply', 'php-warnings'] as const) {
      expect(pageRule(kind)).toThrow('are for calls');
    }
  });
});
