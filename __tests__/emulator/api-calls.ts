/** The API of a small system, called by words, for the tests of the emulator. */
import type { BuildNames } from '../../src/emulator/builds';
import { NonAgentApi } from '../../src/emulator/non-agent-api';
import { systemData, type SystemInput } from '../../src/emulator/system-data';

const system: SystemInput = {
  servers: ['10.0.0.11', '10.0.0.12'],
  templates: ['SIP_generic'],
  user_groups: [{ name: 'SALES', viewable_groups: ['SALES'] }],
  users: [
    { user: '6666', password: 'good' },
    { user: 'nodel', password: 'good', delete_phones: false },
    { user: 'noadmin', password: 'good', ast_admin_access: false },
    { user: 'noapi', password: 'good', api_access: false },
    { user: 'level7', password: 'good', level: 7 },
    { user: 'level6', password: 'good', level: 6 },
    { user: 'idle', password: 'good', active: false },
    { user: 'listed', password: 'good', allowed_functions: ['add_phone'] },
    { user: 'sales', password: 'good', user_group: 'SALES' },
    { user: 'elsewhere', password: 'good', blocked_address: true },
    { user: 'factor', password: 'good', second_factor: true },
  ],
};

export const newPhone =
  'function=add_phone extension=55000 dialplan_number=55000 voicemail_id=55000 phone_login=55000 phone_pass=test server_ip=10.0.0.11 protocol=SIP registration_password=test phone_full_name=Extension_55000 local_gmt=-5.00 outbound_cid=7275551212';
export const update = 'function=update_phone extension=55000 server_ip=10.0.0.11';

/** The API of a system, and a way to call it with `name=value` words; later words win. */
export function startApi(build = '241004', more: Partial<SystemInput> = {}, now?: () => number, names?: BuildNames) {
  const api = new NonAgentApi(systemData.parse({ ...system, ...more }), build, now, names);
  const parametersOf = (words: string) =>
    new Map(
      `user=6666 pass=good source=test ${words}`
        .split(' ')
        .map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const),
    );
  const send = (words: string) => api.call(parametersOf(words));
  const call = (words: string) => send(words).body.trimEnd();
  const stored = (extension = '55000') => api.store.phone('10.0.0.11', extension);
  return { api, parametersOf, send, call, stored };
}
