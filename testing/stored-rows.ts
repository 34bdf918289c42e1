/** Rows of a sample as a reader shows them. */
import { Secret } from '../src/model/secret';
import type { StoredObject, SystemRows } from '../src/model/system-rows';
import type { SampleRows } from './sample-seats';

/** What a new row has in columns that a sample leaves out. */
const columnDefaults = {
  protocol: 'SIP',
  local_gmt: '-5.00',
  phone_context: 'default',
  active: 'Y',
  admin_user_group: '---ALL---',
  outbound_alt_cid: '',
  phone_ring_timeout: '60',
  delete_vm_after_email: 'N',
  is_webphone: 'N',
  webphone_auto_answer: 'Y',
  use_external_server_ip: 'N',
  on_hook_agent: 'N',
  template_id: '',
};

const secretNames = ['phone_pass', 'registration_password'];

/** As the database reader has them: NULL is empty, numbers are numbers, passwords are secrets. */
export function storedRows({ phones, aliases }: SampleRows): SystemRows {
  return {
    phones: phones.map((row): StoredObject => {
      const values = Object.entries({ ...columnDefaults, ...row }).map(([name, value]) => {
        const text = value === '--NONE--' ? '' : (value ?? '');
        if (secretNames.includes(name)) return [name, new Secret(text)];
        return [name, name === 'phone_ring_timeout' && text !== '' ? Number(text) : text];
      });
      return { values: Object.fromEntries(values) as StoredObject['values'] };
    }),
    aliases: aliases.map(({ alias_id, alias_name, phone_logins }) => ({
      values: { alias_id, alias_name, phone_logins },
    })),
  };
}
