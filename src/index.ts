/** The public API of the package `phonestate`. */
export {
  DataVicidialPhone,
  DataVicidialPhoneAlias,
  DataVicidialPhoneAliases,
  DataVicidialPhones,
  DataVicidialServers,
  DataVicidialSystem,
  DataVicidialTemplates,
  DataVicidialUserGroups,
  type DataVicidialPhoneAliasProps,
  type DataVicidialPhoneProps,
  type DataVicidialPhonesProps,
} from './constructs/data-sources';
export { Phone, type PhoneProps } from './constructs/phone';
export { PhoneAlias, type PhoneAliasProps } from './constructs/phone-alias';
export { PhoneGroup, type PhoneGroupProps } from './constructs/phone-group';
export { VicidialProvider, type VicidialProviderProps } from './constructs/provider';
export { deriveEnvironment } from './environment/derive-environment';
export type { Environment } from './environment/environment';
export type { EnvironmentChanges } from './environment/environment-file';
export { EnvironmentStack } from './environment/environment-stack';
export { EnvironmentError, type Problem } from './environment/problems';
export { readEnvironment } from './environment/read-environment';
