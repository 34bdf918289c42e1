import type { Bed } from './identity-bed';
import { identityTest } from './identity-test';
import { phone, secrets } from './harness';

jest.setTimeout(300_000);

/* Row 22: ten bad logins lock the API user for everybody. */
const wrong = { VICIDIAL_PASSWORD: `${secrets.api}x` };
const logins = ({ emulator: { journal, pages } }: Bed) =>
  journal.entries.filter(({ function: name }) => name !== 'version').length + pages.entries.length;

identityTest(
  'a wrong password goes out once for a plan with 6 provider blocks, and five times for many',
  async (bed) => {
    const blocks = Array.from({ length: 6 }, (_, index) => `block${index}`);
    bed.declare(
      Object.fromEntries(
        blocks.map((alias, index) => [
          `vicidial_phone.${alias}`,
          phone(String(55_000 + index), { provider: `vicidial.${alias}` }),
        ]),
      ),
      { provider: { vicidial: blocks.map((alias) => ({ alias })) } },
    );
    const first = await bed.plan([], wrong);
    expect(first.code).toBe(1);
    expect(first.errors).toContain('login-incorrect');
    for (const error of first.errors) expect(['login-incorrect', 'login-held-back']).toContain(error);
    expect(logins(bed)).toBe(1);

    bed.declare({ 'vicidial_phone.desk': phone('55000') });
    for (let command = 2; command <= 5; command += 1) await bed.plan([], wrong);
    expect(logins(bed)).toBe(5);
    expect((await bed.plan([], wrong)).errors).toEqual(['login-held-back']);
    expect(logins(bed)).toBe(5);
    expect((await bed.plan()).code).toBe(2);
  },
);
