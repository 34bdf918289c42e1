/** What the admin pages show to a user who does not get in, and pages that are none of theirs, as failures. */
import { failure, PhonestateError, type FailureCode } from '../../model/failures';
import { unexpectedResponseError } from '../api/response-errors';
import type { HttpResponse } from '../transport';

/**
 * The user does not get in to the admin pages, or something else answers at their address. It says nothing about the
 * API, and is no failed login. A page that is broken is a plain PhonestateError.
 */
export class AdminAccessError extends PhonestateError {
  constructor(what: string, code: FailureCode = 'admin-pages-unreadable') {
    super(failure(code, { what }));
    this.name = 'AdminAccessError';
  }
}

/** A page that is not as it should be: cut off, or about another object. */
export function brokenPageError(what: string): PhonestateError {
  return PhonestateError.of('admin-pages-unreadable', { what });
}

/**
 * Checks a response before its page is parsed.
 *
 * @throws PhonestateError `login-incorrect` or `login-locked`, which count for the API as well; `server-busy` or
 * `server-failed`; an AdminAccessError where the user does not get in
 */
export function requirePage(response: HttpResponse, user: string, url: string): void {
  const { status, location, body } = response;
  requireLogin(body, user, url);
  if (status >= 300 && status < 400) {
    throw new AdminAccessError(
      `User ${user} is redirected from ${url} (HTTP ${status}) to ${location ?? 'no address'}.`,
    );
  }
  if (status >= 500 || (status === 200 && body.trim() === '')) throw unexpectedResponseError(response);
  if (status === 401 && response.authenticate !== undefined) {
    const what = `The web server of ${url} wants a login of its own (HTTP 401). It would be in the header that VICIdial's login is in, so the admin pages cannot be read behind it. Set admin_url to an address without that login, or database_url.`;
    throw new AdminAccessError(what);
  }
  if (status === 401 || status === 403) {
    throw new AdminAccessError(`The web server of ${url} refuses access itself (HTTP ${status}).`);
  }
  if (status === 404) throw new AdminAccessError(`There is no page at ${url} (HTTP 404).`);
  if (status !== 200) throw brokenPageError(`The response of ${url} is HTTP ${status}.`);
}

/** A refusal is one line that may be translated. Its end is not: user, password and a state. */
function requireLogin(body: string, user: string, url: string): void {
  const [, state] = /^[^\n]*\|([A-Z0-9]+)\|$/u.exec(body.trim()) ?? [];
  if (state === 'BAD') throw refusedLogin('login-incorrect', `${url} refused the login of user ${user}.`);
  if (state === 'LOCK') throw refusedLogin('login-locked', `${url} refused user ${user}, who is locked.`);
  if (state === 'IPBLOCK') {
    const what = `${url} does not accept user ${user} from the address of this machine. The list of the user group for the admin pages counts, not the one for the API.`;
    throw new AdminAccessError(what, 'login-address');
  }
  if (state === '2FA') throw secondFactorError(user, url);
  if (state === 'GOOD') {
    const what = `User ${user} may not open ${url}: it is api_only_user, or its level is below 8.`;
    throw new AdminAccessError(what);
  }
}

function refusedLogin(code: 'login-incorrect' | 'login-locked', what: string): PhonestateError {
  return PhonestateError.of(code, { what });
}

function secondFactorError(user: string, url: string): AdminAccessError {
  const what = `${url} asks user ${user} for a second factor.`;
  return new AdminAccessError(what, 'login-second-factor');
}

/**
 * The failure of a page that lacks the form or list that it must have. A whole page means that the user sees this page
 * instead; one that is cut off means nothing.
 */
export function missingContentError(body: string, user: string, url: string): PhonestateError {
  if (!isWholePage(body)) {
    return brokenPageError(`The page of ${url} is cut off: its end is missing (${body.length} characters).`);
  }
  if (noPermission.test(body)) {
    const what = `User ${user} may open ${url}, but has neither "AST Admin Access" nor "Modify Phones".`;
    return new AdminAccessError(what);
  }
  if (hasMenu(body)) {
    const what = `${url} shows user ${user} another page than the one that was asked for. The user may have neither "AST Admin Access" nor "Modify Phones", or only reports.`;
    return new AdminAccessError(what);
  }
  if (secondFactor.test(body)) return secondFactorError(user, url);
  if (reports.test(body)) {
    return new AdminAccessError(`User ${user} sees the reports of ${url} only, as users of level 7 do.`);
  }
  if (licence.test(body)) {
    const what = `${url} shows the licence: the installation of VICIdial was never finished on the admin pages.`;
    return new AdminAccessError(what);
  }
  const what = `The page of ${url} has not the form or list that it must have. Another application or a login page may answer there.`;
  return new AdminAccessError(what);
}

/** Whether a page has its end. */
export function isWholePage(body: string): boolean {
  return /<\/html\s*>/iu.test(body.slice(-1000));
}

const noPermission = /You do not have permission to view this page/u;
const secondFactor = /two[ -]?factor|second factor|2FA|auth_code/iu;
const reports = /<title>[^<]*report|\bAST_\w+\.php/iu;
const licence = /licen[cs]e/iu;

/** Whether a page has the menu. That has some dozens of links; pages without it have one or two. */
export function hasMenu(body: string): boolean {
  return (body.match(/[?&]ADD=\d/gu) ?? []).length >= 10;
}
