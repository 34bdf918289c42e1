/** Plans of every kind, for tests of reports, with the log of those that have one. */
import { resourceChange, samplePlan, storedPhone } from './sample-plan';

type Fields = Readonly<Record<string, unknown>>;

export interface SamplePlan {
  readonly plan: string;
  readonly log?: string;
}

/** Passwords that no report may contain. The first has characters that are escaped in JSON, HTML, Markdown and URLs. */
export const samplePasswords = ['p"a\\s<s>&`w`@rd 1', 'N3ver-shown', 'hunter22'] as const;

const [hard, , short] = samplePasswords;
const desk = storedPhone('55000');

function phones(count: number, first = 10_000, fields: Fields = {}): Fields[] {
  return Array.from({ length: count }, (_, index) => storedPhone(String(first + index), fields));
}

function destroyed(before: Fields, more: Fields = {}) {
  const { extension = '' } = before as { readonly extension?: string };
  return resourceChange(`vicidial_phone.phone-${extension}`, ['delete'], before, null, {
    action_reason: 'delete_because_no_resource_config',
    ...more,
  });
}

function updated(before: Fields, fields: Fields, more: Fields = {}) {
  const { extension = '' } = before as { readonly extension?: string };
  return resourceChange(`vicidial_phone.phone-${extension}`, ['update'], before, { ...before, ...fields }, more);
}

function created(after: Fields, more: Fields = {}) {
  const { extension = '' } = after as { readonly extension?: string };
  return resourceChange(`vicidial_phone.phone-${extension}`, ['create'], null, after, more);
}

/** A value in everything that a plan may have a text of. */
function everywhere(value: string): string {
  return samplePlan([updated(desk, { phone_full_name: value, email: value })], {
    checks: [
      {
        address: { kind: 'check', to_display: 'check.names' },
        status: 'fail',
        instances: [{ status: 'fail', problems: [{ message: value }] }],
      },
    ],
    output_changes: {
      name: {
        actions: ['create'],
        before: null,
        after: value,
        after_unknown: false,
        before_sensitive: false,
        after_sensitive: false,
      },
    },
    resource_drift: [
      resourceChange('vicidial_phone.other', ['update'], storedPhone('55009'), {
        ...storedPhone('55009'),
        email: value,
      }),
    ],
  });
}

const diagnostic = (address: string, detail: string, summary = 'Phone exists already') => ({
  '@level': 'error',
  type: 'diagnostic',
  diagnostic: {
    severity: 'error',
    summary,
    detail,
    address,
    range: { filename: 'main.tf', start: { line: 12, column: 1, byte: 1 }, end: { line: 12, column: 9, byte: 9 } },
    snippet: { code: `phone_pass = ${JSON.stringify(short)}`, context: 'resource', start_line: 12 },
  },
});

function log(...lines: readonly unknown[]): string {
  return lines.map((line) => JSON.stringify(line)).join('\n');
}

const errored = samplePlan([created(storedPhone('55001'))], { errored: true, complete: false, applyable: false });

