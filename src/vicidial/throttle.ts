import pThrottle from 'p-throttle';
import type { Middleware } from './middleware';

/**
 * Limits how many calls start within a second.
 *
 * @param perSecond undefined for no limit
 */
export function throttle(perSecond: number | undefined): Middleware {
  if (perSecond === undefined) return (work) => work();
  const turn = pThrottle({ limit: perSecond, interval: 1000 })(() => Promise.resolve());
  return async (work) => {
    await turn();
    return work();
  };
}
