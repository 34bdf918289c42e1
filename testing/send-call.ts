/** Sends calls to a server in the form in which recordings have them. */
import { request } from 'undici';
import type { Pair, Step } from './recording';

/** A call as it is sent. */
export type Call = Pick<Step, 'method' | 'query' | 'body' | 'type' | 'raw_body'>;

export interface Answer {
  readonly status: number;
  readonly reply: string;
}

/**
 * Sends a call.
 *
 * @param timeoutMs for the head and for each part of the body
 */
export async function sendCall(url: string, call: Call, timeoutMs = 60_000): Promise<Answer> {
  const { method, query, type } = call;
  const sent = call.raw_body ?? (call.body && encode(call.body));
  const contentType = type ?? (call.body ? 'application/x-www-form-urlencoded' : undefined);
  const response = await request(query.length === 0 ? url : `${url}?${encode(query)}`, {
    // Any method may have been recorded; the type names those that undici knows.
    method: method as 'GET',
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    // Web application firewalls refuse calls without one.
    headers: { 'user-agent': 'phonestate', ...(contentType === undefined ? {} : { 'content-type': contentType }) },
    ...(sent === undefined ? {} : { body: sent }),
  });
  return { status: response.statusCode, reply: await response.body.text() };
}

/** All parameters of a call, in the order in which they are sent. */
export function parametersOf({ query, body = [] }: Call): readonly Pair[] {
  return [...query, ...body];
}

function encode(pairs: readonly Pair[]): string {
  return pairs
    .map(
      ([name, value, isEncoded = false]) =>
        `${encodeURIComponent(name)}=${isEncoded ? value : encodeURIComponent(value)}`,
    )
    .join('&');
}
