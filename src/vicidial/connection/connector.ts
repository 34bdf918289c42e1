/**
 * Opens the connections of the HTTP client: through a proxy where one is set, and with TLS where the address has it. What
 * fails here was never sent, whatever it is.
 */
import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { PhonestateError } from '../../model/failures';
import { hostOf } from '../../settings/loopback';
import type { Settings } from '../../settings/read-settings';
import { proxyFailure, serverFailure, tunnelFailure } from './connect-failures';
import { errorCode } from './error-code';
import { HandshakeError, secure } from './handshake';
import { openSocket } from './open-socket';
import { findProxy, portOf, type Proxy } from './proxy';
import { tlsContextsOf, type TlsContexts, type TlsSettings } from './tls-context';
import { handshakeFailure, isUntrusted } from './tls-failures';
import { openTunnel } from './tunnel';

export type ConnectionSettings = TlsSettings &
  Pick<Settings, 'request_timeout_seconds' | 'tls_server_name' | 'insecure_skip_verify'>;

/** The connector of one address, in the form that undici takes. What it fails with is a PhonestateError. */
export function createConnector(url: URL, settings: ConnectionSettings): buildConnector.connector {
  const connector = new Connector(url, settings);
  return (_options, callback) => {
    connector.open().then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  };
}

/** The other end of a handshake. */
interface Peer {
  readonly role: 'server' | 'proxy';
  readonly origin: string;
  /** The name that its certificate must have. */
  readonly name: string;
}

const keepAliveDelayMs = 60_000;

class Connector {
  readonly #contexts: TlsContexts;
  readonly #timeoutSeconds: number;

  constructor(
    private readonly url: URL,
    private readonly settings: ConnectionSettings,
  ) {
    this.#contexts = tlsContextsOf(settings);
    this.#timeoutSeconds = settings.request_timeout_seconds;
  }

  /** @throws PhonestateError */
  async open(): Promise<Socket> {
    const signal = AbortSignal.timeout(this.#timeoutSeconds * 1000);
    const socket = await this.#openTrusted(signal);
    // TCP, or TLS over it: both are sockets.
    return (socket as Socket).setNoDelay(true).setKeepAlive(true, keepAliveDelayMs);
  }

  /** Where the authorities that cost nothing do not know the server, all others are read, and it is tried once more. */
  async #openTrusted(signal: AbortSignal): Promise<Duplex> {
    const wasComplete = this.#contexts.isComplete;
    try {
      return await this.#open(signal);
    } catch (error) {
      if (wasComplete || !isUntrusted(error)) throw error;
      this.#contexts.complete();
      return this.#open(signal);
    }
  }

  async #open(signal: AbortSignal): Promise<Duplex> {
    const { url, settings } = this;
    const proxy = findProxy(url, process.env);
    const socket = proxy ? await this.#openByProxy(proxy, signal) : await this.#openDirectly(signal);
    if (url.protocol !== 'https:') return socket;
    const name = settings.tls_server_name ?? hostOf(url);
    return this.#secure(socket, { role: 'server', origin: url.origin, name }, signal);
  }

  #openDirectly(signal: AbortSignal): Promise<Duplex> {
    const { url } = this;
    return openSocket(hostOf(url), portOf(url), signal).catch((error: unknown) => {
      throw serverFailure(url.origin, error, this.#timeoutSeconds);
    });
  }

  /** A request without TLS is sent to the proxy as it is: many proxies permit CONNECT to port 443 only. */
  async #openByProxy(proxy: Proxy, signal: AbortSignal): Promise<Duplex> {
    const seconds = this.#timeoutSeconds;
    const opened = await openSocket(proxy.host, proxy.port, signal).catch((error: unknown) => {
      throw proxyFailure(proxy, error, seconds);
    });
    const { origin, host: name } = proxy;
    const socket = proxy.isSecure ? await this.#secure(opened, { role: 'proxy', origin, name }, signal) : opened;
    if (this.url.protocol !== 'https:') return socket;
    const authority = `${this.url.hostname}:${portOf(this.url)}`;
    return openTunnel(socket, authority, proxy, signal).catch((error: unknown) => {
      throw tunnelFailure(proxy, authority, error, seconds);
    });
  }

  async #secure(socket: Duplex, { role, origin, name }: Peer, signal: AbortSignal): Promise<Duplex> {
    const isServer = role === 'server';
    try {
      const verify = !(isServer && this.settings.insecure_skip_verify);
      return await secure(socket, { name, secureContext: this.#context(role), verify }, signal);
    } catch (error) {
      socket.destroy();
      if (!(error instanceof HandshakeError)) throw this.#unsecured(origin, error);
      const hasClientCertificate = isServer && this.settings.client_certificate !== undefined;
      const { unreadable } = this.#contexts;
      throw handshakeFailure(error, { origin, name, hasClientCertificate, unreadable });
    }
  }

  #context(role: Peer['role']) {
    try {
      return this.#contexts.for(role);
    } catch (error) {
      const what = `client_certificate and client_key cannot be used (${errorCode(error)}).`;
      throw PhonestateError.of('tls-client-certificate', { what }, error);
    }
  }

  /** The limit of time ended the handshake. */
  #unsecured(origin: string, error: unknown): PhonestateError {
    if (error instanceof PhonestateError) return error;
    const what = `${origin} accepted a connection, but no TLS handshake within ${this.#timeoutSeconds} seconds (${errorCode(error)}).`;
    return PhonestateError.of('server-unreachable', { what }, error);
  }
}
