/** The API without HTTP: parameters in, one reply out. The order of the checks is that of the server. */
import { addPhone } from './add-phone';
import { addPhoneAlias, updatePhoneAlias } from './phone-aliases';
import { builds, newestBuild, type Build, type BuildName } from './builds';
import type { SystemData } from './system-data';
import { Authentication } from './authentication';
import { ApiRequest, rejected, reply, type Outcome, type Reply } from './request';
import { Store, type User } from './store';
import { stripCharacters } from './sanitize';
import { updatePhone } from './update-phone';

interface ApiFunction {
  readonly evaluate: (request: ApiRequest) => Outcome;
  /** The message where the user lacks the permission for the function. */
  readonly denied: string;
}

const functions: Readonly<Record<string, ApiFunction>> = {
  add_phone: { evaluate: addPhone, denied: 'USER DOES NOT HAVE PERMISSION TO ADD PHONES' },
  update_phone: { evaluate: updatePhone, denied: 'USER DOES NOT HAVE PERMISSION TO UPDATE PHONES' },
  add_phone_alias: { evaluate: addPhoneAlias, denied: 'USER DOES NOT HAVE PERMISSION TO ADD PHONE ALIASES' },
  update_phone_alias: { evaluate: updatePhoneAlias, denied: 'USER DOES NOT HAVE PERMISSION TO UPDATE PHONE ALIASES' },
  server_refresh: { evaluate: refreshServers, denied: 'USER DOES NOT HAVE PERMISSION TO REFRESH SERVERS' },
};

const minLevel = 8;

export class NonAgentApi {
  readonly store: Store;
  readonly authentication: Authentication;
  readonly build: Build;
  /** The letters that the server keeps, as the body of a regular-expression class. */
  readonly letters: string;

  /**
   * @param now milliseconds since 1970; the lock after failed logins expires by it
   */
  constructor(data: SystemData, build: BuildName = newestBuild, now: () => number = Date.now) {
    this.store = new Store(data);
    this.authentication = new Authentication(this.store, now);
    this.build = builds[build];
    this.letters = data.use_non_latin ? '\\p{L}' : 'a-zA-Z';
  }

  /**
   * Carries out a call.
   *
   * @param parameters as they were sent
   */
  call(parameters: ReadonlyMap<string, string>): Reply {
    const { reply: answer, commit } = this.evaluate(parameters);
    commit?.();
    return answer;
  }

  /** What a call would come to. Neither data nor login counters change before its `commit`. */
  evaluate(parameters: ReadonlyMap<string, string>): Outcome {
    if (parameters.get('function') === 'version') return rejected(version(this.build));
    const read = (name: string) => stripCharacters(name, parameters.get(name) ?? '', this.letters);
    const [name, password] = [read('user'), read('pass')];
    const login = this.authentication.check(name, password);
    const outcome =
      'user' in login
        ? this.#evaluateFor(login.user, password, parameters)
        : rejected(loginRefusal(login.rejection, name, password));
    const commit = () => {
      login.record();
      outcome.commit?.();
    };
    return { ...outcome, commit };
  }

  #evaluateFor(user: User, password: string, parameters: ReadonlyMap<string, string>): Outcome {
    const refusal = accountRefusal(user, password);
    if (refusal) return rejected(refusal);
    const request = new ApiRequest(parameters, this.store, this.build, user, this.letters);
    const { name } = request;
    const called = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!called) return rejected(reply('ERROR: NO FUNCTION SPECIFIED'));
    const source = request.get('source');
    if (source.length < 2)
      return rejected(reply(`ERROR: Invalid Source - ${source}\nERROR: Invalid Source: |${source}|`));
    if (this.build.allowedFunctions && !isFunctionAllowed(user, name)) {
      return rejected(reply(`ERROR: auth USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION: |${user.user}|${name}|`));
    }
    const permitted = user.level >= minLevel && user.api_access && user.ast_admin_access;
    return permitted ? called.evaluate(request) : request.error(called.denied, '0');
  }
}

/** Why a login fails. The reply echoes the password. */
function loginRefusal(rejection: 'locked' | 'incorrect', name: string, password: string): Reply {
  return rejection === 'locked'
    ? reply(`ERROR: Too many login attempts, try again in 15 minutes: |${name}|LOCK|`)
    : reply(`ERROR: Login incorrect, please try again: |${name}|${password}|BAD|`);
}

/** Why a user whose login is correct may not call the API. */
function accountRefusal({ user, blocked_address, second_factor }: User, password: string): Reply | undefined {
  if (blocked_address) return reply(`ERROR: Your IP Address is not allowed: 127.0.0.1: |${user}|IPBLOCK|`);
  return second_factor ? reply(`ERROR: Login incorrect, please try again: |${user}|${password}|2FA|`) : undefined;
}

function isFunctionAllowed({ allowed_functions }: User, name: string): boolean {
  return allowed_functions.includes('ALL_FUNCTIONS') || allowed_functions.includes(name);
}

function refreshServers(request: ApiRequest): Outcome {
  const stage = request.get('stage');
  if (stage !== 'REFRESH') return request.error('YOU MUST USE ALL REQUIRED FIELDS', stage);
  const { servers, rebuilding } = request.store;
  return request.success('SERVER REFRESH HAS BEEN TRIGGERED', String(servers.length), () => {
    for (const server of servers) rebuilding.add(server);
  });
}

function version({ version: number, build }: Build): Reply {
  const now = new Date();
  const date = now.toISOString().slice(0, 19).replace('T', ' ');
  return reply(
    `VERSION: ${number}|BUILD: ${build}|DATE: ${date}|EPOCH: ${Math.floor(now.getTime() / 1000)}|DST: 0|TZ: -5.00|TZNOW: -5.00|`,
  );
}
