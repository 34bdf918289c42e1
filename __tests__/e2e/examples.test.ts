/** The examples of resources and data sources, as the pages of the Registry show them: all together on one system. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { phone, secrets, useTestbed } from './harness';

jest.setTimeout(120_000);

const examples = join(__dirname, '../../examples');
const testbed = useTestbed();
const variables = { TF_VAR_phone_pass: secrets.agent, TF_VAR_registration_password: secrets.device };

/** Writes the examples with a name into the workspace; returns the types that have one. */
function writeExamples(folder: string, name: string): string[] {
  const types = readdirSync(join(examples, folder));
  for (const type of types)
    testbed.workspace.write(`${folder}-${type}-${name}`, readFileSync(join(examples, folder, type, name), 'utf8'));
  return types;
}

beforeEach(() => {
  for (const extension of ['55000', '55001', '55002'])
    testbed.emulator.store.putPhone({ ...columns(phone(extension)), admin_user_group: 'SALES' });
  testbed.emulator.store.putAlias({ alias_id: 'desks', alias_name: 'Desks', phone_logins: '55001,55002' });
  writeExamples('resources', 'resource.tf');
});

const columns = (fields: object) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));

test('the data sources are read, and the resources are imported by their blocks', async () => {
  const { workspace } = testbed;
  expect(writeExamples('data-sources', 'data-source.tf')).toHaveLength(8);
  writeExamples('resources', 'import-by-string-id.tf');
  const { output } = await workspace.expectApply([], variables);
  expect(output).toContain('2 imported, 0 added, 2 changed, 0 destroyed');
  expect(output).not.toContain('Check block assertion failed');
  const { stdout } = await workspace.expectSuccess(['output', '-json']);
  expect(JSON.parse(stdout)).toMatchObject({
    sales_logins: { value: { '10.0.0.11/55000': '55000', '10.0.0.11/55001': '55001', '10.0.0.11/55002': '55002' } },
    front_desk_protocol: { value: 'SIP' },
    desks_logins: { value: ['55001', '55002'] },
    empty_aliases: { value: [] },
    template_ids: { value: ['SIP_generic'] },
  });
});

test('the resources are imported by their commands', async () => {
  const { workspace } = testbed;
  for (const type of readdirSync(join(examples, 'resources'))) {
    const script = readFileSync(join(examples, 'resources', type, 'import.sh'), 'utf8');
    const [, command = ''] = /^terraform (.*)$/mu.exec(script) ?? [];
    await workspace.expectSuccess(command.split(' '), variables);
  }
  expect(Object.keys(workspace.state())).toEqual(['vicidial_phone.front_desk', 'vicidial_phone_alias.desks']);
});
