/**
 * Compares the emulator with a server by random calls. Usage: npm run conformance -- --url URL --server 10.0.0.11
 *
 * The login comes from VICIDIAL_USER and VICIDIAL_PASSWORD. The exit code is 1 where less than 99.9 % of the calls agree,
 * the run ended early, or something is left on the server.
 */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { providerSettings } from '../src/settings/provider-settings';
import { readSettings, requireSettings } from '../src/settings/read-settings';
import { rateOf, reportOf, requiredRate } from '../testing/comparison';
import { compareWithServer, type ConformanceOptions } from '../testing/conformance';

const definitions = {
  options: {
    url: { type: 'string' },
    server: { type: 'string', multiple: true },
    template: { type: 'string' },
    prefix: { type: 'string', default: 'pstest' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    calls: { type: 'string', default: '500' },
    'max-seconds': { type: 'string', default: '300' },
    rate: { type: 'string', default: '20' },
    build: { type: 'string' },
    'non-latin': { type: 'string' },
  },
} as const satisfies ParseArgsConfig;

type Values = ReturnType<typeof parseArgs<typeof definitions>>['values'];

async function main(): Promise<void> {
  const interruption = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      console.error('Interrupted: what was made is deleted. Once more, and it stays.');
      interruption.abort(new Error('interrupted'));
    });
  }
  const options = readOptions(parseArgs(definitions).values, interruption.signal);
  const { comparison, system, stopped, left } = await compareWithServer(options);
  if (system !== undefined) console.log(system);
  if (comparison.calls > 0) console.log(reportOf(`seed ${options.seed}`, comparison));
  if (stopped !== undefined) console.error(`The run ended early: ${stopped}`);
  for (const each of left) console.error(`Left on the server: ${each}`);
  if (rateOf(comparison) < requiredRate || stopped !== undefined || left.length > 0) process.exitCode = 1;
}

function readOptions(values: Values, signal: AbortSignal): ConformanceOptions {
  const settings = readSettings({ url: values.url }, process.env);
  const missing = settings.missing.map((name) => providerSettings[name].environment);
  if (missing.length > 0) throw new Error(`Not set: ${missing.join(', ')}. The url may also be given as --url.`);
  const { url, user, password } = requireSettings(settings);
  const { server: servers = [], template, prefix, build } = values;
  if (servers.length === 0)
    throw new Error('Name a server_ip that the system has: --server 10.0.0.11. It may be repeated.');
  return {
    url,
    user,
    password: password.open(),
    servers,
    template,
    prefix,
    seed: numberOf(values, 'seed', 0),
    calls: numberOf(values, 'calls', 1),
    maxSeconds: numberOf(values, 'max-seconds', 1),
    perSecond: numberOf(values, 'rate', 1),
    build,
    nonLatin: nonLatin(values),
    signal,
  };
}

function numberOf(values: Values, name: 'seed' | 'calls' | 'max-seconds' | 'rate', min: number): number {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < min) throw new Error(`--${name} is a whole number from ${min} on.`);
  return number;
}

function nonLatin({ 'non-latin': given }: Values): boolean | undefined {
  if (given !== undefined && given !== 'true' && given !== 'false') throw new Error('--non-latin is true or false.');
  return given === undefined ? undefined : given === 'true';
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
