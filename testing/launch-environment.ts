/**
 * What an engine sets in the environment of a provider that it starts (plugin-protocol.md, section 1). Not imported from
 * the provider: a wrong value there must fail the tests.
 */
export const launchEnvironment = {
  TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
  PLUGIN_PROTOCOL_VERSIONS: '5,6',
} as const;
