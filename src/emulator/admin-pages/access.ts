/** Who gets in to the admin pages, and what the others see (reading-vicidial.md, section 1). */
import type { NonAgentApi } from '../non-agent-api';
import { defaultLanguage } from '../system-data';
import type { User } from '../store';
import { translatorFor, type Translate } from './language';
import { page, type Page } from './page';

const minLoginLevel = 1;
const minLevel = 8;
const minLevelWithReports = 7;

/** The user that the request comes from, or the page that ends it. */
export type Admission = { readonly user: User } | { readonly page: Page };

/**
 * Checks the login of a request for a page, and counts it: the counter is that of the API.
 *
 * @param credentials of HTTP Basic, as they were sent
 */
export function admit(api: NonAgentApi, credentials: Credentials): Admission {
  const { authentication, store } = api;
  const name = api.strip('user', credentials.user);
  const password = api.strip('pass', credentials.password);
  const translate = translatorFor(store.user(name)?.language ?? defaultLanguage);
  const login = authentication.check(name, password, minLoginLevel);
  login.record();
  if ('user' in login) {
    const refusal = accountPage(login.user, store.settings.first_login_trigger, translate);
    return refusal ? { page: refusal } : { user: login.user };
  }
  if (login.rejection === 'locked')
    return { page: line(translate, 'Too many login attempts, try again in 15 minutes', `|${name}|LOCK|`) };
  // The password is echoed.
  const incorrect = line(translate, 'Login incorrect, please try again', `|${name}|${password}|BAD|`);
  return { page: { ...incorrect, status: 401, headers: { 'www-authenticate': 'Basic realm="CONTACT-CENTER-ADMIN"' } } };
}

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** The login of an Authorization header; empty where there is none. */
export function readCredentials(authorization = ''): Credentials {
  const [, encoded = ''] = /^Basic +(\S+)$/iu.exec(authorization) ?? [];
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon === -1
    ? { user: decoded, password: '' }
    : { user: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

/** What a user with a correct login sees in place of every page, if anything. */
function accountPage(user: User, isUnfinished: boolean, translate: Translate): Page | undefined {
  if (user.blocked_page_address)
    return line(translate, 'Your IP Address is not allowed', `127.0.0.1: |${user.user}|IPBLOCK|`);
  const mayEnter = user.level >= minLevel || (user.level >= minLevelWithReports && user.view_reports);
  if (user.api_only_user || !mayEnter)
    return line(translate, 'You do not have permission to be here', `|${user.user}|GOOD|`);
  if (user.second_factor) return page(secondFactorPage(translate));
  if (isUnfinished) return page(licencePage(translate));
  if (user.admin_redirect !== '') return { status: 302, body: '', headers: { location: user.admin_redirect } };
  return user.level < minLevel ? page(reportsPage(translate)) : undefined;
}

/** A page of one line. */
function line(translate: Translate, text: string, data: string): Page {
  return page(`${translate(text)}: ${data}\n`);
}

function secondFactorPage(translate: Translate): string {
  return shortPage(
    translate('Two-Factor Authentication'),
    `<form action=admin.php method=POST>${translate('Enter the code that was sent to you')}: <input type=text name=auth_code size=10 maxlength=10 value=""><input type=submit name=SUBMIT value='${translate('SUBMIT')}'></form>`,
  );
}

function licencePage(translate: Translate): string {
  const text = 'This program is free software. Read the licence, and accept it to finish the installation.';
  return shortPage(
    translate('Licence'),
    `<p>${translate(text)}</p><a href="admin.php?ADD=999996">${translate('ACCEPT')}</a>`,
  );
}

function reportsPage(translate: Translate): string {
  const reports = ['Real-Time Report', 'Inbound Report', 'Outbound Calling Report', 'Agent Time Detail', 'User Stats'];
  const links = reports.map((name, index) => `<LI><a href='report_${index}.php'>${translate(name)}</a>\n`);
  return shortPage(translate('Reports'), `<UL>\n${links.join('')}</UL>`);
}

function shortPage(title: string, content: string): string {
  return `<html>\n<head><title>${title}</title></head>\n<BODY BGCOLOR=white>\n<B>${title}</B>\n${content}\n</body>\n</html>\n`;
}
