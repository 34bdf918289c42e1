/** Write-only passwords with a real engine: their values are in no file and no output of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { isEngineFrom } from '../../testing/engine';
import { phone, useTestbed } from './harness';

jest.setTimeout(300_000);

const testbed = useTestbed();

const canaries = { agent: 'agentCanary4417', device: 'deviceCanary8823', later: 'laterCanary3391' };

function declare(fields: Readonly<Record<string, unknown>> = {}): void {
  const secret = { type: 'string', sensitive: true, ephemeral: true };
  testbed.workspace.configure({
    variable: { agent: secret, device: secret, edition: { type: 'number', default: 1 } },
    resource: {
      vicidial_phone: {
        desk: phone('55000', {
          phone_pass: null,
          phone_pass_wo: '${var.agent}',
          phone_pass_wo_version: '${var.edition}',
          registration_password: null,
          registration_password_wo: '${var.device}',
          registration_password_wo_version: 1,
          ...fields,
        }),
      },
    },
  });
}

/** The text of every file in a folder; what is compressed in a plan file, as it was before. */
function texts(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      return [bytes.toString('latin1'), ...(entry.name.endsWith('.out') ? entriesOf(bytes) : [])];
    });
}

/** The entries of a zip file: its central directory names where each begins, and how long it is. */
function entriesOf(zip: Buffer): string[] {
  const found: string[] = [];
  for (let at = zip.indexOf('PK\x01\x02'); at !== -1; at = zip.indexOf('PK\x01\x02', at + 4)) {
    const [method, size, header] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)];
    const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    const bytes = zip.subarray(start, start + size);
    found.push((method === 8 ? inflateRawSync(bytes) : bytes).toString('latin1'));
  }
  return found;
}

const withWriteOnly = isEngineFrom({ terraform: 11, openTofu: 11 }) ? test : test.skip;

withWriteOnly(
  'passwords from ephemeral variables are stored on the server, and in no state, plan, log or crash output',
  async () => {
    const { workspace } = testbed;
    const printed: string[] = [];
    const values = { TF_VAR_agent: canaries.agent, TF_VAR_device: canaries.device, TF_LOG: 'trace' };
    const run = async ([command = '', ...args]: readonly string[], environment: Record<string, string> = {}) => {
      const plain = command === 'show' ? ['-no-color'] : ['-no-color', '-input=false'];
      const { output, code } = await workspace.run([command, ...plain, ...args], { ...values, ...environment });
      printed.push(output);
      return code;
    };
    const stored = () => testbed.emulator.store.phone('10.0.0.11', '55000');

    declare();
    expect(await run(['plan', '-out=create.out'])).toBe(0);
    expect(await run(['apply', 'create.out'])).toBe(0);
    expect(stored()).toMatchObject({ phone_pass: canaries.agent, registration_password: canaries.device });
    testbed.writes();

    // Another value is no change; another version is, and sends it.
    const later = { TF_VAR_agent: canaries.later };
    expect(await run(['plan', '-detailed-exitcode'], later)).toBe(0);
    expect(await run(['plan', '-detailed-exitcode', '-out=update.out'], { ...later, TF_VAR_edition: '2' })).toBe(2);
    expect(await run(['show', '-json', 'update.out'])).toBe(0);
    expect(printed.at(-1)).toContain('"phone_pass_wo_version":2');
    // The engine reads variables of the plan file from there, and ephemeral ones anew.
    expect(await run(['apply', 'update.out'], later)).toBe(0);
    expect(testbed.writes()).toEqual(['update_phone extension=55000 server_ip=10.0.0.11 phone_pass=***']);
    expect(stored()).toMatchObject({ phone_pass: canaries.later });

    // A replacement has the values of the configuration, and neither a refused update nor a failing server shows one.
    const edition = { TF_VAR_edition: '2' };
    expect(await run(['apply', '-auto-approve', '-replace=vicidial_phone.desk'], { ...later, ...edition })).toBe(0);
    expect(stored()).toMatchObject({ phone_pass: canaries.later, registration_password: canaries.device });
    const invalid = { TF_VAR_agent: `${canaries.agent}!`, TF_VAR_edition: '3' };
    expect(await run(['apply', '-auto-approve'], invalid)).toBe(1);
    expect(printed.at(-1)).toContain('value-characters');
    testbed.emulator.faults.add({ kind: 'error-before', writing: true, seconds: 0 });
    expect(await run(['apply', '-auto-approve'], { TF_VAR_edition: '3' })).toBe(1);

    const everything = [...printed, ...texts(workspace.folder)].join('\n');
    expect(everything).toContain('phone_pass_wo_version');
    for (const canary of Object.values(canaries)) expect(everything.split(canary)).toHaveLength(1);
  },
);
