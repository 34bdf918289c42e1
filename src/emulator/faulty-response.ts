/** Answers with a fault: what is done, what is said, and how the connection fares. */
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './faults';

export interface HttpResponse {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes after which the connection breaks; 0 before anything is said. */
  readonly breakAfter?: number;
  /** Nothing is said at all, and the connection stays open. */
  readonly silent?: boolean;
}

const page = (status: number, title: string, headers: Readonly<Record<string, string>> = {}): HttpResponse => ({
  status,
  type: 'text/html',
  body: `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
  headers,
});

/**
 * @param work does what the call asks for, and answers it
 * @param undone notes a call that was not worked on
 */
export async function withFault(
  fault: Fault | undefined,
  parameters: ReadonlyMap<string, string>,
  work: () => HttpResponse,
  undone: () => void,
): Promise<HttpResponse> {
  if (!fault) return work();
  if (fault.kind === 'delay') {
    await pause(fault.milliseconds);
    return work();
  }
  if (fault.kind === 'reset-after') return { ...work(), breakAfter: 0 };
  if (fault.kind === 'error-after') return { ...work(), status: 500, body: '' };
  if (fault.kind === 'half-reply') {
    const whole = work();
    return { ...whole, breakAfter: Math.floor(whole.body.length / 2) };
  }
  undone();
  return replacementResponse(fault, parameters);
}

function replacementResponse({ kind, seconds }: Fault, parameters: ReadonlyMap<string, string>): HttpResponse {
  if (kind === 'error-before') return { ...page(500, ''), body: '' };
  if (kind === 'bad-gateway') return page(502, 'Bad Gateway');
  if (kind === 'busy') return page(503, 'Service Unavailable', { 'retry-after': String(seconds) });
  if (kind === 'empty') return { ...page(200, ''), body: '' };
  if (kind === 'html') return page(200, 'Maintenance');
  if (kind === 'success-without-work') return { ...page(200, ''), body: falseSuccess(parameters) };
  // Refused, broken before the work, or without an end.
  return { ...page(200, ''), ...(kind === 'hang' ? { silent: true } : { breakAfter: 0 }) };
}

/** What the server would have said. */
function falseSuccess(parameters: ReadonlyMap<string, string>): string {
  const name = parameters.get('function') ?? '';
  const noun = name.endsWith('_alias') ? 'PHONE ALIAS' : 'PHONE';
  const deletes = parameters.get('delete_phone') === 'Y' || parameters.get('delete_alias') === 'Y';
  const done = name.startsWith('add') ? 'ADDED' : deletes ? 'DELETED' : 'UPDATED';
  return `SUCCESS: ${name} ${noun} HAS BEEN ${done} - ${parameters.get('user')}|${parameters.get('extension') ?? parameters.get('alias_id')}|\n`;
}

/** Sends an answer, as far as it goes. */
export function deliver(
  response: ServerResponse,
  { status, type, body, headers = {}, breakAfter, silent = false }: HttpResponse,
): void {
  if (silent) return;
  if (breakAfter === 0) {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers });
  if (breakAfter === undefined) response.end(body);
  else response.write(body.slice(0, breakAfter), () => response.socket?.resetAndDestroy());
}
