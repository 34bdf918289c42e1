/** A response that is not a reply of the API, as a failure by its HTTP status and form. */
import { failure, PhonestateError } from '../../model/failures';
import type { HttpResponse } from '../transport';

/** The failure that an HTTP response amounts to which is not a reply of the API. */
export function unexpectedResponseError(response: HttpResponse): PhonestateError {
  const { status, contentType, location, body, retryAfterSeconds } = response;
  if (status >= 300 && status < 400) {
    return PhonestateError.of('redirected', {
      what: `The response is a redirect (${status}) to ${location ?? 'no address'}.`,
    });
  }
  if (status === 502 || status === 503 || status === 504) {
    const wait = retryAfterSeconds === undefined ? '' : ` It asks to wait ${retryAfterSeconds} seconds.`;
    const busy = failure('server-busy', { what: `The response is HTTP ${status}.${wait}` });
    return new PhonestateError(busy, { retryAfterSeconds });
  }
  const isEmpty = body.trim() === '';
  if (status >= 500 || isEmpty) {
    return PhonestateError.of('server-failed', {
      what: `The response is HTTP ${status}${isEmpty ? ' without content' : ''}.`,
    });
  }
  const type = contentType || 'no stated type';
  const what = `The response is HTTP ${status} with ${body.length} characters of ${type} that are not a reply of the API.`;
  return PhonestateError.of('unexpected-response', { what });
}
