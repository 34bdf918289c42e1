import type { BuildName } from '../../src/emulator/builds';
import { phone, useTestbed, type Fields } from './harness';
import { expectRefusedPlan } from './refused-plan';

jest.setTimeout(600_000);

// Could run in process, as they test the provider's `Preflight` against the emulator and nothing of the engine.
describe.each<[BuildName, Fields, string, string]>([
  ['180301', { phone_ring_timeout: 45 }, 'field-unknown-to-build', 'came with build 180331'],
  ['180301', { is_webphone: 'Y' }, 'field-unknown-to-build', 'came with build 200622'],
  ['150217', { template_id: '' }, 'field-unknown-to-build', 'came with build 200622'],
  ['200622', { voicemail_id: '55ab' }, 'value-characters', 'would store "55"'],
])('on build %s', (build, fields, code, text) => {
  const testbed = useTestbed({ emulator: { build } });

  test(`${JSON.stringify(fields)} is an error on its attribute`, async () => {
    testbed.declare({ a: phone('55000', fields) });
    await expectRefusedPlan(testbed, code, text);
    testbed.declare({ a: phone('55000') });
    expect((await testbed.workspace.plan()).code).toBe(2);
  });
});

describe('on an old build', () => {
  const testbed = useTestbed({ emulator: { build: '180301' } });

  test('a plan warns about a long password, which its schema may truncate', async () => {
    testbed.declare({ a: phone('55000', { phone_pass: 'elevenchars' }) });
    const { code, output } = await testbed.workspace.plan();
    expect(code).toBe(2);
    expect(output).toContain('password-may-be-truncated');
  });
});
