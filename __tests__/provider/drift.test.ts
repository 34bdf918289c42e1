/** Every field of a phone, changed on the server by other means than the API, as each reader sees it. */
import { phoneFields, type PhoneFieldName } from '../../src/model/phone-fields';
import type { FieldDefinition } from '../../src/model/field-definition';
import type { Value } from '../../src/terraform/value';
import { details, plannedBy } from './server';
import { inState, useReaders } from './readers';

jest.setTimeout(120_000);

interface Change {
  readonly declared: string | number;
  /** Another value that the API could write. */
  readonly changed: string;
  /** A value that it could not. Columns that hold only choices have none. */
  readonly unwritable?: string;
  /** Whether the column may be NULL. Default: true. */
  readonly nullable?: false;
}

// prettier-ignore
const changes: Readonly<Record<Exclude<PhoneFieldName, 'extension' | 'server_ip'>, Change>> = {
  local_gmt: { declared: '-5.00', changed: '-6.00', unwritable: '-5.25' },
  email: { declared: 'desk@example.com', changed: 'other@example.com', unwritable: 'a+b@example.com' },
  phone_context: { declared: 'default', changed: 'trunk', unwritable: 'a b' },
  phone_full_name: { declared: 'Desk', changed: 'Other desk', unwritable: 'Desk (second floor)' },
  registration_password: { declared: 'deviceSecret', changed: 'otherSecret', unwritable: 'other secret!' },
  protocol: { declared: 'SIP', changed: 'IAX2', unwritable: 'PJSIP' },
  phone_pass: { declared: 'agentSecret', changed: 'otherSecret', unwritable: 'other secret!' },
  phone_login: { declared: '55000', changed: '55000x', unwritable: 'a.b' },
  voicemail_id: { declared: '55000', changed: '55009', unwritable: '5-5' },
  dialplan_number: { declared: '55000', changed: '55009', unwritable: '5 5' },
  active: { declared: 'Y', changed: 'N' },
  outbound_cid: { declared: '7275551212', changed: '7275550000', unwritable: '911' },
  admin_user_group: { declared: 'ADMIN', changed: 'SALES', unwritable: 'a b' },
  outbound_alt_cid: { declared: '7275551213', changed: '7275550000', unwritable: '911' },
  phone_ring_timeout: { declared: 45, changed: '30', unwritable: '250' },
  delete_vm_after_email: { declared: 'N', changed: 'Y' },
  is_webphone: { declared: 'N', changed: 'Y_API_LAUNCH' },
  webphone_auto_answer: { declared: 'Y', changed: 'N' },
  use_external_server_ip: { declared: 'N', changed: 'Y' },
  on_hook_agent: { declared: 'N', changed: 'Y' },
  template_id: { declared: 'SIP_generic', changed: 'WebRTC', unwritable: 'no such one', nullable: false },
};

const fields = Object.entries(phoneFields) as [PhoneFieldName, FieldDefinition][];
const cases = fields
  .filter(([, { key }]) => !key)
  .flatMap(([name, { secret = false }]) => {
    const { declared, changed, unwritable, nullable = true } = changes[name as keyof typeof changes];
    return [
      { name, secret, declared, what: 'changed by hand', stored: changed },
      ...(nullable ? [{ name, secret, declared, what: 'set to NULL', stored: null }] : []),
      ...(unwritable === undefined
        ? []
        : [{ name, secret, declared, what: 'set to something the API cannot write', stored: unwritable }]),
    ];
  });

/** What state has of a stored value. */
function observed(name: PhoneFieldName, stored: string | null): Value {
  if (stored === null) return null;
  return name === 'phone_ring_timeout' ? Number(stored) : stored;
}

const readers = useReaders();

describe.each(readers)('read from $reader', (system) => {
  test.each(cases)('$name, $what, is planned back where it is managed', async ({ name, declared, stored }) => {
    system.store('55000', { [name]: String(declared) });
    const config = { server_ip: '10.0.0.11', extension: '55000', [name]: declared };
    const walk = await system.start();
    const before = plannedBy(await walk.read('vicidial_phone', inState('55000', { [name]: declared })));
    expect(before[name]).toEqual(declared);

    system.store('55000', { [name]: stored });
    const later = await system.start();
    const state = plannedBy(await later.read('vicidial_phone', before));
    expect(state).toEqual({ ...before, [name]: observed(name, stored) });
    const plan = await later.plan('vicidial_phone', config, state);
    expect(plan.codes).toEqual([]);
    expect(plan.planned).toMatchObject({ ...state, [name]: declared });
  });

  test.each(cases)(
    '$name, $what, is only shown where it is not managed',
    async ({ name, secret, declared, stored }) => {
      system.store('55000', { [name]: String(declared) });
      const walk = await system.start();
      const before = plannedBy(await walk.read('vicidial_phone', inState('55000')));
      expect(before[name]).toEqual(secret ? null : declared);

      system.store('55000', { [name]: stored });
      const later = await system.start();
      const state = plannedBy(await later.read('vicidial_phone', before));
      expect(state[name]).toEqual(secret ? null : observed(name, stored));
      const plan = await later.plan('vicidial_phone', { server_ip: '10.0.0.11', extension: '55000' }, state);
      expect(plan.codes).toEqual([]);
      expect(plan.planned).toEqual(state);
    },
  );
});

test('a value on an admin page that cannot be read is a warning where state has one', async () => {
  const [admin] = readers;
  if (!admin) throw new Error('there are admin pages');
  admin.store('55000', { phone_full_name: 'Desk "A"' });
  const walk = await admin.start();
  const read = await walk.read('vicidial_phone', inState('55000', { phone_full_name: 'Desk' }));
  expect(read.codes).toEqual(['value-unreadable']);
  expect(details(read)).toContain('could not be read: phone_full_name');
  expect(read.planned).toMatchObject({ phone_full_name: 'Desk' });
  expect((await walk.read('vicidial_phone', inState('55000'))).codes).toEqual([]);
});
