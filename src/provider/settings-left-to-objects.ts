/** What is invalid in the settings, where the provider block does not report it but the objects do. */
import { PhonestateError, type Failure } from '../model/failures';
import type { SettingsReading } from '../settings/read-settings';
import { isReportedByObjects, settingsFailures } from '../settings/settings-of-reading';

export class SettingsLeftToObjects {
  #isReported = false;

  constructor(private readonly reading: SettingsReading) {}

  /** What is invalid, for the first object that is validated: the run ends with that. What is missing may be set later. */
  takeInvalid(): readonly Failure[] {
    if (this.#isReported || !isReportedByObjects(this.reading)) return [];
    this.#isReported = true;
    return this.reading.invalid;
  }

  /**
   * To be called before anything but a validation is done for an object: not every run validates objects before.
   *
   * @throws PhonestateError `provider-argument` with all that is invalid or missing
   */
  requireValid(): void {
    if (!isReportedByObjects(this.reading)) return;
    const what = settingsFailures(this.reading).map((each) => each.what);
    throw PhonestateError.of('provider-argument', { what: what.join(' ') });
  }
}
