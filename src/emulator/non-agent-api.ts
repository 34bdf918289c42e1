/** The API without HTTP: parameters in, one reply out. The order of the checks is that of the server. */
import { addPhone } from './add-phone';
import { addPhoneAlias, updatePhoneAlias } from './phone-aliases';
import { buildOf, newestBuild, type Build, type BuildNames } from './builds';
import type { SystemData } from './system-data';
import { Authentication } from './authentication';
import { listValue } from './parameters';
import {
  ApiRequest,
  failure,
  ServerFailure,
  rejected,
  reply,
  type ApiContext,
  type Outcome,
  type Reply,
} from './request';
import { refreshServers } from './server-refresh';
import { Store, type User } from './store';
import { stripCharacters } from './sanitize';
import { updatePhone } from './update-phone';
import { listMailboxes } from './vm-list';

interface ApiFunction {
  readonly evaluate: (request: ApiRequest) => Outcome;
  /** The message where the user lacks the permission for the function. */
  readonly denied: string;
  /** Whether it only reads: a user of level 7 may call it. */
  readonly reads?: boolean;
}

const functions: Readonly<Record<string, ApiFunction>> = {
  add_phone: { evaluate: addPhone, denied: 'USER DOES NOT HAVE PERMISSION TO ADD PHONES' },
  update_phone: { evaluate: updatePhone, denied: 'USER DOES NOT HAVE PERMISSION TO UPDATE PHONES' },
  add_phone_alias: { evaluate: addPhoneAlias, denied: 'USER DOES NOT HAVE PERMISSION TO ADD PHONE ALIASES' },
  update_phone_alias: { evaluate: updatePhoneAlias, denied: 'USER DOES NOT HAVE PERMISSION TO UPDATE PHONE ALIASES' },
  vm_list: { evaluate: listMailboxes, denied: 'USER DOES NOT HAVE PERMISSION TO VIEW VOICEMAIL BOXES', reads: true },
  server_refresh: { evaluate: refreshServers, denied: 'USER DOES NOT HAVE PERMISSION TO REFRESH SERVERS' },
};

const minLevel = 8;

export class NonAgentApi {
  readonly store: Store;
  readonly authentication: Authentication;
  readonly build: Build;

  /**
   * @param build the date of the build; `names` has what the system prints instead of its usual names
   * @param now milliseconds since 1970; the lock after failed logins expires by it
   */
  constructor(data: SystemData, build: string = newestBuild, now: () => number = Date.now, names: BuildNames = {}) {
    this.build = buildOf(build, names);
    this.store = new Store(data, this.build.schema.lacks);
    this.authentication = new Authentication(this.store, now);
  }

  /**
   * Carries out a call.
   *
   * @param parameters as they were sent
   */
  call(parameters: ReadonlyMap<string, string>): Reply {
    const { reply: answer, commit } = this.evaluate(parameters);
    return commit?.() ?? answer;
  }

  /** What a call would come to. Neither data nor login counters change before its `commit`. */
  evaluate(parameters: ReadonlyMap<string, string>): Outcome {
    try {
      return this.#evaluate(parameters);
    } catch (error) {
      if (error instanceof ServerFailure) return rejected(failure);
      throw error;
    }
  }

  /** What the server reads of a parameter. */
  strip(name: string, value: string): string {
    return stripCharacters(name, value, this.#context);
  }

  get #context(): ApiContext {
    return { store: this.store, build: this.build, nonLatin: this.store.settings.use_non_latin };
  }

  #evaluate(parameters: ReadonlyMap<string, string>): Outcome {
    const read = (name: string) => {
      const sent = parameters.get(name) ?? '';
      return sent === listValue ? 'Array' : this.strip(name, sent);
    };
    if (read('function') === 'version') return rejected(version(this.build));
    const [name, password] = [read('user'), read('pass')];
    const login = this.authentication.check(name, password);
    const outcome =
      'user' in login
        ? this.#evaluateFor(login.user, password, parameters)
        : rejected(this.#loginRefusal(login.rejection, name, password, read('function')));
    const commit = () => {
      login.record();
      return outcome.commit?.();
    };
    return { ...outcome, commit };
  }

  #evaluateFor(user: User, password: string, parameters: ReadonlyMap<string, string>): Outcome {
    const refusal = accountRefusal(user, password);
    if (refusal) return rejected(refusal);
    const request = new ApiRequest(parameters, this.#context, user);
    const { name, userName } = request;
    const called = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!called) return rejected(reply('ERROR: NO FUNCTION SPECIFIED'));
    const source = request.get('source');
    if (request.lengthOf('source') < 2)
      return rejected(reply(`ERROR: Invalid Source - ${source}\nERROR: Invalid Source: |${source}|`));
    if (this.build.allowedFunctions && !isFunctionAllowed(user, name)) {
      return rejected(reply(`ERROR: auth USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION: |${userName}|${name}|`));
    }
    const permitted = user.api_access && (called.reads || (user.level >= minLevel && user.ast_admin_access));
    return permitted ? called.evaluate(request) : request.error(called.denied, '0');
  }

  /** Why a login fails. The reply echoes the password. */
  #loginRefusal(rejection: 'locked' | 'incorrect', name: string, password: string, called: string): Reply {
    // Builds without a login of their own answer with the first permission that they ask for.
    if (!this.build.separateLogin) {
      const denied = Object.hasOwn(functions, called) ? functions[called]?.denied : undefined;
      return reply(denied === undefined ? 'ERROR: NO FUNCTION SPECIFIED' : `ERROR: ${called} ${denied}: |${name}|0`);
    }
    return rejection === 'locked'
      ? reply(`ERROR: Too many login attempts, try again in 15 minutes: |${name}|LOCK|`)
      : reply(`ERROR: Login incorrect, please try again: |${name}|${password}|BAD|`);
  }
}

/** Why a user whose login is correct may not call the API. */
function accountRefusal({ user, blocked_address, second_factor }: User, password: string): Reply | undefined {
  if (blocked_address) return reply(`ERROR: Your IP Address is not allowed: 127.0.0.1: ||IPBLOCK|`);
  return second_factor ? reply(`ERROR: Login incorrect, please try again: |${user}|${password}|2FA|`) : undefined;
}

function isFunctionAllowed({ allowed_functions }: User, name: string): boolean {
  return allowed_functions.includes('ALL_FUNCTIONS') || allowed_functions.includes(name);
}

function version({ version: number, build }: Build): Reply {
  const now = new Date();
  const date = now.toISOString().slice(0, 19).replace('T', ' ');
  return reply(
    `VERSION: ${number}|BUILD: ${build}|DATE: ${date}|EPOCH: ${Math.floor(now.getTime() / 1000)}|DST: 0|TZ: -5.00|TZNOW: -5.00|`,
  );
}
