/** The provider `vicidial`. */
import { address } from '../address';
import { PhonestateError } from '../model/failures';
import { readSettings } from '../settings/read-settings';
import type { Provider } from '../terraform/provider';
import { RunContext, settingsFailures } from './context';
import { providerSchema, readProviderBlock } from './provider-schema';
import { ManagedResource } from './resource';
import { phone } from './resource-phone';
import { phoneAlias } from './resource-phone-alias';

/**
 * Makes the provider.
 *
 * @param environment where settings that the provider block does not set are looked up
 */
export function vicidialProvider(environment: NodeJS.ProcessEnv = process.env): Provider {
  let context = new RunContext(readSettings({}, environment));
  const current = () => context;

  return {
    address,
    schema: providerSchema,
    resources: {
      vicidial_phone: new ManagedResource(phone, current),
      vicidial_phone_alias: new ManagedResource(phoneAlias, current),
    },

    // What is not set here may be set when the provider is configured; what is invalid stays so.
    validate(config) {
      const reading = readProviderBlock(config, environment);
      context = new RunContext(reading);
      return context.diagnostics.report(reading.invalid, providerSchema.attributes);
    },

    async configure(config) {
      const reading = readProviderBlock(config, environment);
      const previous = context;
      context = new RunContext(reading);
      await previous.close();
      return context.diagnostics.report(settingsFailures(reading), providerSchema.attributes);
    },

    stop() {
      context.stop();
    },

    describeError(error, schema) {
      if (!(error instanceof PhonestateError)) return undefined;
      return context.diagnostics.report([error.failure], schema?.attributes ?? {});
    },
  };
}
