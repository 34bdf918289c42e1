/** The random calls of a conformance run. Those that write carry keys under its prefix only. */
import { keysUnder } from './conformance-keys';
import { requiredFields } from './conformance-server';
import { breakingLog } from './conformance-traits';
import { pick, randomValue, type ValueContext } from './conformance-values';
import type { Pair } from './recording';
import type { Call } from './send-call';

export interface CallContext extends ValueContext {
  readonly user: string;
  readonly password: string;
  /** Servers that the system has. */
  readonly servers: readonly string[];
}

/** Of a network for documentation: no system has it. */
const unknownServer = '192.0.2.1';

const optional = [
  'email',
  'phone_context',
  'admin_user_group',
  'outbound_alt_cid',
  'phone_ring_timeout',
  'active',
  'delete_vm_after_email',
  'is_webphone',
  'webphone_auto_answer',
  'use_external_server_ip',
  'on_hook_agent',
  'template_id',
];
/** Calls without end; the same numbers give the same calls. */
export function* randomCalls(context: CallContext): Generator<Call, never> {
  for (;;) yield randomCall(context);
}

function randomCall(context: CallContext): Call {
  const { random } = context;
  const chance = random();
  if (chance < 0.02) return { method: 'POST', query: [], body: [['function', 'version']] };
  const fields =
    chance < 0.32
      ? newPhone(context)
      : chance < 0.68
        ? changedPhone(context)
        : chance < 0.76
          ? deletedPhone(context)
          : chance < 0.87
            ? newAlias(context)
            : changedAlias(context);
  return inForm(context, fields);
}

function newPhone(context: CallContext): Pair[] {
  const { random, secret } = context;
  const isGood = random() < 0.5;
  const fields = Object.entries(requiredFields(secret)).flatMap(([name, accepted]): Pair[] => {
    if (isGood || random() < 0.8) return [[name, accepted]];
    return random() < 0.2 ? [] : [[name, randomValue(name, context)]];
  });
  const more = optional.filter(() => random() < 0.15).map((name): Pair => [name, randomValue(name, context)]);
  const login: Pair = ['phone_login', pick(random, keysUnder(context.prefix).logins, '')];
  return [['function', 'add_phone'], ...phoneKey(context), login, ...fields, ...more];
}

function changedPhone(context: CallContext): Pair[] {
  const { random, prefix, secret } = context;
  const share = 0.02 + random() * 0.2;
  const fields = [...Object.keys(requiredFields(secret)), ...optional].filter(() => random() < share);
  const login: Pair[] = random() < 0.15 ? [['phone_login', pick(random, keysUnder(prefix).logins, '')]] : [];
  const values = fields.map((name): Pair => [name, randomValue(name, context)]);
  return [['function', 'update_phone'], ...phoneKey(context), ...login, ...values];
}

function deletedPhone(context: CallContext): Pair[] {
  const word = pick(context.random, ['Y', 'Y', 'Y', 'Yes', 'y', 'N', 'no Y', 'YY', '1'], 'Y');
  return [['function', 'update_phone'], ...phoneKey(context), ['delete_phone', word]];
}

function newAlias(context: CallContext): Pair[] {
  const { random } = context;
  const name: Pair = ['alias_name', random() < 0.6 ? 'Conformance' : randomValue('alias_name', context)];
  return [['function', 'add_phone_alias'], ...aliasKey(context), name, ['phone_logins', listedLogins(context)]];
}

function changedAlias(context: CallContext): Pair[] {
  const { random } = context;
  const deletes = random() < 0.4;
  return [
    ['function', 'update_phone_alias'],
    ...aliasKey(context),
    ...(random() < 0.4 ? [['alias_name', randomValue('alias_name', context)] as Pair] : []),
    ...(random() < 0.4 ? [['phone_logins', listedLogins(context)] as Pair] : []),
    ...(deletes ? [['delete_alias', pick(random, ['Y', 'Y', 'Y', 'Yes', 'y', 'N'], 'Y')] as Pair] : []),
  ];
}

/** One that a phone has, as a rule: the logins are few. */
function listedLogins({ random, prefix }: CallContext): string {
  const count = pick(random, [1, 1, 1, 2, 2, 3], 1);
  const { logins } = keysUnder(prefix);
  const members = Array.from({ length: count }, () => (random() < 0.05 ? '' : pick(random, logins, '')));
  return members.join(',');
}

/** One of the first extensions, as a rule, so that many calls meet a phone that exists. A key is missing now and then. */
function phoneKey({ random, prefix, servers }: CallContext): Pair[] {
  const { extensions } = keysUnder(prefix);
  const often = random() < 0.6 ? extensions.slice(0, 3) : extensions;
  const known = pick(random, servers, unknownServer);
  const chance = random();
  // Old builds strip the letter as well, and find the server.
  const server = chance < 0.03 ? unknownServer : chance < 0.06 ? `${known}${pick(random, ['!', 'x'], '')}` : known;
  return [
    ...(random() < 0.02 ? [] : [['extension', pick(random, often, '')] as Pair]),
    ...(random() < 0.02 ? [] : [['server_ip', server] as Pair]),
  ];
}

function aliasKey({ random, prefix }: CallContext): Pair[] {
  return random() < 0.02 ? [] : [['alias_id', pick(random, keysUnder(prefix).aliasIds, '')]];
}

/** With the login, in one of the forms in which a call can be sent. The password never stands in the query. */
function inForm({ random, user, password }: CallContext, [name, ...fields]: readonly Pair[]): Call {
  const called: Pair =
    random() < 0.02
      ? ['function', pick(random, [' update_phone;', 'UPDATE_PHONE', 'none', ''], '')]
      : (name ?? ['function', '']);
  const source: Pair[] =
    random() < 0.03
      ? pick<Pair[]>(random, [[], [['source', 'x']], [['source', 'a!b']]], [])
      : [['source', 'conformance']];
  const note: Pair[] = random() < 0.03 ? [breakingLog] : [];
  const inQuery = random() < 0.1 ? fields.filter(([field]) => !isSecret(field) && random() < 0.5) : [];
  const inBody = fields.filter((field) => !inQuery.includes(field));
  return {
    method: 'POST',
    query: inQuery,
    body: [called, ['user', user], ['pass', password], ...inBody, ...source, ...note],
  };
}

function isSecret(name: string): boolean {
  return name === 'phone_pass' || name === 'registration_password';
}
