/** A response that is not a reply of the API, as a failure by its HTTP status and form. */
import { failure, PhonestateError } from '../../model/failures';
import type { HttpResponse } from '../transport';
import { parseDatabaseError } from './reply';

/** What is known when a response comes that is no reply. */
export interface ResponseCircumstances {
  /** Whether the server has answered earlier calls of this run: what refuses one now is no missing permission. */
  readonly hasAnswered?: boolean;
}

/** The failure that an HTTP response amounts to which is not a reply of the API. */
export function unexpectedResponseError(
  response: HttpResponse,
  { hasAnswered = false }: ResponseCircumstances = {},
): PhonestateError {
  const { origin, status, location, body } = response;
  if (status >= 300 && status < 400) {
    return PhonestateError.of('redirected', {
      what: `The response of ${origin} is a redirect (${status}) to ${location ?? 'no address'}.`,
    });
  }
  if (status === 502 || status === 503 || status === 504) return waitError('server-busy', response);
  if (status === 429 || (status === 403 && hasAnswered)) return waitError('rate-limited', response);
  const reason = parseDatabaseError(body);
  if (reason !== undefined) {
    const what = `VICIdial at ${origin} could not connect to its database: ${reason === '' ? 'no reason is given' : reason}.`;
    return PhonestateError.of('server-database-failed', { what });
  }
  return otherResponseError(response);
}

function waitError(code: 'server-busy' | 'rate-limited', { origin, status, retryAfterSeconds }: HttpResponse) {
  const wait = retryAfterSeconds === undefined ? '' : ` It asks to wait ${retryAfterSeconds} seconds.`;
  return new PhonestateError(failure(code, { what: `The response of ${origin} is HTTP ${status}.${wait}` }), {
    retryAfterSeconds,
  });
}

function otherResponseError({ origin, status, contentType, body }: HttpResponse): PhonestateError {
  const isEmpty = body.trim() === '';
  if (status >= 500 || (isEmpty && status < 400)) {
    return PhonestateError.of('server-failed', {
      what: `The response of ${origin} is HTTP ${status}${isEmpty ? ' without content' : ''}.`,
    });
  }
  const type = contentType || 'no stated type';
  const content = isEmpty
    ? 'without content'
    : `with ${body.length} characters of ${type} that are not a reply of the API`;
  const what = `The response of ${origin} is HTTP ${status} ${content}.`;
  return PhonestateError.of('unexpected-response', { what, remedy: status === 403 ? forbiddenRemedy : undefined });
}

const forbiddenRemedy =
  'Let the web server accept the API from this machine. Where an access proxy stands in front of it, set headers to the token that the proxy accepts. Check that VICIDIAL_URL ends in /vicidial/non_agent_api.php.';
