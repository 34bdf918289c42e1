/** Which settings of the provider belong to one system, and what a derived environment inherits of the settings. */
import { settingRows } from '../settings/provider-settings';
import type { Environment } from './environment';
import type { SettingValue } from './provider-schema';
import { isVariable } from './value-schema';

type Provider = Environment['provider'];

/** Settings that are right for one system only; another `url` needs its own. */
const ofOneSystem: ReadonlySet<string> = new Set([
  'admin_url',
  'ca_certificate',
  'client_certificate',
  'database_ca_certificate',
  'database_is_replica',
  'http_user',
  'insecure_skip_verify',
  'non_latin',
  'system_name',
  'tls_minimum_version',
  'tls_server_name',
]);

/** Settings that are about one state: where its objects were before. */
const ofOneState: ReadonlySet<string> = new Set(['previous_system', 'moved_servers']);

/** What a derived environment has of the settings of its base. */
export interface InheritedProvider {
  readonly provider: Provider;
  /** The names of those that it does not have, and has not set itself. */
  readonly dropped: readonly string[];
}

/** The settings of a derived environment: its own, and those of the base but secrets and what is of one system only. */
export function inheritProvider(own: Provider, base: Provider): InheritedProvider {
  const isOther = isOtherSystem(own, base);
  const dropped = Object.keys(base).filter(
    (name) =>
      own[name] === undefined &&
      base[name] !== null &&
      (isSecret(name, base[name]) || ofOneState.has(name) || (isOther && ofOneSystem.has(name))),
  );
  const inherited = Object.entries(base).filter(([name]) => !dropped.includes(name));
  return { provider: Object.fromEntries([...inherited, ...Object.entries(own)]), dropped };
}

/** Whether a derived environment says that its system is not that of its base. */
export function isOtherSystem(own: Provider, base: Provider): boolean {
  return own.url !== undefined && base.url !== undefined && !isSameSystem(own, base);
}

function isSecret(name: string, value: SettingValue | undefined): boolean {
  return isVariable(value) || settingRows.some(([row, { sensitive }]) => row === name && sensitive === true);
}

/** Whether two provider blocks name one system, as far as files show it. */
export function isSameSystem(first: Provider, second: Provider): boolean {
  return systemOf(first) === systemOf(second);
}

function systemOf({ url = null }: Provider): string {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).href : JSON.stringify(url);
}
