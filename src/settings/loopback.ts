/** Whether an address is that of this machine, where nothing goes over a network. */
import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** The host of an address, that of IPv6 without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/gu, '');
}

/** Whether an address leads to this machine itself. */
export function isLoopback(url: URL): boolean {
  const host = hostOf(url);
  const family = isIP(host);
  if (family === 0) return /(?:^|\.)localhost\.?$/u.test(host);
  return loopback.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
