/** What every call passes through on its way out, each concern in a file of its own, composed in one line. */

/** Runs a piece of work, now or later, once or several times; its result or failure is passed on. */
export type Middleware = <T>(work: () => Promise<T>) => Promise<T>;

/** One middleware of several. The first is the outermost: it starts first and ends last. */
export function compose(...middlewares: readonly Middleware[]): Middleware {
  return (work) => middlewares.reduceRight<typeof work>((inner, middleware) => () => middleware(inner), work)();
}
