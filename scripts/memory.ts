/**
 * The peak memory of the provider while it plans many phones that it reads from a database. Needs Linux and mariadbd.
 * Usage: npm run memory [-- --phones 10000]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sampleSystem } from '../src/emulator/system-data';
import { MariaDb, mariaDbMissing } from '../testing/mariadb';
import { samplePhone } from '../testing/sample-phone';
import { stateFile } from '../testing/state-file';
import { Workspace } from '../testing/workspace';

const { values: flags } = parseArgs({ options: { phones: { type: 'string', default: '10000' } } });
const count = Number(flags.phones);
const pollMs = 100;
/** The highest peak that is accepted. */
const budgetMb = 300;

async function main(): Promise<void> {
  if (mariaDbMissing !== undefined) throw new Error(mariaDbMissing);
  const phones = Array.from({ length: count }, (_, index) => samplePhone(String(10_000 + index)));
  const database = await MariaDb.start();
  const workspace = await Workspace.create({
    environment: {
      // With the database, nothing is asked for there.
      VICIDIAL_URL: 'http://127.0.0.1:1/vicidial/non_agent_api.php',
      VICIDIAL_USER: '6666',
      VICIDIAL_DATABASE_URL: database.url(),
    },
  });
  try {
    await database.load({ ...sampleSystem, phones: phones as Record<string, string>[] });
    const resources = Object.fromEntries(phones.map((fields, index) => [`p${index}`, fields]));
    workspace.configure({ resource: { vicidial_phone: resources } });
    const objects = phones.map((attributes, index) => ({ address: `vicidial_phone.p${index}`, attributes }));
    workspace.write('terraform.tfstate', stateFile(objects));
    const peaks = await peaksOf(workspace);
    const peak = Math.max(...peaks);
    console.log(`Peaks of the provider processes: ${peaks.map((each) => each.toFixed(0)).join(', ')} MB`);
    console.log(
      `${count} phones: ${peak.toFixed(0)} MB  (budget ${budgetMb} MB)${peak > budgetMb || peaks.length === 0 ? '  OVER' : ''}`,
    );
  } finally {
    workspace.remove();
    await database.stop();
  }
}

/** Plans, and returns the peak of each provider process in MB. */
async function peaksOf(workspace: Workspace): Promise<number[]> {
  const plan = workspace.start(['plan', '-input=false', '-no-color', '-detailed-exitcode', '-lock=false']);
  const peaks = new Map<string, number>();
  const timer = setInterval(() => {
    for (const [pid, megabytes] of providersIn(plan.pid)) peaks.set(pid, megabytes);
  }, pollMs);
  const { code, output } = await plan.ended.finally(() => clearInterval(timer));
  if (code !== 0) throw new Error(`The plan ended with exit code ${code}:\n${output.slice(-2000)}`);
  return [...peaks.values()];
}

/** The peaks of the provider processes of a process group so far, by process id. */
function providersIn(group: number): [string, number][] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((pid): [string, number][] => {
      try {
        const isProvider = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('terraform-provider-vicidial');
        const [, , ownGroup] = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /u, '')
          .split(' ');
        if (!isProvider || Number(ownGroup) !== group) return [];
        const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
        return kilobytes === undefined ? [] : [[pid, Number(kilobytes) / 1024]];
      } catch {
        // It has ended.
        return [];
      }
    });
}

void main();
