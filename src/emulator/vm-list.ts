/** The function vm_list: the mailboxes of the active phones that the user may view, as HTML (vicidial-api.md, section 9). */
import { rejected, type ApiRequest, type Outcome } from './request';

/** Nothing is escaped, as the server writes it. */
export function listMailboxes({ store, user }: ApiRequest): Outcome {
  const rows = store.phones
    .filter(({ active, admin_user_group }) => active === 'Y' && store.mayView(user, admin_user_group))
    .map(
      ({ voicemail_id, extension, phone_full_name, email }) =>
        `<tr><td>${voicemail_id ?? ''}</td><td>${extension ?? ''} - ${phone_full_name ?? ''}</td><td>${email ?? ''}</td></tr>\n`,
    );
  const body = `<html>\n<head><title>Voicemail boxes</title></head>\n<body>\n<table border=1>\n${rows.join('')}</table>\n</body>\n</html>\n`;
  return rejected({ status: 200, body });
}
