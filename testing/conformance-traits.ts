/** What a conformance run reads of a server, so that the emulator is started as a system of the same kind. */
import { buildOf } from '../src/emulator/builds';
import type { SystemInput } from '../src/emulator/system-data';
import { callOf, requiredFields, type ConformanceServer } from './conformance-server';
import type { Pair } from './recording';
import { messageOf } from './replay-compare';
import type { Call } from './send-call';

export interface Traits {
  /** The date of the build, as `buildOf` reads it. */
  readonly build: string;
  /** As the server prints them. */
  readonly names: { readonly build: string; readonly version: string };
  readonly settings: Required<Pick<SystemInput, 'use_non_latin' | 'latin1_tables' | 'php' | 'output_buffering'>>;
}

/** What the caller knows better. */
export interface GivenTraits {
  readonly build?: string | undefined;
  readonly nonLatin?: boolean | undefined;
}

/** An apostrophe in the last parameter breaks the log of the API (vicidial-api.md, section 1). */
export const breakingLog: Pair = ['note', "it's"];

/**
 * Asks what can be read without writing; whether PHP is silent is found by `findPhp`.
 *
 * @throws Error where the server does not answer as the API does, or the login is refused
 */
export async function readTraits(server: ConformanceServer, given: GivenTraits = {}): Promise<Traits> {
  const { reply } = await server.ask('version');
  const [, version, build] = /VERSION: ([^|\n]+)\|BUILD: ([^|\n]+)\|/u.exec(reply) ?? [];
  if (version === undefined || build === undefined)
    throw new Error(`The server answers "${messageOf(reply)}" to the function version: this is no API of VICIdial.`);
  const date = given.build ?? build;
  requireDate(date);
  const nonLatin = given.nonLatin ?? (await readsOtherLetters(server));
  return {
    build: date,
    names: { build, version },
    settings: {
      use_non_latin: nonLatin,
      latin1_tables: nonLatin && (await failsOnOtherLetters(server)),
      php: 'strict',
      output_buffering: (await server.ask('update_phone', {}, [breakingLog])).status === 500,
    },
  };
}

function requireDate(build: string): void {
  try {
    buildOf(build);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : ''} Name the one it comes from: --build DATE.`, {
      cause: error,
    });
  }
}

/** The refusal of a call without its required fields prints what the server has read of the others. */
async function readsOtherLetters(server: ConformanceServer): Promise<boolean> {
  const { reply } = await server.ask('add_phone', { phone_full_name: 'xé' });
  if (!reply.includes('YOU MUST USE ALL REQUIRED FIELDS'))
    throw new Error(
      `The server answers "${messageOf(reply)}" to a call without fields. A run needs a user with all permissions.`,
    );
  return reply.includes('xé');
}

async function failsOnOtherLetters(server: ConformanceServer): Promise<boolean> {
  const { prefix, servers } = server.options;
  const fields = { extension: `${prefix}Ж`, server_ip: servers[0] ?? '', local_gmt: '99' };
  return (await server.ask('update_phone', fields)).status === 500;
}

/**
 * Whether PHP is silent about failed statements: an alias is added twice whose id exists once the column has truncated it.
 * Shows also whether the user may delete, before there is more to delete.
 *
 * @param secret the passwords of the phone that the alias lists
 * @throws Error where the server refuses one of the calls
 */
export async function findPhp(server: ConformanceServer, secret: string): Promise<Traits['settings']['php']> {
  const { options } = server;
  const [extension, aliasId] = [`${options.prefix}1`, options.prefix.padEnd(21, '0')];
  const key = { extension, phone_login: extension, server_ip: options.servers[0] ?? '' };
  const alias = { alias_id: aliasId, alias_name: 'Conformance', phone_logins: extension };
  const second = callOf(options, 'add_phone_alias', alias);
  await expectAdded(server, callOf(options, 'add_phone', { ...requiredFields(secret), ...key }));
  await expectAdded(server, second);
  const { status } = await server.send(second);
  const left = await server.cleanUp();
  if (left.length > 0) throw new Error('The server does not delete what the run has made.');
  return status === 500 ? 'strict' : 'silent';
}

async function expectAdded(server: ConformanceServer, call: Call): Promise<void> {
  const { reply } = await server.send(call);
  if (!reply.includes('HAS BEEN ADDED')) throw new Error(`The server refuses what a run needs: ${messageOf(reply)}.`);
}