/** By name. */
export const samplePlans: Readonly<Record<string, SamplePlan>> = {
  create: { plan: samplePlan([created(storedPhone('55001')), created(storedPhone('55002'))]) },
  update: { plan: samplePlan([updated(desk, { outbound_cid: '7275559999' })]) },
  replace: {
    plan: samplePlan([
      resourceChange(
        'vicidial_phone.desk',
        ['delete', 'create'],
        desk,
        { ...storedPhone('55009'), adopted: null },
        {
          action_reason: 'replace_because_cannot_update',
          change: { replace_paths: [['extension']] },
        },
      ),
    ]),
  },
  adopt: { plan: samplePlan([created({ ...storedPhone('55001'), adopted: true })]) },
  import: {
    plan: samplePlan([
      resourceChange('vicidial_phone.desk', ['no-op'], desk, desk, {
        change: { importing: { id: '10.0.0.11/55000' } },
      }),
    ]),
  },
  'import with a change': {
    plan: samplePlan([
      updated(desk, { email: 'desk@example.com' }, { change: { importing: { id: '10.0.0.11/55000' } } }),
    ]),
  },
  moved: {
    plan: samplePlan([
      resourceChange('vicidial_phone.new', ['no-op'], desk, desk, { previous_address: 'vicidial_phone.old' }),
    ]),
  },
  'moved with a change': {
    plan: samplePlan([updated(desk, { email: 'desk@example.com' }, { previous_address: 'vicidial_phone.old' })]),
  },
  forgotten: { plan: samplePlan([resourceChange('vicidial_phone.desk', ['forget'], desk, null)]) },
  'errors without a log': { plan: errored },
  'errors with a log': {
    plan: samplePlan([created(storedPhone('55001', { phone_pass: hard }))], { errored: true, complete: false }),
    log: log(
      { type: 'refresh_start' },
      diagnostic(
        'vicidial_phone.reception',
        `The phone exists. Its password is ${hard}.\nObject: vicidial_phone 10.0.0.11/55000`,
      ),
    ),
  },
  drift: {
    plan: samplePlan([], {
      resource_drift: [
        resourceChange('vicidial_phone.desk', ['update'], desk, {
          ...desk,
          phone_full_name: 'By hand',
          active: 'Y',
          system: 'other',
        }),
        resourceChange('vicidial_phone.lost', ['delete'], storedPhone('55008'), null),
      ],
    }),
  },
  destroy: {
    plan: samplePlan([
      destroyed(desk),
      destroyed(storedPhone('55001', { server_ip: '10.0.0.12' }), { deposed: 'ab12cd34' }),
    ]),
  },
  secrets: {
    plan: samplePlan(
      [
        created(storedPhone('55001', { phone_pass: hard, phone_full_name: `Desk ${hard}`, email: samplePasswords[1] })),
        updated(desk, { registration_password: samplePasswords[1], phone_full_name: short }),
        resourceChange(
          'vicidial_phone_alias.desks',
          ['create'],
          null,
          { id: 'desks', alias_id: 'desks', alias_name: 'Desks', phone_logins: [hard] },
          { change: { after_sensitive: {} } },
        ),
      ],
      {
        variables: { provider_password: { value: short } },
        configuration: { root_module: { variables: { provider_password: { sensitive: true } } } },
        output_changes: {
          pass: {
            actions: ['create'],
            before: null,
            after: hard,
            after_unknown: false,
            before_sensitive: false,
            after_sensitive: true,
          },
        },
      },
    ),
  },
  'many changes': { plan: samplePlan(phones(2000).map((phone) => updated(phone, { outbound_cid: '7275559999' }))) },
  'many different changes': {
    plan: samplePlan(phones(2000).map((phone, index) => updated(phone, { email: `desk${index}@example.com` }))),
  },
  'many destroys': { plan: samplePlan(phones(5000).map((phone) => destroyed(phone))) },
  unknowns: {
    plan: samplePlan(
      [
        resourceChange('vicidial_phone.desk', ['update'], desk, withoutField(desk, 'outbound_cid'), {
          change: { after_unknown: { outbound_cid: true } },
        }),
        created(withoutField(storedPhone('55001'), 'id'), {
          change: { after_unknown: { id: true, email: true, active: true } },
        }),
      ],
      {
        configuration: {
          root_module: {
            resources: [
              { address: 'vicidial_phone.phone-55001', expressions: { email: { references: ['var.email'] } } },
            ],
          },
        },
      },
    ),
  },
  unicode: { plan: everywhere('Ünïcödé 電話 \u202Eevil\u0000 \u2028line 👩‍💻') },
  markdown: {
    plan: everywhere(
      '- **bold** `code` ~~gone~~ [link](https://example.com) | @team #12 !3 $x$ <!-- \\ * # 1. www.example.com',
    ),
  },
  html: {
    plan: everywhere(
      '</code></details><script>alert(1)</script><img src=x onerror=alert(1)> &amp; "quoted" \'single\'',
    ),
  },
  fences: { plan: everywhere('```\n````\n~~~\n</pre>`') },
  deferred: {
    plan: samplePlan([], {
      complete: false,
      deferred_changes: [{ reason: 'provider_config_unknown', resource_change: created(storedPhone('55001')) }],
    }),
  },
  targeted: {
    plan: samplePlan([created(storedPhone('55001'))], { complete: false }),
    log: log({ type: 'refresh_start' }),
  },
  'without refresh': {
    plan: samplePlan([updated(desk, { email: 'a@example.com' })]),
    log: log({ type: 'version' }, { type: 'planned_change' }),
  },
  'failed check': {
    plan: samplePlan([created({ ...storedPhone('55001'), adopted: true })], {
      checks: [
        {
          address: { kind: 'check', to_display: 'check.no_adoption' },
          status: 'fail',
          instances: [{ status: 'fail', problems: [{ message: 'A phone is adopted.' }] }],
        },
        { address: { kind: 'check', to_display: 'check.other' }, status: 'pass', instances: [{ status: 'pass' }] },
      ],
    }),
  },
  'no changes': { plan: samplePlan([resourceChange('vicidial_phone.desk', ['no-op'], desk, desk)]) },
  'moved server': {
    plan: samplePlan([updated(desk, { server_ip: '10.0.0.21', id: '10.0.0.21/55000', adopted: true })]),
  },
};

/** All kinds in one plan. */
export const mixedPlan: string = samplePlan(
  [
    ...phones(3, 20_000).map((phone) => destroyed(phone)),
    resourceChange('vicidial_phone.desk', ['delete', 'create'], desk, storedPhone('55009'), {
      action_reason: 'replace_because_cannot_update',
      change: { replace_paths: [['extension']] },
    }),
    created({ ...storedPhone('56001'), adopted: true }),
    resourceChange('vicidial_phone.imported', ['no-op'], storedPhone('57000'), storedPhone('57000'), {
      change: { importing: { id: '10.0.0.11/57000' } },
    }),
    resourceChange('vicidial_phone.new', ['no-op'], storedPhone('57001'), storedPhone('57001'), {
      previous_address: 'vicidial_phone.old',
    }),
    resourceChange('vicidial_phone.forgotten', ['forget'], storedPhone('57002'), null),
    ...phones(4, 30_000).map((phone) => created(phone)),
    ...phones(300, 40_000).map((phone) => updated(phone, { outbound_cid: '7275559999' })),
    updated(storedPhone('58000'), { phone_full_name: 'Reception, ground floor', phone_pass: 'other-pass' }),
  ],
  {
    resource_drift: [
      resourceChange(
        'vicidial_phone.hand',
        ['update'],
        storedPhone('59000'),
        storedPhone('59000', { email: 'hand@example.com', phone_full_name: 'By hand' }),
      ),
    ],
  },
);

function withoutField(values: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(values).filter(([each]) => each !== name));
}
