/** What the settings of a run say to planning and applying. A setting that is not known yet counts as the strictest one. */
import type { CharacterOptions } from '../model/characters';
import type { Settings, SettingsReading } from '../settings/read-settings';
import { usesDatabase } from '../settings/settings-of-reading';
import { systemOf } from '../settings/system';
import { unknown, type Value } from '../terraform/value';

export class RunSettings {
  /** How the server reads letters. Needed to validate values, without any call. */
  readonly characterOptions: CharacterOptions;
  /** The system that the provider connects to; undefined while it is not known. */
  readonly system: string | undefined;

  constructor(protected readonly reading: SettingsReading) {
    // Undefined while it is not known: what may be allowed is not refused before.
    this.characterOptions = { nonLatin: reading.values.non_latin ?? true };
    this.system = reading.unknown.includes('system_name') ? undefined : systemOf(reading.values);
  }

  /** The API user; empty while it is not known. */
  get user(): string {
    return this.reading.values.user ?? '';
  }

  /** The API user with its server, for messages. */
  get account(): string {
    const { url } = this.reading.values;
    return url === undefined ? `user ${this.user}` : `user ${this.user} of ${new URL(url).origin}`;
  }

  /** Whether a planned create may adopt an object that exists. */
  get adoptsExisting(): boolean {
    return this.reading.values.adopt_existing ?? false;
  }

  /**
   * What an argument is planned as that a new object does not set. It is read in apply, so it is unknown before: also
   * where the plan reads nothing, as the apply may. Null only where nothing is ever read.
   */
  get unset(): Value {
    return this.reading.values.read_from === 'api' ? null : unknown;
  }

  /** The old addresses of servers that have others now, with these. */
  get movedServers(): Readonly<Record<string, string>> {
    return this.reading.values.moved_servers ?? {};
  }

  /** Whether what was written is read, and looked up. */
  get verifiesWrites(): boolean {
    return this.reading.values.verify_writes ?? true;
  }

  get inUseCheck(): Settings['in_use_check'] {
    return this.reading.values.in_use_check ?? 'deny';
  }

  get deleteCheck(): Settings['delete_permission_check'] {
    return this.reading.values.delete_permission_check ?? 'deny';
  }

  /** Whether an object of the state belongs to another system. A state of version 0.1.0 does not say. */
  isOtherSystem(system: string | null): boolean {
    if (system === null || this.system === undefined) return false;
    return system !== this.system && system !== this.reading.values.previous_system;
  }

  /** Whether the plan can ask the database, which costs no call. */
  get usesDatabase(): boolean {
    return usesDatabase(this.reading.values);
  }

  /** Whether the settings suffice for calls of the API: a plan with the database needs no password. */
  get canCall(): boolean {
    return this.reading.missing.length === 0;
  }
}
