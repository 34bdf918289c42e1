/**
 * The environment variable by which `phonestate rehearse` sends the calls of a run to emulators. It is no setting of the
 * provider: a configuration cannot have it. It names one rehearsal, by an address of this machine and a token that was
 * made for it, so that a variable that was left behind leads nowhere.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { Secret } from '../model/secret';
import { hostOf, isLoopback } from './loopback';

export const rehearsalVariable = 'PHONESTATE_REHEARSAL';

/** What the host of a rehearsal answers to: who it is, and where the calls to a system go. */
export const rehearsalPaths = { proof: '/proof', systems: '/systems' } as const;

/** How the host refuses: a run that is not of this rehearsal, or a system that it cannot read. */
export const rehearsalStatus = { otherRun: 403, withoutRows: 422 } as const;

export interface Rehearsal {
  /** Where the host of the rehearsal listens: scheme, host and port. */
  readonly origin: string;
  readonly token: Secret;
}

const tokenForm = /^[0-9a-f]{64}$/u;

/** The value of the variable. It is a secret: with it the host can be asked for an emulator. */
export function rehearsalValue({ origin, token }: Rehearsal): string {
  return `${origin}/#${token.open()}`;
}

/**
 * Reads the variable.
 *
 * @returns undefined where it is not set; `problem`, which does not show the value, where it is not one of a rehearsal
 */
export function readRehearsal(environment: NodeJS.ProcessEnv): Rehearsal | { readonly problem: string } | undefined {
  const value = environment[rehearsalVariable];
  if (!value) return undefined;
  const form = `${rehearsalVariable} must have the form http://127.0.0.1:PORT/#TOKEN.`;
  if (!URL.canParse(value)) return { problem: form };
  const url = new URL(value);
  // A name could be resolved to any address.
  if (isIP(hostOf(url)) === 0 || !isLoopback(url))
    return { problem: `${form} Only an address of this machine is accepted: 127.0.0.1 or [::1].` };
  const { protocol, username, password, pathname, search, port } = url;
  const token = url.hash.slice(1);
  const isPlain = [username, password, search].every((part) => part === '') && pathname === '/' && port !== '';
  if (protocol !== 'http:' || !isPlain || !tokenForm.test(token)) return { problem: form };
  return { origin: url.origin, token: new Secret(token) };
}

/** What shows that the host knows the token, without showing the token. */
export function proofOf(token: Secret, nonce: string): string {
  return createHmac('sha256', token.open()).update(`phonestate rehearsal ${nonce}`).digest('hex');
}

/** Whether two texts are equal, in a time that does not tell where they differ. */
export function equalSecrets(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
