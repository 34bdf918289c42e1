/** The page of one phone (reading-vicidial.md, section 1). */
import type { Phone } from '../store';
import { formRow, hiddenInput, submitInput, textInput } from './html';
import type { PageRequest } from './page';
import { phonePageFields } from './phone-page-fields';
import { unmanagedRows } from './unmanaged-rows';

/** A form with the fields of a phone; they are empty where it does not exist or is hidden from the user. */
export function phonePage(request: PageRequest): string {
  const { store, user, translate } = request;
  const found = store.phone(request.get('server_ip'), request.get('extension'));
  const phone = found && store.mayView(user, found.admin_user_group) ? found : {};
  const [extension, server] = [phone.extension ?? '', phone.server_ip ?? ''];
  return `<center><br><B>${translate('MODIFY A PHONE RECORD')}: ${extension}</B><form action=admin.php method=POST>
<input type=hidden name=ADD value=41111111111>
${hiddenInput('old_extension', extension)}
${hiddenInput('old_server_ip', server)}
<TABLE width=750 cellspacing=3>
${managedRows(request, phone)}${unmanagedRows(translate)}<tr bgcolor=#B6D3FC><td align=center colspan=2>${submitInput(translate('SUBMIT'))}</td></tr>
</TABLE></form></center>
${deleteLink(request, extension, server)}`;
}

function managedRows({ store, build, translate }: PageRequest, phone: Phone): string {
  return phonePageFields
    .filter(({ sinceBuild = 0 }) => build.number >= sinceBuild)
    .map(({ name, column = name, label, field }) => {
      const value = phone[column] ?? '';
      const input =
        typeof field === 'function' ? field(name, value, { store, translate }) : textInput(name, value, field);
      return formRow(translate(label), `phones-${name}`, input);
    })
    .join('');
}

/** The link is there exactly if the user may delete phones, whether the phone exists or not. */
function deleteLink({ user, translate }: PageRequest, extension: string, server: string): string {
  const query = `ADD=51111111111&extension=${extension}&server_ip=${server}`;
  return user.delete_phones ? `<br><br><a href="admin.php?${query}">${translate('DELETE THIS PHONE')}</a>\n` : '';
}
