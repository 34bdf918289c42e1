/** The page of one phone alias (reading-vicidial.md, section 1). */
import { formRow, hiddenInput, submitInput, textInput } from './html';
import type { PageRequest } from './page';
import { userGroupChoice } from './phone-page-fields';

/** A form with the fields of an alias; they are empty where it does not exist or is hidden from the user. */
export function aliasPage(request: PageRequest): string {
  const { store, user, translate } = request;
  const found = store.alias(request.get('alias_id'));
  const alias = found && store.mayView(user, found.user_group) ? found : undefined;
  const id = alias?.alias_id ?? '';
  const rows = [
    ['Alias ID', 'alias_id', `<b>${id}</b>`],
    ['Alias Name', 'alias_name', textInput('alias_name', alias?.alias_name ?? '', { size: 30, maxLength: 50 })],
    ['Admin User Group', 'user_group', userGroupChoice('user_group', groupOf(alias), request)],
    [
      'Phones Logins List',
      'logins_list',
      textInput('logins_list', alias?.phone_logins ?? '', { size: 50, maxLength: 255 }),
    ],
  ] as const;
  return `<center><br><B>${translate('MODIFY A PHONE ALIAS')}</B><form action=admin.php method=POST>
<input type=hidden name=ADD value=42111111111>
${hiddenInput('alias_id', id)}
<TABLE width=750 cellspacing=3>
${rows.map(([label, name, field]) => formRow(translate(label), `phones_alias-${name}`, field)).join('')}<tr bgcolor=#B6D3FC><td align=center colspan=2>${submitInput(translate('SUBMIT'))}</td></tr>
</TABLE></form></center>
${deleteLink(request, id)}`;
}

function groupOf(alias: { readonly user_group?: string | null } | undefined): string {
  return alias ? (alias.user_group === undefined ? '---ALL---' : (alias.user_group ?? '')) : '';
}

/** The link is there exactly if the user may delete phones, whether the alias exists or not. */
function deleteLink({ user, translate }: PageRequest, id: string): string {
  const link = `<br><br><a href="admin.php?ADD=52111111111&alias_id=${id}">${translate('DELETE THIS PHONE ALIAS')}</a>\n`;
  return user.delete_phones ? link : '';
}
