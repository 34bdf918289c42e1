/** Whether a planned delete is permitted, by the provider setting: as a reader shows, and by the canary. */
import type { Failure } from '../model/failures';
import type { FieldValues, ObjectType } from '../model/field-definition';
import type { Reader } from '../vicidial/reader';
import { CanaryCheck, noCanaryRemedy } from './canary-check';
import { deleteNotPermitted, deleteUnchecked, type PreflightOptions } from './preflight';

export class DeletePermission {
  readonly #canary: CanaryCheck;

  /** @param reader undefined where only the API is used, which does not show the permission */
  constructor(
    private readonly reader: Reader | undefined,
    private readonly options: PreflightOptions,
  ) {
    this.#canary = new CanaryCheck(options.client);
  }

  /**
   * Checks the permission for an object.
   *
   * @param logins phone logins that may exist, for the canary
   */
  async check(type: ObjectType, prior: FieldValues, logins: () => readonly string[]): Promise<readonly Failure[]> {
    const { reader } = this;
    const { deleteCheck, user } = this.options;
    if (deleteCheck === 'warn') return [deleteUnchecked(type, prior)];
    if (reader && !(await reader.mayDelete())) return [deleteNotPermitted(type, prior, user)];
    if (deleteCheck !== 'canary') return reader ? [] : [deleteUnchecked(type, prior)];
    return (await this.#canary.isPermitted(logins())) ? [] : [deleteUnchecked(type, prior, noCanaryRemedy)];
  }
}
