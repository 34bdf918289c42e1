/** Plans in the form of `terraform show -json`, for tests of reports. */
import { samplePhone } from './sample-phone';

type Fields = Readonly<Record<string, unknown>>;

/** Marks of the passwords of a phone. */
const passwordMarks = { phone_pass: true, registration_password: true };

/** A phone as the state has it. */
export function storedPhone(extension: string, fields: Fields = {}): Fields {
  const phone = samplePhone(extension, fields);
  const { server_ip: server = '' } = phone as { readonly server_ip?: string };
  return { ...phone, id: `${server}/${extension}`, system: 'vicidial.example.com/api', adopted: null };
}

/** A change of a resource, as the plan has it; the marks are those of a phone. */
export function resourceChange(
  address: string,
  actions: readonly string[],
  before: Fields | null,
  after: Fields | null,
  { change = {}, ...more }: { readonly change?: Fields } & Fields = {},
) {
  const [, type = ''] = /^(?:module\.[^.]+\.)*([^.]+)\./u.exec(address) ?? [];
  return {
    address,
    mode: 'managed',
    type,
    name: 'name',
    provider_name: 'registry.terraform.io/phonestate/vicidial',
    ...more,
    change: {
      actions,
      before,
      after,
      after_unknown: after === null ? false : {},
      before_sensitive: before === null ? false : passwordMarks,
      after_sensitive: after === null ? false : passwordMarks,
      ...change,
    },
  };
}

/** A whole plan with these changes. Its prior state has what the changes have before them. */
export function samplePlan(changes: readonly ReturnType<typeof resourceChange>[], more: Fields = {}): string {
  const resources = changes
    .filter(({ change }) => change.before !== null)
    .map(({ address, type, change: { before: values } }) => ({ address, mode: 'managed', type, values }));
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    errored: false,
    complete: true,
    applyable: true,
    resource_changes: changes,
    prior_state: { format_version: '1.0', values: { root_module: { resources } } },
    ...more,
  });
}
