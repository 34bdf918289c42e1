/**
 * What TLS is spoken with: the authorities that are trusted, the certificate of the client, the versions. The authorities
 * that cost nothing are tried first: `ca_certificate`, or those that Node.js has loaded. All others are read only for a
 * server that these do not know.
 */
import { constants } from 'node:crypto';
import { createSecureContext, DEFAULT_CIPHERS, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { Settings } from '../../settings/read-settings';
import { readTrustStore, type TrustStore } from './trust-store';

export type TlsSettings = Pick<
  Settings,
  'ca_certificate' | 'client_certificate' | 'client_key' | 'tls_minimum_version'
>;

/** Those of one provider configuration: calls of the API and the admin pages share them. */
const contexts = new WeakMap<TlsSettings, TlsContexts>();

export function tlsContextsOf(settings: TlsSettings): TlsContexts {
  const known = contexts.get(settings) ?? new TlsContexts(settings);
  contexts.set(settings, known);
  return known;
}

export class TlsContexts {
  #store: TrustStore | undefined;
  readonly #made = new Map<'server' | 'proxy', SecureContext>();

  constructor(private readonly settings: TlsSettings) {}

  /** Whether every authority counts that is trusted here. */
  get isComplete(): boolean {
    return this.#store !== undefined;
  }

  /** Variables whose files of authorities could not be read. */
  get unreadable(): readonly string[] {
    return this.#store?.unreadable ?? [];
  }

  /** Reads all other authorities. */
  complete(): void {
    if (this.#store) return;
    this.#store = readTrustStore(process.env);
    this.#made.clear();
  }

  /**
   * With the certificate of the client, and the versions, for the server only: neither is meant for a proxy.
   *
   * @throws the error of OpenSSL where the certificate of the client cannot be used
   */
  for(peer: 'server' | 'proxy'): SecureContext {
    const made = this.#made.get(peer) ?? this.#create(peer === 'server');
    this.#made.set(peer, made);
    return made;
  }

  #create(isServer: boolean): SecureContext {
    const { client_certificate: cert, client_key: key, tls_minimum_version: version } = this.settings;
    return createSecureContext({
      ...this.#authorities(),
      ...(isServer && cert !== undefined && key !== undefined ? { cert, key: key.open() } : {}),
      ...(isServer && version !== undefined ? versionOptions[version] : {}),
    });
  }

  #authorities(): SecureContextOptions {
    const { ca_certificate: ca } = this.settings;
    if (this.#store) return { ca: [this.#store.certificates, ...(ca === undefined ? [] : [ca])] };
    return ca === undefined ? {} : { ca };
  }
}

/** Versions before 1.2 need what OpenSSL refuses by default: SHA-1, short keys, and servers without secure renegotiation. */
const formerOptions: SecureContextOptions = {
  ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0`,
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
};

const versionOptions: Readonly<Record<NonNullable<Settings['tls_minimum_version']>, SecureContextOptions>> = {
  '1.0': { minVersion: 'TLSv1', ...formerOptions },
  '1.1': { minVersion: 'TLSv1.1', ...formerOptions },
  '1.2': { minVersion: 'TLSv1.2' },
  '1.3': { minVersion: 'TLSv1.3' },
};
