/** Whether a provider that is configured twice gets the same settings both times. */
import { isDeepStrictEqual } from 'node:util';
import { Secret } from '../model/secret';
import type { SettingsReading } from './read-settings';

/** Whether two readings have the same values, secrets included. Where these come from does not count. */
export function sameSettings(a: SettingsReading, b: SettingsReading): boolean {
  return isDeepStrictEqual(compared(a), compared(b));
}

function compared({ values, invalid, unknown }: SettingsReading): unknown {
  return opened({ values, invalid, unknown });
}

/** Two different secrets look the same from outside, so they are compared by what they hold. */
function opened(value: unknown): unknown {
  if (value instanceof Secret) return value.open();
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, opened(each)]));
}
