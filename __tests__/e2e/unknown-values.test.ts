import { phone, useTestbed } from './harness';

jest.setTimeout(300_000);

const testbed = useTestbed();

test('values unknown until apply pass through plan and apply, the key of a phone among them', async () => {
  const configure = (extension: string) =>
    testbed.workspace.configure({
      resource: {
        terraform_data: { source: { input: { extension, name: 'Named later', timeout: 45 } } },
        vicidial_phone: {
          desk: phone('55000', {
            extension: '${terraform_data.source.output.extension}',
            phone_full_name: '${terraform_data.source.output.name}',
            phone_ring_timeout: '${terraform_data.source.output.timeout}',
          }),
        },
        vicidial_phone_alias: {
          desks: { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['${vicidial_phone.desk.phone_login}'] },
        },
      },
    });
  configure('55000');
  await testbed.workspace.plan();
  const planned = (await testbed.workspace.changes()).find(({ address }) => address === 'vicidial_phone.desk');
  expect(planned?.unknown).toMatchObject({
    extension: true,
    id: true,
    phone_full_name: true,
    phone_ring_timeout: true,
  });
  await testbed.workspace.expectApply();
  expect(testbed.emulator.store.phone('10.0.0.11', '55000')).toMatchObject({
    phone_full_name: 'Named later',
    phone_ring_timeout: '45',
  });
  expect((await testbed.workspace.plan()).code).toBe(0);
});

test('an unknown value that turns out invalid fails before any API call', async () => {
  testbed.workspace.configure({
    resource: {
      terraform_data: { source: { input: 'Käthe' } },
      vicidial_phone: { desk: phone('55000', { phone_full_name: '${terraform_data.source.output}' }) },
    },
  });
  const run = await testbed.workspace.apply();
  expect(run.code).toBe(1);
  expect(run.output).toContain('value-characters');
  expect(testbed.writes()).toEqual([]);
});
