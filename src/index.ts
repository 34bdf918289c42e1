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
export { PhoneRange, type PhoneRangeProps } from './constructs/phone-range';
export { VicidialProvider, type VicidialProviderProps } from './constructs/provider';
export { Seat, type SeatProps, type SeatServer } from './constructs/seat';
export { Unmanaged } from './constructs/unmanaged';
export { deriveEnvironment } from './environment/derive-environment';
export type { Environment } from './environment/environment';
export type { EnvironmentChanges } from './environment/environment-file';
export { EnvironmentStack } from './environment/environment-stack';
export { EnvironmentError, type Problem } from './environment/problems';
export { readEnvironment } from './environment/read-environment';
