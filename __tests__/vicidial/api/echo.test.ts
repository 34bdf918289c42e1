/** Which replies are those to another call. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { diff } from '../../../src/model/diff';
import { phoneAliasType } from '../../../src/model/phone-alias-fields';
import { phoneType } from '../../../src/model/phone-fields';
import type { FieldValues } from '../../../src/model/field-definition';
import type { Operation } from '../../../src/model/operation';
import { echoes } from '../../../src/vicidial/api/echo';
import { parseReply } from '../../../src/vicidial/api/reply';
import { classifyReply } from '../../../src/vicidial/api/reply-codes';
import type { ApiRequest } from '../../../src/vicidial/api/request';
import { readRecording, type Step } from '../../../testing/recording';
import { sampleValues } from '../../../testing/sample-values';

const functions: readonly string[] = ['add_phone', 'update_phone', 'add_phone_alias', 'update_phone_alias'];

function operation(desired: FieldValues | null, prior: FieldValues | null): Operation {
  const change = diff((desired ?? prior)?.alias_id === undefined ? phoneType : phoneAliasType, desired, prior);
  if (!('operations' in change)) throw new Error('nothing changes');
  return change.operations[0];
}

const phone = sampleValues('55000');
const alias: FieldValues = { alias_id: 'desks', alias_name: 'Everybody', phone_logins: ['55000', '55001'] };
const create = operation(phone, null);
const requests: Readonly<Record<string, ApiRequest>> = {
  'a create': create,
  'a delete': operation(null, phone),
  'a create of an alias': operation(alias, null),
  'a lookup': {
    function: 'update_phone',
    object: create.object,
    parameters: { server_ip: '10.0.0.11', extension: '55000', local_gmt: '99' },
  },
};

const classify = (request: ApiRequest = create, body = '') => {
  const reply = parseReply(body);
  return reply && classifyReply(request, reply).code;
};

test.each<[string, string, string]>([
  ['a create', 'SUCCESS: add_phone PHONE HAS BEEN ADDED - 6666|', '55000|10.0.0.11|SIP|55000'],
  ['a delete', 'SUCCESS: update_phone PHONE HAS BEEN DELETED - 6666|', '55000|10.0.0.11|'],
  [
    'a create of an alias',
    'SUCCESS: add_phone_alias PHONE ALIAS HAS BEEN ADDED - 6666|',
    'DESKS|Everybody|55000,55001',
  ],
  ['a create', 'ERROR: add_phone PHONE ALREADY EXISTS ON THIS SERVER: |6666|', '10.0.0.11|55000'],
  ['a create', 'ERROR: add_phone PHONE LOGIN ALREADY EXISTS: |6666|', '55000'],
  ['a create', 'ERROR: add_phone SERVER DOES NOT EXIST: |6666|', '10.0.0.11'],
  ['a create', 'ERROR: add_phone YOU MUST USE A VALID TIMEZONE: |6666|', '-5.00'],
  ['a delete', 'ERROR: update_phone PHONE DOES NOT EXIST ON THIS SERVER: |6666|', '10.0.0.11|55000'],
  ['a lookup', 'ERROR: update_phone YOU MUST USE A VALID TIMEZONE: |6666|', '99'],
  ['a create of an alias', 'ERROR: add_phone_alias PHONE ALIAS ALREADY EXISTS: |6666|', 'desks'],
  ['a create of an alias', 'ERROR: add_phone_alias PHONE DOES NOT EXIST: |6666|', '55001'],
])('a reply to %s: "%s" counts only with %s after it', (name, text, data) => {
  const request = requests[name];
  expect(classify(request, text + data)).not.toBe('unrecognized-reply');
  const other = data.replaceAll('55', '77').replace(/desks/iu, 'other').replace('-5.00', '9').replace('99', '7');
  expect(classify(request, text + other.replace(/^10.0.0.11$/u, '10.0.0.12'))).toBe('unrecognized-reply');
});

test('a refusal by another function is one of another call', () => {
  expect(classify(create, 'ERROR: update_phone SERVER DOES NOT EXIST: |6666|10.0.0.11')).toBe('unrecognized-reply');
});

const folder = join(__dirname, '../../emulator/recordings');

test.each(readdirSync(folder))('no reply of %s is taken for one to another call', (file) => {
  const steps = readRecording(join(folder, file)).flatMap(({ steps: all }) => all);
  const mistaken = steps.flatMap((step) => (isMistaken(step) ? [step.reply] : []));
  expect(mistaken).toEqual([]);
});

function isMistaken({ reply: body, query, body: sent = [] }: Step): boolean {
  const reply = parseReply(body);
  const pairs = [...sent, ...query].filter(([, , isEncoded]) => !isEncoded);
  // The server reads a name with a space like another name.
  if (pairs.some(([name]) => name.includes(' '))) return false;
  const parameters = Object.fromEntries(pairs.map(([name, value]): [string, string] => [name, value]));
  const { function: name = '' } = parameters;
  if (!reply || !isFunction(name) || !isAddressable(parameters)) return false;
  if (reply.outcome !== 'SUCCESS')
    return classifyReply({ function: name, parameters }, reply).code === 'unrecognized-reply';
  return !echoes(reply, parameters, name.endsWith('alias') ? ['alias_id'] : ['server_ip', 'extension']);
}

/** Whether the provider would send such a key and such logins. */
function isAddressable({ extension = 'x', alias_id: alias = 'x', phone_logins: logins = 'x' }: Record<string, string>) {
  return [extension, alias, ...logins.split(',')].every((each) => /^[-_\p{L}\p{N}]+$/u.test(each));
}

function isFunction(name: string): name is ApiRequest['function'] {
  return functions.includes(name);
}
