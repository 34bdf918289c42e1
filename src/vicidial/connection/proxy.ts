/**
 * Which proxy a request goes through, by the environment variables that other programs read: HTTPS_PROXY, HTTP_PROXY and
 * NO_PROXY, in capitals or not. The rules are those of Go, which the other providers of a run follow: the variable of the
 * scheme only, never for this machine itself, and NO_PROXY may hold domains, addresses and ranges, with or without a port.
 */
import { BlockList, isIP } from 'node:net';
import { PhonestateError } from '../../model/failures';
import { Secret } from '../../model/secret';
import { hostOf, isLoopback } from '../../settings/loopback';

export interface Proxy {
  /** For messages: without a login. */
  readonly origin: string;
  /** The environment variable that it comes from. */
  readonly variable: string;
  readonly isSecure: boolean;
  readonly host: string;
  readonly port: number;
  /** The value of `proxy-authorization`. */
  readonly authorization?: Secret;
}

type Environment = Readonly<Record<string, string | undefined>>;

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** The port of an address, also where it is that of its scheme. */
export function portOf({ port, protocol }: URL): number {
  return port === '' ? (defaultPorts[protocol] ?? 0) : Number(port);
}

/**
 * The proxy for an address; undefined where there is none.
 *
 * @throws PhonestateError `proxy-refused` where the variable holds no address of an HTTP proxy
 */
export function findProxy(url: URL, environment: Environment): Proxy | undefined {
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const variable = [name, name.toLowerCase()].find((each) => environment[each]);
  const value = variable && environment[variable];
  if (!value || isExempt(url, environment.NO_PROXY || environment.no_proxy || '')) return undefined;
  return parseProxy(value, variable);
}

function parseProxy(value: string, variable: string): Proxy {
  const text = /^[a-z][a-z0-9+.-]*:\/\//iu.test(value) ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !(url.protocol in defaultPorts) || url.hostname === '') {
    const what = `The environment variable ${variable} does not hold the address of an HTTP proxy, such as http://proxy.example.com:3128.`;
    const remedy = `Write the address of an HTTP proxy into ${variable}, or add the host of url to NO_PROXY where it is reached without one.`;
    throw PhonestateError.of('proxy-refused', { what, remedy });
  }
  const { username, password, protocol, origin } = url;
  const login = username === '' ? undefined : `${decode(username)}:${decode(password)}`;
  return {
    origin,
    variable,
    isSecure: protocol === 'https:',
    host: hostOf(url),
    port: portOf(url),
    ...(login === undefined ? {} : { authorization: new Secret(`Basic ${Buffer.from(login).toString('base64')}`) }),
  };
}

/** A percent sign that encodes nothing stands for itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether a list of NO_PROXY, or the rule about this machine, exempts an address. */
function isExempt(url: URL, list: string): boolean {
  const host = hostOf(url);
  if (isLoopback(url)) return true;
  const entries = list.split(/[,\s]+/u).filter((entry) => entry !== '');
  return entries.some((entry) => matches(entry.toLowerCase(), host, portOf(url)));
}

function matches(entry: string, host: string, port: number): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return isInRange(entry, host);
  const { name, only } = splitPort(entry);
  if (only !== undefined && only !== port) return false;
  if (isIP(name) !== 0 || isIP(host) !== 0) return name === host;
  // `example.com` exempts its subdomains too; `.example.com` and `*.example.com` only these.
  const domain = name.replace(/^\*?\./u, '');
  return host.endsWith(`.${domain}`) || (domain === name && host === domain);
}

/** An address of IPv6 has a port only where it stands in brackets. */
function splitPort(entry: string): { readonly name: string; readonly only?: number } {
  if (isIP(entry) !== 0) return { name: entry };
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/u.exec(entry) ?? [];
  return { name: bracketed ?? plain ?? entry, ...(port === undefined ? {} : { only: Number(port) }) };
}

function isInRange(entry: string, host: string): boolean {
  const [network = '', bits] = entry.split('/');
  const [family, hostFamily] = [isIP(network), isIP(host)];
  const prefix = Number(bits);
  if (family === 0 || family !== hostFamily || !(prefix >= 0 && prefix <= (family === 4 ? 32 : 128))) return false;
  const range = new BlockList();
  range.addSubnet(network, prefix, `ipv${family}` as 'ipv4' | 'ipv6');
  return range.check(host, `ipv${family}` as 'ipv4' | 'ipv6');
}
