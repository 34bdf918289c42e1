/** Which VICIdial system an object belongs to. Systems that were cloned have objects with the same keys. */
import type { Settings } from './read-settings';

/**
 * The name of the system that settings lead to: `system_name`, else host, port and path of `url`.
 *
 * @returns undefined while neither is known
 */
export function systemOf({ system_name: name, url }: Partial<Settings>): string | undefined {
  if (name !== undefined) return name;
  if (url === undefined) return undefined;
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
