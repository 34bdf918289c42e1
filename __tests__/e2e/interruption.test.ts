import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fleet, useStage } from './harness';

jest.setTimeout(600_000);

describe('a run that is cut off', () => {
  const stage = useStage({ latencyMs: 40 });
  const count = 30;

  /** Starts an apply, and does something to it once the server has the first phones. */
  async function cutOff(how: (pid: number) => void): Promise<void> {
    stage.declare(fleet(count));
    const child = spawn('terraform', ['apply', '-auto-approve', '-input=false', '-no-color', '-parallelism=4'], {
      cwd: stage.workspace.folder,
      env: stage.workspace.environmentOf(),
      stdio: 'ignore',
      // A process group of its own, as a shell gives it: Ctrl-C reaches the provider too.
      detached: true,
    });
    const ended = once(child, 'exit');
    while (stage.dialer.store.phones.length < 5) await new Promise((resolve) => setTimeout(resolve, 10));
    how(child.pid ?? 0);
    await ended;
    // A provider that lost its terraform ends by itself, within a second or so.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
  }

  const missing = () =>
    stage.dialer.store.phones.filter(
      ({ extension }) => !Object.values(stage.workspace.state()).some((values) => values.extension === extension),
    );

  test('by Ctrl-C finishes what is under way, starts nothing else, and leaves the state right', async () => {
    await cutOff((pid) => process.kill(-pid, 'SIGINT'));
    const { phones } = stage.dialer.store;
    expect(phones.length).toBeLessThan(count);
    expect(missing()).toEqual([]);
    expect(Object.keys(stage.workspace.state())).toHaveLength(phones.length);
    await stage.workspace.expectApply();
    expect(stage.dialer.store.phones).toHaveLength(count);
    expect((await stage.workspace.plan()).code).toBe(0);
  });

  test('by kill -9 is completed by the next one: what exists is explained, and taken over where that is allowed', async () => {
    await cutOff((pid) => process.kill(pid, 'SIGKILL'));
    expect(stage.dialer.store.phones.length).toBeLessThan(count);
    const orphans = missing();
    const again = await stage.workspace.run(['apply', '-auto-approve', '-input=false', '-no-color', '-lock=false']);
    expect(again.code).toBe(orphans.length > 0 ? 1 : 0);
    for (const { extension } of orphans)
      expect(again.output.replace(/\s+/gu, ' ')).toContain(
        `terraform import vicidial_phone.NAME 10.0.0.11/${extension}`,
      );
    const adopted = await stage.workspace.run(['apply', '-auto-approve', '-input=false', '-no-color', '-lock=false'], {
      VICIDIAL_ADOPT_EXISTING: 'true',
    });
    expect(adopted.code).toBe(0);
    expect(Object.keys(stage.workspace.state())).toHaveLength(count);
    expect(stage.dialer.store.phones).toHaveLength(count);
    expect((await stage.workspace.plan()).code).toBe(0);
  });
});
