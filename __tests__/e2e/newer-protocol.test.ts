/** What newer engines have: functions (1.8), identities (1.12), lists and actions (Terraform 1.14). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isEngineFrom } from '../../testing/engine';
import { phone, useTestbed } from './harness';

jest.setTimeout(300_000);

const testbed = useTestbed();

const withFunctions = isEngineFrom({ terraform: 8, openTofu: 7 }) ? test : test.skip;

withFunctions('functions give the id of a phone and read it, and refuse what is none', async () => {
  const { workspace } = testbed;
  workspace.configure({
    resource: { vicidial_phone: { desk: phone('55000') } },
    output: {
      is_id: { value: '${provider::vicidial::phone_id("10.0.0.11", "55000") == vicidial_phone.desk.id}' },
      extension: { value: '${provider::vicidial::parse_phone_id("10.0.0.11/55001").extension}' },
    },
  });
  const { output } = await workspace.expectApply();
  expect(output).toMatch(/extension = "55001"/u);
  expect(output).toMatch(/is_id\s+= true/u);
  workspace.configure({ output: { key: { value: '${provider::vicidial::parse_phone_id("55000")}' } } });
  const refused = await workspace.plan();
  expect(refused.code).toBe(1);
  expect(refused.output).toContain('Code: import-id');
});

const withQuery = isEngineFrom({ terraform: 14 }) ? test : test.skip;

withQuery('phones are listed, imported by identity and moved, and a changed phone refreshes the servers', async () => {
  const { workspace, emulator } = testbed;
  workspace.write('actions.tf', 'action "vicidial_server_refresh" "all" {}');
  const refresh = { events: ['after_create', 'after_update'], actions: ['action.vicidial_server_refresh.all'] };
  const desk = phone('55000', { lifecycle: { action_trigger: [refresh] } });
  testbed.declare({ desk });
  const created = await workspace.expectApply();
  expect(created.output).toContain('SERVER REFRESH HAS BEEN TRIGGERED');
  expect(emulator.store.rebuilding.size).toBe(2);

  const config = 'config {\n    extension_pattern = "55*"\n  }';
  workspace.write('find.tfquery.hcl', `list "vicidial_phone" "all" {\n  provider = vicidial\n  ${config}\n}\n`);
  const found = await workspace.expectSuccess(['query', '-no-color', '-generate-config-out=found.txt']);
  expect(found.output).toContain('10.0.0.11/55000 (Desk 55000)');
  expect(readFileSync(join(workspace.folder, 'found.txt'), 'utf8')).toMatch(/identity = \{\s+extension = "55000"/u);

  const identity = { server_ip: '10.0.0.11', extension: '55000' };
  await workspace.forget('vicidial_phone.desk');
  workspace.configure({
    resource: { vicidial_phone: { other: phone('55000') } },
    import: [{ to: 'vicidial_phone.other', identity }],
  });
  expect((await workspace.expectApply()).output).toContain('1 imported, 0 added');
  workspace.configure({
    resource: { vicidial_phone: { moved: phone('55000') } },
    moved: [{ from: 'vicidial_phone.other', to: 'vicidial_phone.moved' }],
  });
  await workspace.expectApply();
  const state = JSON.parse(readFileSync(join(workspace.folder, 'terraform.tfstate'), 'utf8')) as {
    readonly resources: readonly {
      readonly name: string;
      readonly instances: readonly { readonly identity: object }[];
    }[];
  };
  expect(state.resources).toMatchObject([{ name: 'moved', instances: [{ identity }] }]);
});
