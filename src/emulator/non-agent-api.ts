/** The API: one call in, one reply out. The order of the checks is that of the server. */
import { addPhone } from './add-phone';
import { addPhoneAlias, updatePhoneAlias } from './phone-aliases';
import { builds, type BuildName } from './builds';
import type { SystemData } from './system-data';
import { Authentication } from './authentication';
import { reply, Request, type Reply } from './request';
import { Store, type User } from './store';
import { stripCharacters } from './sanitize';
import { updatePhone } from './update-phone';

interface ApiFunction {
  readonly run: (request: Request) => Reply;
  readonly refusal: string;
}

const functions: Readonly<Record<string, ApiFunction>> = {
  add_phone: { run: addPhone, refusal: 'USER DOES NOT HAVE PERMISSION TO ADD PHONES' },
  update_phone: { run: updatePhone, refusal: 'USER DOES NOT HAVE PERMISSION TO UPDATE PHONES' },
  add_phone_alias: { run: addPhoneAlias, refusal: 'USER DOES NOT HAVE PERMISSION TO ADD PHONE ALIASES' },
  update_phone_alias: { run: updatePhoneAlias, refusal: 'USER DOES NOT HAVE PERMISSION TO UPDATE PHONE ALIASES' },
  server_refresh: { run: (request) => refresh(request), refusal: 'USER DOES NOT HAVE PERMISSION TO REFRESH SERVERS' },
};

const minLevel = 8;

export class NonAgentApi {
  readonly store: Store;
  readonly logins: Authentication;

  /**
   * @param now milliseconds since 1970; a test may let the lock run out
   */
  constructor(
    private readonly data: SystemData,
    private readonly buildName: BuildName,
    now: () => number = Date.now,
  ) {
    this.store = new Store(data);
    this.logins = new Authentication(this.store, now);
  }

  /** Answers a call, whose parameters are as they were sent. */
  call(parameters: ReadonlyMap<string, string>): Reply {
    const build = builds[this.buildName];
    const name = parameters.get('function') ?? '';
    if (name === 'version') return version(build.version, build.build);
    const letters = this.data.use_non_latin ? '\\p{L}' : 'a-zA-Z';
    const read = (parameter: string) => stripCharacters(parameter, parameters.get(parameter) ?? '', letters);
    const user = this.logins.check(read('user'), read('pass'));
    if ('body' in user) return user;
    const called = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!called) return reply('ERROR: NO FUNCTION SPECIFIED');
    const source = read('source');
    if (source.length < 2) return reply(`ERROR: Invalid Source - ${source}\nERROR: Invalid Source: |${source}|`);
    if (build.allowedFunctions && !mayCall(user, name)) {
      return reply(`ERROR: auth USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION: |${user.user}|${name}|`);
    }
    const request = new Request(parameters, this.store, build, user, letters);
    const permitted = user.level >= minLevel && user.api_access && user.ast_admin_access;
    return permitted ? called.run(request) : request.error(called.refusal, '0');
  }
}

function mayCall(user: User, name: string): boolean {
  return user.allowed_functions.includes('ALL_FUNCTIONS') || user.allowed_functions.includes(name);
}

function refresh(request: Request): Reply {
  if (request.get('stage') !== 'REFRESH')
    return request.error('YOU MUST USE ALL REQUIRED FIELDS', request.get('stage'));
  const servers = request.store.servers;
  for (const server of servers) request.store.rebuilding.add(server);
  return request.success('SERVER REFRESH HAS BEEN TRIGGERED', String(servers.length));
}

function version(number: string, build: string): Reply {
  const now = new Date();
  const date = now.toISOString().slice(0, 19).replace('T', ' ');
  return reply(
    `VERSION: ${number}|BUILD: ${build}|DATE: ${date}|EPOCH: ${Math.floor(now.getTime() / 1000)}|DST: 0|TZ: -5.00|TZNOW: -5.00|`,
  );
}
