/** The provider `vicidial`. */
import { address } from '../address';
import { failure, PhonestateError } from '../model/failures';
import type { SettingsReading } from '../settings/read-settings';
import { sameSettings } from '../settings/same-settings';
import { accessWarnings } from '../settings/settings-of-access';
import { blockFailures, isReportedByObjects } from '../settings/settings-of-reading';
import type { Provider } from '../terraform/provider';
import { RunContext, type ProgramOptions } from './context';
import { serverRefreshAction } from './action-server-refresh';
import { phoneDataSource } from './data-source-phone';
import { phoneAliasDataSource } from './data-source-phone-alias';
import { phoneAliasesDataSource } from './data-source-phone-aliases';
import { phonesDataSource } from './data-source-phones';
import { serversDataSource } from './data-source-servers';
import { systemDataSource } from './data-source-system';
import { templatesDataSource } from './data-source-templates';
import { userGroupsDataSource } from './data-source-user-groups';
import { functions } from './functions';
import { providerSchema, readEnvironment, readProviderBlock } from './provider-schema';
import { callsBeforeJoining, rehearse } from './rehearsal';
import { DiagnosedError } from './resource';
import { phoneResource } from './resource-phone';
import { phoneAliasResource } from './resource-phone-alias';

/**
 * Makes the provider.
 *
 * @param environment where settings that the provider block does not set are looked up
 * @param program how the program was started
 */
export function vicidialProvider(environment: NodeJS.ProcessEnv = process.env, program: ProgramOptions = {}): Provider {
  const notJoined = callsBeforeJoining(environment);
  let context = new RunContext(readEnvironment(environment), program, notJoined);
  /** Once it is configured; it then stays so. */
  let configured: SettingsReading | undefined;
  const current = () => context;
  // OpenTofu validates each instance of a provider block in one process, and then the resources of all of them.
  let allowsNonLatin = false;

  return {
    address,
    schema: providerSchema,
    resources: {
      vicidial_phone: phoneResource(current),
      vicidial_phone_alias: phoneAliasResource(current),
    },
    dataSources: {
      vicidial_phone: phoneDataSource(current),
      vicidial_phones: phonesDataSource(current),
      vicidial_phone_alias: phoneAliasDataSource(current),
      vicidial_phone_aliases: phoneAliasesDataSource(current),
      vicidial_system: systemDataSource(current),
      vicidial_servers: serversDataSource(current),
      vicidial_templates: templatesDataSource(current),
      vicidial_user_groups: userGroupsDataSource(current),
    },
    actions: { vicidial_server_refresh: serverRefreshAction(current) },
    functions,

    // What is not set here may be set when the provider is configured; what is invalid stays so.
    validate(config) {
      const reading = readProviderBlock(config, environment);
      allowsNonLatin ||= reading.values.non_latin ?? true;
      const validated = { ...reading, values: { ...reading.values, non_latin: allowsNonLatin } };
      if (!configured) context = new RunContext(validated, program, notJoined);
      const failures = isReportedByObjects(reading) ? [] : reading.invalid;
      return context.diagnostics.report(failures, providerSchema.attributes);
    },

    async configure(config) {
      const reading = readProviderBlock(config, environment);
      if (configured && !sameSettings(configured, reading)) {
        const what = 'The provider was configured a second time, with other settings, and keeps those that it has.';
        return context.diagnostics.report([failure('provider-in-use', { what })], providerSchema.attributes);
      }
      const isFirst = !configured;
      configured = reading;
      const failures = blockFailures(reading);
      const rehearsed = isFirst && failures.length === 0 ? await rehearse(reading, environment) : undefined;
      if (isFirst) context = new RunContext(rehearsed?.reading ?? reading, program, rehearsed?.calls ?? notJoined);
      const ofRehearsal = rehearsed?.failures ?? [];
      const found = [...failures, ...accessWarnings(reading.values), ...ofRehearsal];
      return context.diagnostics.report(found, providerSchema.attributes);
    },

    stop() {
      context.stop();
    },

    close: () => context.close(),

    describeError(error, schema) {
      if (error instanceof DiagnosedError) return error.diagnostics;
      if (!(error instanceof PhonestateError)) return undefined;
      return context.diagnostics.report([error.failure], schema?.attributes ?? {});
    },
  };
}
