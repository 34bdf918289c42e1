/** A connection that was not opened, as a failure: to the server, to a proxy, or from there to the server. */
import { PhonestateError } from '../../model/failures';
import { errorCode } from './error-code';
import type { Proxy } from './proxy';
import { TunnelRefusedError } from './tunnel';

/** What the codes of Node.js mean. A code that is not listed is shown alone. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'it refuses connections',
  ENOTFOUND: 'its name does not exist',
  EAI_AGAIN: 'its name could not be resolved',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to it',
  EHOSTDOWN: 'the host is down',
  ETIMEDOUT: 'it did not accept a connection in time',
  EACCES: 'this machine does not permit the connection',
  EPERM: 'this machine does not permit the connection',
  EADDRNOTAVAIL: 'this machine has no address or port left for the connection',
  EMFILE: 'this process has too many files open',
};

function reasonOf(error: unknown, seconds: number): string {
  const code = errorCode(error);
  if (code === 'TimeoutError') return `it did not accept a connection within ${seconds} seconds`;
  return `${reasons[code] ?? 'the connection could not be opened'} (${code})`;
}

export function serverFailure(origin: string, error: unknown, seconds: number): PhonestateError {
  const what = `${origin} cannot be reached: ${reasonOf(error, seconds)}.`;
  return PhonestateError.of('server-unreachable', { what }, error);
}

export function proxyFailure({ origin, variable }: Proxy, error: unknown, seconds: number): PhonestateError {
  const what = `The proxy ${origin} (${variable}) cannot be reached: ${reasonOf(error, seconds)}.`;
  return PhonestateError.of('proxy-unreachable', { what }, error);
}

/**
 * @param authority `HOST:PORT` of the server
 */
export function tunnelFailure(proxy: Proxy, authority: string, error: unknown, seconds: number): PhonestateError {
  const name = `The proxy ${proxy.origin} (${proxy.variable})`;
  if (error instanceof TunnelRefusedError) return refusal(name, proxy, authority, error);
  const code = errorCode(error);
  if (code === 'TimeoutError') {
    const what = `${name} did not connect to ${authority} within ${seconds} seconds.`;
    return PhonestateError.of('server-unreachable', { what }, error);
  }
  const what = `${name} did not answer when it was asked to connect to ${authority} (${code}).`;
  return PhonestateError.of('proxy-unreachable', { what }, error);
}

/** A proxy that wants a login answers so, to CONNECT or to a request. */
export function proxyLoginFailure({ origin, variable, authorization }: Proxy): PhonestateError {
  const found = authorization ? `does not accept the login in ${variable}` : 'wants a login';
  return PhonestateError.of('proxy-refused', { what: `The proxy ${origin} (${variable}) ${found} (HTTP 407).` });
}

function refusal(name: string, proxy: Proxy, authority: string, error: TunnelRefusedError): PhonestateError {
  const { status } = error;
  if (status === 407) return proxyLoginFailure(proxy);
  if (status >= 500) {
    const what = `${name} could not connect to ${authority} (HTTP ${status}).`;
    return PhonestateError.of('server-unreachable', { what }, error);
  }
  return PhonestateError.of(
    'proxy-refused',
    { what: `${name} does not connect to ${authority} (HTTP ${status}).` },
    error,
  );
}
