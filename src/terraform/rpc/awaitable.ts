/**
 * Results that may be there at once. Most answers about one of a thousand objects are, and a promise for each would cost
 * more than some of them.
 */

export type Awaitable<T> = T | Promise<T>;

/** Goes on with a result: at once where it is no promise. */
export function after<T, U>(result: Awaitable<T>, next: (result: T) => U): Awaitable<U> {
  return isPromise(result) ? result.then(next) : next(result);
}

/** Whether a result is a promise, of whichever realm: `instanceof` knows those of its own. */
export function isPromise<T>(result: Awaitable<T>): result is Promise<T> {
  // A value of Terraform is never a function.
  return typeof (result as Partial<Promise<T>> | null | undefined)?.then === 'function';
}
