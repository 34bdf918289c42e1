/** The provider `vicidial`. */
import { address } from '../address';
import { PhonestateError } from '../model/failures';
import type { Diagnostic } from '../terraform/diagnostic';
import type { Provider } from '../terraform/provider';
import { alias } from './resource-phone-alias';
import { providerSchema, readArguments } from './provider-settings';
import { diagnostic } from './diagnostics';
import { phone } from './resource-phone';
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
  const attributes = Object.assign({}, ...Object.values(resources).map(({ schema }) => schema.attributes)) as Record<
    string,
    unknown
  >;

  return {
    address,
    schema: providerSchema,
    resources,

    validate: (config) => inProviderBlock(() => session.learn(readArguments(config, environment))),
    configure: (config) => inProviderBlock(() => session.configure(readArguments(config, environment))),

    stop() {
      session.stop();
    },

    describeError(error) {
      return error instanceof PhonestateError ? [diagnostic(session.brief(error.failure), attributes)] : undefined;
    },
  };
}

/** Runs what reads the provider block; its failures point at the arguments. */
async function inProviderBlock(work: () => Promise<void> | void): Promise<Diagnostic[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (error instanceof PhonestateError) return [diagnostic(error.failure, providerSchema.attributes)];
    throw error;
  }
}
