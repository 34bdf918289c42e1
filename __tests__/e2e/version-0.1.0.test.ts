import { buildFormerVersion, formerVersionMissing } from '../../testing/former-bundle';
import { providerFile } from '../../testing/provider-file';
import { useTemporaryFolder } from '../temporary-folder';
import { phone, useTestbed } from './harness';

jest.setTimeout(300_000);

const withFormerVersion = formerVersionMissing === undefined ? describe : describe.skip;

withFormerVersion(`version 0.1.0${formerVersionMissing === undefined ? '' : `: ${formerVersionMissing}`}`, () => {
  const testbed = useTestbed();
  const temporary = useTemporaryFolder('file');
  let former = '';

  beforeAll(() => {
    former = buildFormerVersion(temporary.path);
  });

  beforeEach(() => {
    testbed.declare(
      {
        desk: phone('55000', { email: 'desk@example.com', phone_ring_timeout: 45, template_id: 'SIP_generic' }),
        plain: phone('55001'),
        clear: phone('55002', { email: '' }),
      },
      {
        desks: {
          alias_id: 'desks',
          alias_name: 'Desks',
          phone_logins: ['desk', 'plain'].map((name) => `\${vicidial_phone.${name}.phone_login}`),
        },
      },
    );
  });

  test.each(['auto', 'api'])('what it applied plans no change, with read_from = "%s"', async (from) => {
    const { workspace } = testbed;
    workspace.useBundle(former);
    await workspace.expectApply();
    testbed.writes();
    workspace.useBundle(providerFile);
    for (const flags of [[], ['-refresh=false']]) {
      const { code, output } = await workspace.plan(flags, { VICIDIAL_READ_FROM: from });
      expect([code, output]).toEqual([0, expect.stringContaining('No changes.')]);
    }
    expect(testbed.writes()).toEqual([]);
  });

  test('it accepts the state that is written now, plans only null for what is unset, and sends nothing', async () => {
    const { workspace } = testbed;
    await workspace.expectApply();
    const written = workspace.state();
    expect(written['vicidial_phone.plain']).toMatchObject({ phone_ring_timeout: 60, phone_context: 'default' });
    testbed.writes();

    workspace.useBundle(former);
    expect((await workspace.plan()).code).toBe(2);
    const changes = await workspace.changes();
    expect(changes.map(({ address, actions }) => [address, actions])).toEqual(
      ['clear', 'desk', 'plain'].map((name) => [`vicidial_phone.${name}`, ['update']]),
    );
    for (const { before, after, unknown } of changes) {
      const changed = Object.entries(before ?? {}).filter(([name, value]) => value !== after?.[name]);
      expect(changed.length).toBeGreaterThan(0);
      expect(changed.filter(([name]) => after?.[name] !== null)).toEqual([]);
      expect(Object.values(unknown).filter((value) => value === true)).toEqual([]);
    }
    await workspace.expectApply();
    expect(testbed.writes()).toEqual([]);
    expect((await workspace.plan()).code).toBe(0);

    workspace.useBundle(providerFile);
    expect((await workspace.plan()).code).toBe(0);
    await workspace.expectApply();
    expect(testbed.writes()).toEqual([]);
    expect(workspace.state()).toEqual(written);
  });
});
