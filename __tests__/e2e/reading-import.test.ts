import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFullMatrix } from '../../testing/full-matrix';
import { secrets, type Testbed } from './harness';
import { describeReaders, putByHand, unwrap } from './reading-bed';

jest.setTimeout(300_000);

type Columns = Readonly<Record<string, string | null>>;

interface Row {
  readonly columns: Columns;
  /** The fields with values that the API could not write. */
  readonly unmanaged?: readonly string[];
}

const empty = { email: null, outbound_cid: null, outbound_alt_cid: null, voicemail_id: null, phone_full_name: null };
const emptyChoices = {
  active: null,
  is_webphone: null,
  on_hook_agent: null,
  local_gmt: null,
  phone_ring_timeout: null,
};

/** Rows as the admin pages, the bulk insert page and the sample files of VICIdial make them. */
const rows: readonly Row[] = [
  { columns: {} },
  { columns: empty },
  { columns: { ...emptyChoices, phone_context: null, admin_user_group: null, phone_login: null } },
  { columns: { local_gmt: '-5' } },
  { columns: { template_id: '--NONE--' } },
  { columns: { template_id: 'SIP_generic', email: 'desk@example.com', phone_ring_timeout: '45' } },
  { columns: { phone_login: 'repeated' } },
  { columns: { protocol: 'PJSIP' }, unmanaged: ['protocol'] },
  { columns: { outbound_cid: '911' }, unmanaged: ['outbound_cid'] },
  { columns: { email: 'desk+one@example.com' }, unmanaged: ['email'] },
  { columns: { email: "o'neil@example.com" }, unmanaged: ['email'] },
  { columns: { phone_full_name: 'Desk "by the door"' }, unmanaged: ['phone_full_name'] },
  { columns: { phone_full_name: 'A name of more than thirty characters' }, unmanaged: ['phone_full_name'] },
  { columns: { phone_full_name: 'Café' }, unmanaged: ['phone_full_name'] },
  { columns: { phone_full_name: 'Desk ${1} %{2} <b>' }, unmanaged: ['phone_full_name'] },
  {
    columns: { template_id: 'no such one', phone_ring_timeout: '250' },
    unmanaged: ['phone_ring_timeout', 'template_id'],
  },
];

/** Each row three times, so that many objects have what is warned of. */
const count = isFullMatrix ? 150 : 3 * rows.length;
const server = '10.0.0.11';

interface Found extends Row {
  readonly name: string;
  readonly extension: string;
}

function storeRows(testbed: Testbed): Found[] {
  return Array.from({ length: count }, (_, index): Found => {
    const extension = String(55_000 + index);
    const row = rows[index % rows.length] ?? { columns: {} };
    const plain = { phone_login: extension, dialplan_number: extension, voicemail_id: extension, protocol: 'SIP' };
    const passwords = { phone_pass: `canaryPass${index}`, registration_password: `canaryDevice${index}` };
    putByHand(testbed, extension, { ...plain, phone_full_name: `Desk ${extension}`, ...passwords, ...row.columns });
    return { ...row, name: `p${extension}`, extension };
  });
}

describeReaders(['admin', 'database'], (testbed) => {
  test(`${count} phones with awkward rows are imported by a generated configuration, which then changes nothing`, async () => {
    const { workspace } = testbed;
    const found = storeRows(testbed);
    testbed.emulator.store.putAlias({ alias_id: 'desks', alias_name: 'Desks', phone_logins: '55000, 59999' });
    testbed.emulator.store.putAlias({ alias_id: 'quoted', alias_name: 'Desks "east"', phone_logins: '' });
    const phones = found.map(({ name, extension }) => ({ to: `vicidial_phone.${name}`, id: `${server}/${extension}` }));
    const aliases = ['desks', 'quoted'].map((id) => ({ to: `vicidial_phone_alias.${id}`, id }));
    workspace.configure({ import: [...phones, ...aliases] });
    testbed.writes();

    const plan = await workspace.plan(['-generate-config-out=generated.tf']);
    expect(plan.output).toContain(`Plan: ${count + 2} to import, 0 to add, 0 to change, 0 to destroy.`);
    const apply = await workspace.expectApply();
    // The values of each object are shown, also where many objects have some: the engine merges no warning of them.
    for (const { output } of [plan, apply]) {
      const unnamed = found.filter(({ extension, unmanaged = [] }) => !names(output, extension, unmanaged));
      expect(unnamed).toEqual([]);
    }
    expect(unwrap(plan.output)).toMatch(/phone alias quoted has (?:values that could not be read: )?alias_name/u);
    expect(apply.output).toContain(`Resources: ${count + 2} imported, 0 added, 0 changed, 0 destroyed.`);
    expect((await workspace.plan()).code).toBe(0);
    expect(testbed.writes()).toEqual([]);
    const generated = readFileSync(join(workspace.folder, 'generated.tf'), 'utf8');
    for (const text of [plan.output, apply.output, generated, JSON.stringify(workspace.state())])
      expect(text).not.toContain('canary');
  });

  test('a key that the API cannot address is an error', async () => {
    putByHand(testbed, '55.1', {});
    testbed.emulator.store.putAlias({ alias_id: 'desks (east)', alias_name: 'East', phone_logins: '' });
    testbed.workspace.configure({
      import: [
        { to: 'vicidial_phone.dot', id: `${server}/55.1` },
        { to: 'vicidial_phone_alias.east', id: 'desks (east)' },
      ],
    });
    const plan = await testbed.workspace.plan(['-generate-config-out=generated.tf']);
    expect(plan.code).toBe(1);
    expect(plan.output.match(/Code: key-not-addressable/gu)).toHaveLength(2);
    expect(plan.output).toContain('extension is "55.1"');
  });

  test('a password that is declared after an import is sent only where another one is stored', async () => {
    const stored = { phone_pass: secrets.agent, registration_password: secrets.device };
    putByHand(testbed, '55000', { phone_login: '55000', ...stored });
    const declare = (passwords: Columns) =>
      testbed.workspace.configure({
        import: [{ to: 'vicidial_phone.desk', id: `${server}/55000` }],
        resource: { vicidial_phone: { desk: { server_ip: server, extension: '55000', ...passwords } } },
      });
    declare({});
    await testbed.workspace.expectApply();
    expect(testbed.workspace.state()['vicidial_phone.desk']).toMatchObject({
      phone_pass: null,
      registration_password: null,
    });

    declare(stored);
    const { output } = await testbed.workspace.expectApply();
    expect(output).toContain('# vicidial_phone.desk will be updated in-place');
    expect(output).toContain('Resources: 0 added, 1 changed, 0 destroyed.');
    expect(testbed.writes()).toEqual([]);
    expect(testbed.workspace.state()['vicidial_phone.desk']).toMatchObject(stored);
    expect((await testbed.workspace.plan()).code).toBe(0);

    declare({ ...stored, phone_pass: 'anotherSecret' });
    await testbed.workspace.expectApply();
    const [call, ...others] = testbed.emulator.journal.writes;
    expect(others).toEqual([]);
    expect(call?.sent('phone_pass')).toBe('anotherSecret');
    expect(call?.sent('registration_password')).toBeUndefined();
    expect((await testbed.workspace.plan()).code).toBe(0);
  });
});

/** Whether an output says of a phone which of its fields are not managed. */
function names(output: string, extension: string, fields: readonly string[]): boolean {
  const sentence = new RegExp(`phone ${server}/${extension} has (.*?)(?:, which the API could not write)?\\. `, 'u');
  const [, named = ''] = sentence.exec(unwrap(output)) ?? [];
  return fields.every((field) => named.includes(field));
}
