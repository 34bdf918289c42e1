import { fleet, phone, secrets } from './harness';
import { describeReaders } from './reading-bed';

jest.setTimeout(300_000);

const wrong = { VICIDIAL_PASSWORD: `${secrets.api}x` };
const parallel = ['-parallelism=10'];
/** Each is a process of its own. */
const blocks = ['east', 'west', 'north'];

describeReaders(['admin', 'database'], (testbed, { name: reader }) => {
  // A database is read in the same way, whether it is named or not.
  test.each(reader === 'admin' ? ['auto', 'admin'] : ['auto'])(
    'with read_from = "%s", a wrong password is tried once in all',
    async (from) => {
      const { workspace, emulator } = testbed;
      const attempts = () => emulator.api.authentication.counters.get('planner')?.attempts ?? 0;
      const phones = fleet(20);
      testbed.store(phones);
      const added = Array.from({ length: 12 }, (_, index) => {
        const alias = blocks[index % blocks.length] ?? '';
        return [`${alias}${index}`, phone(String(56_000 + index), { provider: `vicidial.${alias}` })] as const;
      });
      workspace.configure({
        provider: { vicidial: blocks.map((alias) => ({ alias })) },
        resource: { vicidial_phone: { ...phones, ...Object.fromEntries(added) } },
      });

      const environment = { ...wrong, VICIDIAL_READ_FROM: from };
      const plan = await workspace.plan(parallel, environment);
      // With the database, a plan needs no login.
      expect([plan.code, attempts()]).toEqual(reader === 'admin' ? [1, 1] : [2, 0]);
      expect(plan.output).not.toContain('Phones and phone aliases are not read');
      const failed = reader === 'admin' ? plan : await workspace.apply(parallel, environment);
      expect([failed.code, attempts()]).toEqual([1, 1]);
      expect(failed.output).toContain('Code: login-incorrect');
      expect(testbed.writes()).toEqual([]);
    },
  );
});
