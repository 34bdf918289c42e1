/**
 * What the HTTP client throws once a request was sent, as a failure. The response did not arrive: with a call that writes it
 * must be found out then whether it was carried out, unless the server has shown that it read nothing.
 */
import { PhonestateError } from '../model/failures';
import { hostOf } from '../settings/loopback';
import type { Settings } from '../settings/read-settings';
import { errorCode } from './connection/error-code';
import { findProxy, portOf } from './connection/proxy';
import { acceptsTls } from './connection/tls-probe';
import { clientCertificateFailure, isClientCertificateAlert } from './connection/tls-failures';

export interface ExchangeCircumstances {
  readonly settings: Pick<Settings, 'client_certificate'>;
  /** Whether a response has ever come from this address: then it is known what its port speaks. */
  readonly hasAnswered: boolean;
}

/** @param error what ended the exchange before the response was complete */
export async function brokenExchangeFailure(
  url: URL,
  error: unknown,
  { settings, hasAnswered }: ExchangeCircumstances,
): Promise<PhonestateError> {
  const code = errorCode(error);
  // No server reads a request before the handshake is complete, of which this is a part.
  if (isClientCertificateAlert(code)) {
    return clientCertificateFailure(url.origin, settings.client_certificate !== undefined, code);
  }
  const what = `The connection to ${url.origin} ended before the response was complete (${code}).`;
  if (hasAnswered || !(await speaksTls(url))) return PhonestateError.of('connection-lost', { what }, error);
  const found = `${what} Its port answers with TLS, and the address begins with http://.`;
  return PhonestateError.of('connection-lost', { what: found, remedy: 'Write https:// in the address.' }, error);
}

/** A server of TLS closes a connection without it, and does not say why. */
async function speaksTls(url: URL): Promise<boolean> {
  if (url.protocol === 'https:' || findProxy(url, process.env)) return false;
  return acceptsTls(hostOf(url), portOf(url));
}
