/** The guide on reading: what it promises of imports and of plans without a password holds. */
import { codeBlocks } from '../../testing/documents';
import { isEngineFrom } from '../../testing/engine';
import { MariaDb, mariaDbMissing } from '../../testing/mariadb';
import { phone, secrets, system, useTestbed } from './harness';

jest.setTimeout(300_000);

const blocks = codeBlocks('docs/guides/reading.md').map(({ text }) => text);
const importBlock = blocks.find((block) => block.startsWith('import {')) ?? '';
const ephemeralBlock = blocks.find((block) => block.includes('ephemeral')) ?? '';

/** Whether the engine has ephemeral variables. */
const hasEphemeral = isEngineFrom({ terraform: 10, openTofu: 11 });

const applyPlan = ['apply', '-input=false', '-no-color', 'plan.out'];

test('the guide has the blocks that are tested here', () => {
  expect([importBlock, ephemeralBlock]).not.toContain('');
});

const testbed = useTestbed();

test('an import writes a configuration that plans nothing, and names what the API could not write', async () => {
  const { workspace, emulator } = testbed;
  emulator.store.putPhone({
    ...{ server_ip: '10.0.0.11', extension: '55000', phone_login: '55000', phone_full_name: 'Front desk' },
    ...{ dialplan_number: '55000', voicemail_id: '55000', protocol: 'PJSIP', outbound_cid: '911', local_gmt: '-5' },
    ...{ phone_pass: secrets.agent, registration_password: secrets.device, email: 'desk+vm@example.com' },
  });
  workspace.write('main.tf', importBlock);
  const run = await workspace.plan(['-generate-config-out=generated.tf']);
  expect(run.output).toContain('1 to import, 0 to add, 0 to change, 0 to destroy');
  expect(run.output.replace(/\s+/gu, ' ')).toContain(
    'email "desk+vm@example.com", protocol "PJSIP", outbound_cid "911", which the API could not write',
  );
  await workspace.expectApply();
  expect((await workspace.plan()).code).toBe(0);
  expect(testbed.writes()).toEqual([]);
  expect(workspace.state()['vicidial_phone.front_desk']).toMatchObject({
    phone_pass: null,
    phone_full_name: 'Front desk',
  });
});

(mariaDbMissing === undefined && hasEphemeral ? describe : describe.skip)(
  `a plan without a password${mariaDbMissing === undefined ? '' : ` (${mariaDbMissing})`}`,
  () => {
    let database: MariaDb;

    beforeAll(async () => {
      database = await MariaDb.start();
    });
    afterAll(() => database.stop());

    test.each([
      ['an ephemeral variable', ephemeralBlock, { TF_VAR_vicidial_password: secrets.api }],
      ['VICIDIAL_PASSWORD', '', { VICIDIAL_PASSWORD: secrets.api }],
    ])('asks nothing of the API, and is applied with %s', async (_name, block, password) => {
      const { workspace, emulator } = testbed;
      await database.sync(emulator.store, system);
      const environment = {
        VICIDIAL_PASSWORD: '',
        TF_VAR_vicidial_password: '',
        VICIDIAL_DATABASE_URL: database.url(),
      };
      workspace.write('main.tf', block);
      workspace.configure({ resource: { vicidial_phone: { desk: phone('55000') } } });
      expect((await workspace.plan([], environment)).code).toBe(2);
      expect(emulator.journal.entries).toEqual([]);

      const refused = await workspace.run(applyPlan, environment);
      expect(refused.code).toBe(1);
      expect(refused.output).toContain('password is not set');
      expect(emulator.journal.writes).toEqual([]);

      // The apply that failed has written the state.
      await workspace.plan([], environment);
      await workspace.expectSuccess(applyPlan, { ...environment, ...password });
      expect(emulator.store.phone('10.0.0.11', '55000')).toMatchObject({ phone_pass: secrets.agent });
    });
  },
);
