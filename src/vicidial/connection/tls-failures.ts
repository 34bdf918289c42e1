/** A handshake that failed, and a connection that the server ended for the sake of a certificate, as failures. */
import type { PeerCertificate } from 'node:tls';
import { PhonestateError, type FailureCode } from '../../model/failures';
import { errorCode } from './error-code';
import type { HandshakeError } from './handshake';

export interface HandshakeCircumstances {
  /** For messages: the address of the server or of the proxy. */
  readonly origin: string;
  /** The name that the certificate must have. */
  readonly name: string;
  /** Whether `client_certificate` is set. */
  readonly hasClientCertificate: boolean;
  /** Variables whose files of authorities could not be read. */
  readonly unreadable: readonly string[];
}

const unknownAuthority =
  /^(?:UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_UNTRUSTED)$/u;
const invalidTime = /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/u;
/** Alerts about a certificate that the client sent, or did not send. */
const clientCertificateAlert =
  /^ERR_SSL_(?:SSLV3|TLSV1|TLSV13)_ALERT_(?:BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED)$/u;
const protocolVersion =
  /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|LEGACY_SIGALG|LEGACY_RENEGOTIATION|_TOO_SMALL|_TOO_WEAK|INSUFFICIENT_SECURITY/u;
const noTls = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL/u;
/** The connection ended, and nothing shows why. */
const ended = /^(?:ECONNRESET|EPIPE|ECONNABORTED|ETIMEDOUT)$/u;

/** Whether a handshake failed for what other authorities might change. */
export function isUntrusted(error: unknown): boolean {
  if (!(error instanceof PhonestateError)) return false;
  return error.failure.code === 'tls-unknown-authority' || error.failure.code === 'tls-expired';
}

/** Whether the server refused the connection for the certificate of the client. In TLS 1.3 that comes with the first reply. */
export function isClientCertificateAlert(code: string): boolean {
  return clientCertificateAlert.test(code);
}

/** The failure of a handshake. */
export function handshakeFailure(error: HandshakeError, circumstances: HandshakeCircumstances): PhonestateError {
  const { code, what } = classify(error, circumstances);
  return PhonestateError.of(code, { what: `${circumstances.origin} was reached, but ${what}.` }, error.cause);
}

/** What a server that refuses the certificate of the client is reported as. */
export function clientCertificateFailure(origin: string, hasOwn: boolean, code: string): PhonestateError {
  return PhonestateError.of('tls-client-certificate', {
    what: `${origin} was reached, but ${wantsCertificate(hasOwn, code)}.`,
  });
}

function classify(
  { cause, peer }: HandshakeError,
  { name, hasClientCertificate, unreadable }: HandshakeCircumstances,
): { readonly code: FailureCode; readonly what: string } {
  const code = errorCode(cause);
  if (unknownAuthority.test(code)) return { code: 'tls-unknown-authority', what: untrusted(code, peer, unreadable) };
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return { code: 'tls-wrong-name', what: wrongName(name, peer) };
  if (invalidTime.test(code)) return { code: 'tls-expired', what: wrongTime(code, peer) };
  // A server of TLS 1.2 that got no certificate refuses the handshake without a reason, after it has sent its own.
  const isRefusedLate = code === 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE' && peer !== undefined;
  if (isClientCertificateAlert(code) || isRefusedLate) {
    return { code: 'tls-client-certificate', what: wantsCertificate(hasClientCertificate, code) };
  }
  if (protocolVersion.test(code) || code === 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE') {
    return { code: 'tls-protocol', what: `it and this machine accept no common version of TLS (${code})` };
  }
  if (noTls.test(code)) return { code: 'scheme-mismatch', what: `its port answers without TLS (${code})` };
  if (ended.test(code))
    return { code: 'server-unreachable', what: `the connection ended in the TLS handshake (${code})` };
  return { code: 'tls-failed', what: `the TLS handshake failed (${code})` };
}

function wantsCertificate(hasOwn: boolean, code: string): string {
  const found = hasOwn
    ? 'it does not accept the certificate in client_certificate'
    : 'it wants a certificate of its clients';
  return `${found} (${code})`;
}

function untrusted(code: string, peer: PeerCertificate | undefined, unreadable: readonly string[]): string {
  const isOwn = code === 'DEPTH_ZERO_SELF_SIGNED_CERT';
  const issuer = isOwn
    ? 'its certificate is signed by itself'
    : `its certificate is signed by ${describe(peer?.issuer)}`;
  const files = unreadable.length === 0 ? '' : `, and the file of ${unreadable.join(', ')} cannot be read`;
  return `${issuer}, which is not trusted here (${code})${files}`;
}

function describe(party: PeerCertificate['issuer'] | undefined): string {
  return String(party?.CN ?? party?.O ?? 'an authority');
}

/** A certificate of a host with thousands of customers has as many names. */
const maxNames = 10;

function wrongName(name: string, peer: PeerCertificate | undefined): string {
  const names = peer?.subjectaltname?.split(', ').map((each) => each.replace(/^(?:DNS|IP Address):/u, '')) ?? [];
  const found = names.length > 0 ? names : [peer?.subject.CN ?? 'no name'];
  const shown = found.slice(0, maxNames).join(', ');
  const rest = found.length > maxNames ? ` and ${found.length - maxNames} more` : '';
  return `its certificate is not for ${name}, but for ${shown}${rest}`;
}

function wrongTime(code: string, peer: PeerCertificate | undefined): string {
  const now = Date.now();
  if (code === 'CERT_NOT_YET_VALID') {
    const isOwn = peer !== undefined && Date.parse(peer.valid_from) > now;
    return isOwn
      ? `its certificate is valid from ${date(peer.valid_from)} on only`
      : 'the certificate of its authority is not valid yet';
  }
  const isOwn = peer !== undefined && Date.parse(peer.valid_to) < now;
  return isOwn ? `its certificate expired on ${date(peer.valid_to)}` : 'the certificate of its authority has expired';
}

function date(text: string): string {
  return new Date(text).toISOString().slice(0, 10);
}
