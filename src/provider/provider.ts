/** The provider `vicidial`. */
import { address } from '../address';
import { PhonestateError } from '../phone/failures';
import type { Provider } from '../terraform/provider';
import { alias } from './alias';
import { providerSchema, readArguments } from './arguments';
import { diagnostic } from './diagnostics';
import { phone } from './phone';
import { resource } from './resource';
import { Session } from './session';

/**
 * Makes the provider.
 *
 * @param environment where provider arguments that are not set are looked up
 */
export function vicidialProvider(environment: NodeJS.ProcessEnv = process.env): Provider {
  const session = new Session();
  const resources = { vicidial_phone: resource(phone, session), vicidial_phone_alias: resource(alias, session) };
  const attributes = Object.assign({}, ...Object.values(resources).map(({ schema }) => schema.attributes)) as Record<string, unknown>;

  return {
    address,
    schema: providerSchema,
    resources,

    validate(config) {
      session.learn(readArguments(config, environment));
      return [];
    },

    async configure(config) {
      try {
        await session.configure(readArguments(config, environment));
        return [];
      } catch (error) {
        if (error instanceof PhonestateError) return [diagnostic(error.failure, providerSchema.attributes)];
        throw error;
      }
    },

    stop() {
      session.stop();
    },

    describeError(error) {
      return error instanceof PhonestateError ? [diagnostic(error.failure, attributes)] : undefined;
    },
  };
}
