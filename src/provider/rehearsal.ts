/** A run of `phonestate rehearse`: its calls go to emulators, and everything else of the provider is as in any run. */
import { failure, PhonestateError, type Failure } from '../model/failures';
import type { SettingName } from '../settings/provider-settings';
import type { SettingsReading } from '../settings/read-settings';
import { readRehearsal, rehearsalVariable } from '../settings/rehearsal';
import { systemOf } from '../settings/system';
import { log } from '../terraform/logger';
import type { RehearsedCalls } from './context';

interface RehearsedBlock {
  /** The settings of the provider block as they are in the rehearsal. */
  readonly reading: SettingsReading;
  readonly calls: RehearsedCalls;
  /** What the provider block reports: the warning that this is a rehearsal, or why it is none. */
  readonly failures: readonly Failure[];
}

/** Unknown settings that neither the host of the rehearsal needs nor any call. */
const neededLater: readonly SettingName[] = [
  'adopt_existing',
  'delete_permission_check',
  'in_use_check',
  'previous_system',
];

/** The calls of a provider that has not joined: none, where the environment names a rehearsal. */
export function callsBeforeJoining(environment: NodeJS.ProcessEnv): RehearsedCalls | undefined {
  if (!readRehearsal(environment)) return undefined;
  const what = `${rehearsalVariable} is set, and the provider has not joined the rehearsal.`;
  return { refusal: failure('rehearsal-refused', { what }) };
}

/**
 * Joins the rehearsal that the environment names. Once the variable is set, nothing leads to the system itself: neither
 * where the rehearsal refuses, nor where it cannot be asked yet.
 *
 * @param reading of a provider block without errors
 * @returns undefined where the run is no rehearsal
 */
export async function rehearse(
  reading: SettingsReading,
  environment: NodeJS.ProcessEnv,
): Promise<RehearsedBlock | undefined> {
  const rehearsal = readRehearsal(environment);
  if (!rehearsal) return undefined;
  const { joinRehearsal, rehearsedSettings } = await import('../vicidial/rehearsal');
  const rehearsed = { ...reading, values: rehearsedSettings(reading.values) };
  const refuse = (refusal: Failure, failures = [refusal]): RehearsedBlock => ({
    reading: rehearsed,
    calls: { refusal },
    failures,
  });
  if ('problem' in rehearsal) return refuse(failure('rehearsal-refused', { what: rehearsal.problem }));
  const system = systemOf(reading.values);
  const unknown = reading.unknown.filter((name) => !neededLater.includes(name));
  if (unknown.length > 0 || system === undefined) {
    // The apply configures the provider again, with what is known then.
    const what = `The value of ${unknown.join(', ')} in the provider block is not known yet, so no call can be rehearsed.`;
    return refuse(failure('rehearsal-refused', { what }), []);
  }
  try {
    const route = await joinRehearsal(rehearsal, reading.values, process.cwd());
    const what = `Calls to ${system} go to ${route.api}, as ${rehearsalVariable} asks for.`;
    log.warn('This run is a rehearsal', { system, emulator: route.api });
    return { reading: rehearsed, calls: { route }, failures: [failure('rehearsal-active', { what })] };
  } catch (error) {
    if (!(error instanceof PhonestateError)) throw error;
    return refuse(error.failure);
  }
}
