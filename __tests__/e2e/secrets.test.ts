import { phone, secrets, useTestbed } from './harness';

jest.setTimeout(300_000);

const testbed = useTestbed();

test('secrets are in no plan, log, error or print-out of the journal', async () => {
  const printed: string[] = [];
  const run = async (args: readonly string[], environment: Record<string, string> = {}) => {
    const { output } = await testbed.workspace.run([...args, '-input=false', '-no-color'], {
      TF_LOG: 'trace',
      ...environment,
    });
    printed.push(output);
  };
  testbed.workspace.configure({
    variable: { agent: { type: 'string', sensitive: true }, device: { type: 'string', sensitive: true } },
    resource: {
      vicidial_phone: {
        desk: phone('55000', { phone_pass: '${var.agent}', registration_password: '${var.device}' }),
      },
    },
  });
  const values = { TF_VAR_agent: secrets.agent, TF_VAR_device: secrets.device };
  await run(['plan'], values);
  await run(['apply', '-auto-approve'], values);
  await run(['plan'], { ...values, TF_VAR_device: `${secrets.device}2` });
  await run(['plan'], { ...values, VICIDIAL_PASSWORD: `${secrets.api}3` });
  // A refusal that echoes every required value, passwords among them.
  await run(['apply', '-auto-approve'], { ...values, TF_VAR_agent: `${secrets.agent}!` });
  await run(['apply', '-auto-approve', '-replace=vicidial_phone.desk'], { ...values, VICIDIAL_USER: 'nodelete' });
  printed.push(
    testbed.emulator.journal.entries.map(String).join('\n'),
    JSON.stringify(testbed.emulator.journal.entries),
  );
  expect(printed.join('\n')).toContain('add_phone answered SUCCESS: add_phone PHONE HAS BEEN ADDED');
  for (const secret of Object.values(secrets)) expect(printed.join('\n').split(secret)).toHaveLength(1);
});
