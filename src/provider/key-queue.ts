/**
 * Writes of one key, one after another. An engine applies ten objects at a time, and two of them may have one key: an
 * object that is gone and is planned to be deleted, for example, and a new one in its place. A delete that is in
 * progress, or is sent again after its reply was lost, would delete what a create has just made.
 */
export class KeyQueue {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does the work when the earlier work of the key has ended, however it ended. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const result = (this.#last.get(key) ?? Promise.resolve()).then(work);
    this.#last.set(
      key,
      result.catch(() => undefined),
    );
    return result;
  }
}
