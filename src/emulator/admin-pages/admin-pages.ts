/** The admin pages without HTTP: a login and parameters in, one page out (reading-vicidial.md, section 1). */
import type { NonAgentApi } from '../non-agent-api';
import { admit, type Credentials } from './access';
import { aliasPage } from './alias-page';
import { translatorFor } from './language';
import { aliasList, phoneList } from './lists';
import { pageWithMenu } from './menu';
import { page, type Page, type PageRequest } from './page';
import { phonePage } from './phone-page';

interface View {
  /** What the page shows beside the menu. */
  readonly content: (request: PageRequest) => string;
  /** Whether the user needs one of the permissions for phones. */
  readonly restricted: boolean;
}

/** By the parameter `ADD`. */
const views: Readonly<Record<string, View>> = {
  '31111111111': { content: phonePage, restricted: true },
  '32111111111': { content: aliasPage, restricted: true },
  '10000000000': { content: phoneList, restricted: false },
  '12000000000': { content: aliasList, restricted: false },
};

export class AdminPages {
  constructor(private readonly api: NonAgentApi) {}

  /** Serves a page. Data does not change; the counter of logins, which is that of the API, does. */
  serve(parameters: ReadonlyMap<string, string>, credentials: Credentials): Page {
    const admission = admit(this.api, credentials);
    if ('page' in admission) return admission.page;
    const { user } = admission;
    const { store, build } = this.api;
    const translate = translatorFor(user.language);
    const get = (name: string) => parameters.get(name) ?? '';
    const view = Object.hasOwn(views, get('ADD')) ? views[get('ADD')] : undefined;
    const content = !view
      ? `<B>${translate('System Summary')}</B>\n`
      : view.restricted && !user.ast_admin_access && !user.modify_phones
        ? `${translate('You do not have permission to view this page')}\n`
        : view.content({ store, build, user, translate, get });
    return page(pageWithMenu(translate, content));
  }
}
