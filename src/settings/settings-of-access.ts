/** What the settings of access to a server say together: arguments that belong together, and what a run has to be warned of. */
import { failure, type Failure } from '../model/failures';
import { isLoopback } from './loopback';
import { isKeyOf } from './pem';
import type { SettingName } from './provider-settings';
import type { Settings, SettingsReading } from './read-settings';

/** Arguments that are of no use without each other. */
const pairs = [
  ['http_user', 'http_password'],
  ['client_certificate', 'client_key'],
] as const;

/** What is wrong with the settings of access of a provider block, before any connection. */
export function accessFailures({ values, unknown }: SettingsReading): readonly Failure[] {
  const incomplete = pairs.flatMap((pair) => {
    const missing = pair.filter((name) => values[name] === undefined && !unknown.includes(name));
    const given = pair.find((name) => !missing.includes(name));
    const [name] = missing;
    return name === undefined || given === undefined ? [] : [invalid(name, `${given} is set, and ${name} is not.`)];
  });
  return [...incomplete, ...authorizationConflicts(values), ...keyMismatches(values)];
}

/** The header of HTTP Basic is Authorization. */
function authorizationConflicts({ headers, http_user: user }: Partial<Settings>): readonly Failure[] {
  const name = Object.keys(headers ?? {}).find((each) => each.toLowerCase() === 'authorization');
  if (name === undefined || user === undefined) return [];
  return [invalid('headers', `headers has ${name}, which http_user and http_password set as well.`)];
}

function keyMismatches({ client_certificate: certificate, client_key: key }: Partial<Settings>): readonly Failure[] {
  if (certificate === undefined || key === undefined || isKeyOf(certificate, key.open())) return [];
  return [invalid('client_key', 'client_key is not the private key of the first certificate in client_certificate.')];
}

function invalid(field: SettingName, what: string): Failure {
  return failure('provider-argument', { field, what });
}

/** What every run is warned of: settings that give up the protection of TLS. */
export function accessWarnings(values: Partial<Settings>): readonly Failure[] {
  const { url, admin_url: adminUrl, insecure_skip_verify: skipsVerification } = values;
  const addresses = [url, adminUrl].filter((each) => each !== undefined);
  const inClear = addresses.filter((each) => each.startsWith('http:') && !isLoopback(new URL(each)));
  const secure = addresses.some((each) => each.startsWith('https:'));
  return [
    ...(inClear.length === 0
      ? []
      : [failure('password-in-clear', { what: `The address is ${inClear.join(' and ')}.`, field: 'url' })]),
    ...(skipsVerification && secure
      ? [failure('certificate-not-verified', { what: 'insecure_skip_verify is true.', field: 'insecure_skip_verify' })]
      : []),
  ];
}
