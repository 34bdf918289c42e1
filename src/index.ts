/** The public API of the package `phonestate`. */
export { Phone, type PhoneProps } from './constructs/phone';
export { PhoneAlias, type PhoneAliasProps } from './constructs/phone-alias';
export { PhoneGroup, type PhoneGroupProps } from './constructs/phone-group';
export { VicidialProvider, type VicidialProviderProps } from './constructs/provider';
