/**
 * The result of a piece of work, or the reason of a signal where that comes first.
 *
 * @param abandon called where the signal comes first
 */
export function abortable<T>(work: Promise<T>, signal: AbortSignal, abandon: () => void = () => {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      abandon();
      reject(signal.reason as Error);
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
