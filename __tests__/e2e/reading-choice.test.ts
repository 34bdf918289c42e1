import type { Workspace } from '../../testing/workspace';
import { phone } from './harness';
import { describeReaders, putByHand, unwrap } from './reading-bed';

jest.setTimeout(300_000);

const byApi = { VICIDIAL_READ_FROM: 'api' };
const automatic = { VICIDIAL_READ_FROM: 'auto', VICIDIAL_DATABASE_URL: '' };
const desk = { desk: phone('55000', { email: 'desk@example.com' }) };
const address = 'vicidial_phone.desk';

/** Applies, which changes nothing, and writes what was read into state. */
async function expectNoChanges(workspace: Workspace, environment: Readonly<Record<string, string>>): Promise<void> {
  expect((await workspace.expectApply([], environment)).output).toContain('No changes.');
}

describeReaders(['database', 'admin'], (testbed, { name: reader }) => {
  test(`plans stay empty from ${reader} to the API and back`, async () => {
    const { workspace } = testbed;
    testbed.declare(desk, {
      desks: { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['${vicidial_phone.desk.phone_login}'] },
    });
    await workspace.expectApply();
    const before = workspace.state();
    expect(before[address]).toMatchObject({ phone_ring_timeout: 60, admin_user_group: '---ALL---' });
    for (const environment of [byApi, {}, automatic, byApi]) {
      await expectNoChanges(workspace, environment);
      expect(workspace.state()).toEqual(before);
    }
  });
});

describeReaders(['admin'], (testbed) => {
  /** The API user may not open the admin pages any more, or may again. */
  const closePages = (closed: boolean) => {
    const user = testbed.emulator.store.users.get('planner');
    if (user) user.api_only_user = closed;
  };

  test('where only the API is used, arguments that are not set are null from the plan on', async () => {
    const { workspace, emulator } = testbed;
    testbed.declare(desk);
    const plan = await workspace.plan([], byApi);
    expect(plan.output).not.toMatch(/(?:template_id|phone_ring_timeout) .*known after apply/u);
    const [change] = await workspace.changes();
    expect(change?.unknown).toEqual({});
    expect(change?.after).toMatchObject({ phone_ring_timeout: null, template_id: null });
    await workspace.expectApply(['plan.out'], byApi);
    expect(workspace.state()[address]).toMatchObject({ phone_ring_timeout: null, template_id: null });
    expect((await workspace.plan([], byApi)).code).toBe(0);
    expect(emulator.pages.entries).toEqual([]);
  });

  test('a user who cannot open the admin pages gets one warning, and state keeps what it had', async () => {
    const { workspace } = testbed;
    testbed.declare({ ...desk, lobby: phone('55001'), hall: phone('55002') });
    await workspace.expectApply([], automatic);
    const before = workspace.state();
    expect(before[address]).toMatchObject({ phone_ring_timeout: 60 });

    closePages(true);
    const plan = await workspace.plan([], automatic);
    expect(plan.code).toBe(0);
    expect(plan.output.match(/Code: reading-limited/gu)).toHaveLength(1);
    expect(unwrap(plan.output)).toContain('User planner may not open http://127.0.0.1');
    await workspace.expectApply(['-refresh-only'], automatic);
    expect(workspace.state()).toEqual(before);
    const named = await workspace.plan([], { VICIDIAL_READ_FROM: 'admin' });
    expect(named.code).toBe(1);
    expect(named.output).toContain('Code: admin-pages-unreadable');
    expect((await workspace.plan([], byApi)).output).not.toContain('reading-limited');
  });

  test('what was imported by its key alone is shown once it can be read, and changes nothing', async () => {
    const { workspace } = testbed;
    putByHand(testbed, '55000', { phone_login: '55000', protocol: 'PJSIP', email: 'desk@example.com' });
    workspace.configure({ import: [{ to: address, id: '10.0.0.11/55000' }] });
    closePages(true);
    await workspace.plan(['-generate-config-out=generated.tf'], automatic);
    await workspace.expectApply([], automatic);
    expect(workspace.state()[address]).toMatchObject({ extension: '55000', email: null, protocol: null });
    closePages(false);
    await expectNoChanges(workspace, automatic);
    expect(workspace.state()[address]).toMatchObject({ email: 'desk@example.com', protocol: 'PJSIP' });
    expect((await workspace.plan([], automatic)).code).toBe(0);
    expect(testbed.writes()).toEqual([]);
  });

  test('a plan that was made with the admin pages is applied where they cannot be opened', async () => {
    const { workspace, emulator } = testbed;
    testbed.declare(desk);
    await workspace.expectApply([], automatic);
    testbed.declare({ desk: { ...desk.desk, email: 'other@example.com' }, lobby: phone('55001') });
    await workspace.plan([], automatic);
    const lobby = (await workspace.changes()).find((each) => each.address === 'vicidial_phone.lobby');
    expect(lobby?.unknown).toMatchObject({ phone_ring_timeout: true });

    closePages(true);
    const apply = await workspace.expectSuccess(['apply', '-input=false', '-no-color', 'plan.out'], automatic);
    expect(apply.output).toContain('Resources: 1 added, 1 changed, 0 destroyed.');
    const state = workspace.state();
    expect(state['vicidial_phone.lobby']).toMatchObject({ phone_ring_timeout: null, phone_login: '55001' });
    expect(state[address]).toMatchObject({ phone_ring_timeout: 60, email: 'other@example.com' });
    expect(emulator.store.phone('10.0.0.11', '55000')).toMatchObject({ email: 'other@example.com' });
    expect((await workspace.plan([], automatic)).code).toBe(0);

    closePages(false);
    await expectNoChanges(workspace, automatic);
    expect(workspace.state()['vicidial_phone.lobby']).toMatchObject({ phone_ring_timeout: 60 });
  });

  test('with the admin pages named, such an apply fails before its first write', async () => {
    const { workspace } = testbed;
    testbed.declare(desk);
    await workspace.plan();
    closePages(true);
    const apply = await workspace.run(['apply', '-input=false', '-no-color', 'plan.out']);
    expect(apply.code).toBe(1);
    expect(apply.output).toContain('Code: admin-pages-unreadable');
    expect(testbed.writes()).toEqual([]);
  });
});
