import { Command } from 'commander';
import type { Report } from '../report/report-schema';
import { exitCodes } from './exit-codes';
import { addInputOptions, beyondLimits, loadReports, readText, type InputFlags } from './report-inputs';

interface Flags extends InputFlags {
  readonly against: string;
  readonly reviewed?: string;
}

/** `phonestate verify`: whether a plan is the one that was reviewed. */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('compare a plan that was made again with the one that was reviewed, by the fingerprint of its report')
    .argument('<plan>', 'PLAN.json or NAME=PLAN.json; - is the standard input')
    .requiredOption('--against <fingerprint>', 'fingerprint of the reviewed report')
    .option('--reviewed <file>', 'reviewed report, from phonestate report --json, to show what has changed since');
  return addInputOptions(command)
    .addHelpText(
      'after',
      '\nExit code: 0 where the plan is the same; 4 where it is another one; 3 where a limit is exceeded; 1 where it has errors, is not complete, or cannot be compared.',
    )
    .action(run);
}

async function run(given: string, flags: Flags): Promise<void> {
  const [first] = await loadReports([given], flags);
  if (!first) return;
  const { report, plan } = first;
  const { hasFingerprint } = await import('../report/fingerprint');
  if (report.fingerprint === undefined) {
    await print(report, flags);
    throw new Error(
      'The plan has errors or is not complete, so it has no fingerprint and cannot be the one that was reviewed. Plan again without -target and without errors.',
    );
  }
  const isSame = hasFingerprint(plan, flags.against, process.env);
  if (!isSame) {
    await print(report, flags);
    console.error(
      `${report.environment}: the plan is not the one that was reviewed. Nothing may be applied: review it again.`,
    );
    process.exitCode = exitCodes.otherPlan;
    return;
  }
  const beyond = beyondLimits([first], flags);
  const { describeBeyond } = await import('../report/limits');
  for (const each of beyond) console.error(describeBeyond(each));
  if (beyond.length > 0) process.exitCode = exitCodes.limitExceeded;
  else console.log(`${report.environment}: the plan is the one that was reviewed.`);
}

/** The new report, with what has changed since the reviewed one where that is given. */
async function print(report: Report, { reviewed, limit, linkBase }: Flags): Promise<void> {
  const [{ toMarkdown }, { linkBaseOf }] = await Promise.all([
    import('../report/markdown'),
    import('../report/origins'),
  ]);
  const lines = reviewed === undefined ? [] : await changedSince(report, reviewed);
  const since = lines.length === 0 ? '' : ['', '### Changed since the review', '', ...lines, ''].join('\n');
  process.stdout.write(
    toMarkdown([report], { limit: Math.max(1, limit - since.length), linkBase: linkBase ?? linkBaseOf(process.env) }) +
      since,
  );
}

async function changedSince(report: Report, file: string): Promise<string[]> {
  const [{ parseReports }, { differences }] = await Promise.all([
    import('../report/formats'),
    import('../report/compare-reports'),
  ]);
  return differences(parseReports(readText(file), file), report);
}
