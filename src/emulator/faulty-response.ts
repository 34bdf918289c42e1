/** Responds with a fault: whether the call is executed, what is sent, and where the connection breaks. */
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './faults';

export interface HttpResponse {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes of the body after which the connection is reset; 0 to send nothing at all. */
  readonly resetAfter?: number;
  /** Sends nothing, and leaves the connection open. */
  readonly hang?: boolean;
}

/** The two ways to treat a call. */
export interface CallHandlers {
  /** Executes the call, and returns its response. */
  readonly execute: () => HttpResponse | Promise<HttpResponse>;
  /** Records a call that a fault keeps from being executed. */
  readonly skip: () => void;
}

/** Responds to a call, with a fault where there is one. */
export async function respondWithFault(
  fault: Fault | undefined,
  parameters: ReadonlyMap<string, string>,
  { execute, skip }: CallHandlers,
): Promise<HttpResponse> {
  if (!fault) return execute();
  if (fault.kind === 'delay') {
    await pause(fault.milliseconds);
    return execute();
  }
  if (fault.kind === 'reset-after') return { ...(await execute()), resetAfter: 0 };
  if (fault.kind === 'error-after') return { ...(await execute()), status: 500, body: '' };
  if (fault.kind === 'error-with-reply') return { ...(await execute()), status: 500 };
  if (fault.kind === 'php-warnings') return withWarnings(await execute());
  if (fault.kind === 'half-reply') {
    const response = await execute();
    return { ...response, resetAfter: Math.floor(response.body.length / 2) };
  }
  if (fault.kind === 'cut-page') {
    const response = await execute();
    return { ...response, body: response.body.slice(0, Math.floor(response.body.length * fault.share)) };
  }
  skip();
  return replacementResponse(fault, parameters);
}

/** Sends a response as far as its fault lets it. */
export function sendResponse(
  response: ServerResponse,
  { status, type, body, headers = {}, resetAfter, hang = false }: HttpResponse,
): void {
  if (hang) return;
  if (resetAfter === 0) {
    response.socket?.resetAndDestroy();
    return;
  }
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length, ...headers });
  if (resetAfter === undefined) response.end(bytes);
  else response.write(bytes.subarray(0, resetAfter), () => response.socket?.resetAndDestroy());
}

/** What is sent in place of the reply of a call that is not executed. */
function replacementResponse({ kind, seconds }: Fault, parameters: ReadonlyMap<string, string>): HttpResponse {
  if (kind === 'error-before') return html(500, '');
  if (kind === 'bad-gateway') return page(502, 'Bad Gateway');
  if (kind === 'busy') return page(503, 'Service Unavailable', { 'retry-after': String(seconds) });
  if (kind === 'empty') return html(200, '');
  if (kind === 'too-many-connections') return html(200, 'MySQL connect ERROR:  Too many connections\n');
  if (kind === 'html') return page(200, 'Maintenance');
  if (kind === 'other-application') return html(200, otherApplication);
  if (kind === 'success-without-work') return html(200, falseSuccess(parameters));
  // What is left is `hang`, `refuse` and `reset-before`.
  return { ...html(200, ''), ...(kind === 'hang' ? { hang: true } : { resetAfter: 0 }) };
}

function html(status: number, body: string): HttpResponse {
  return { status, type: 'text/html', body };
}

function page(status: number, title: string, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  const body = `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { ...html(status, body), headers };
}

/** A reply behind the messages of PHP, where its settings display them. */
function withWarnings(response: HttpResponse): HttpResponse {
  const warnings = ['Undefined variable $DBout', 'Trying to access array offset on value of type null'].map(
    (text, index) =>
      `<br />\n<b>Warning</b>:  ${text} in <b>/srv/www/htdocs/vicidial/non_agent_api.php</b> on line <b>${90 + index}</b><br />\n`,
  );
  return { ...response, body: `${warnings.join('')}${response.body.toString()}` };
}

/** A page with fields that have names of the admin pages. */
const otherApplication = `<html><head><title>Webmail</title></head><body><form method=post>
<input type=text name=login value=""><input type=password name=pass value=""><input type=hidden name=ADD value="1">
</form></body></html>
`;

/** The reply of a successful call, for one that is not executed. */
function falseSuccess(parameters: ReadonlyMap<string, string>): string {
  const name = parameters.get('function') ?? '';
  const noun = name.endsWith('_alias') ? 'PHONE ALIAS' : 'PHONE';
  const deletes = parameters.get('delete_phone') === 'Y' || parameters.get('delete_alias') === 'Y';
  const done = name.startsWith('add') ? 'ADDED' : deletes ? 'DELETED' : 'UPDATED';
  const key = ['extension', 'server_ip', 'alias_id'].flatMap((field) => parameters.get(field) ?? []).join('|');
  return `SUCCESS: ${name} ${noun} HAS BEEN ${done} - ${parameters.get('user')}|${key}|\n`;
}
