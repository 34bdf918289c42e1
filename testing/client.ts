/** Clients for tests and benchmarks, made from settings as the provider makes them. */
import { readSettings, requireSettings, type GivenSettings } from '../src/settings/read-settings';
import { VicidialClient } from '../src/vicidial/api/client';
import type { RetryPolicy } from '../src/vicidial/retry';
import type { SessionOptions } from '../src/vicidial/session';

/** Every call is made once, and nothing waits. */
export const singleAttempt: RetryPolicy = { maxAttempts: 1, initialDelayMs: 1, maxElapsedMs: 1_000 };

/** A client of a server; user and password are those of the emulator's sample system where they are not given. */
export function connectClient(url: string, settings: GivenSettings = {}, options: SessionOptions = {}): VicidialClient {
  const given = { url, user: '6666', password: 'admin1234', ...settings };
  return new VicidialClient(requireSettings(readSettings(given, {})), options);
}
