import { phoneAliasType } from '../../../src/model/phone-alias-fields';
import { objectRef } from '../../../src/model/identity';
import { Secret } from '../../../src/model/secret';
import { ApiResult } from '../../../src/vicidial/api/api-result';
import { parseReply } from '../../../src/vicidial/api/reply';

function messageOf(line: string, logins: string): string {
  const object = objectRef(phoneAliasType, { alias_id: 'desks' });
  const parameters = { alias_id: 'desks', phone_logins: logins };
  const reply = parseReply(line);
  if (!reply) throw new Error('no reply');
  const caller = { url: 'https://vicidial.example.com/api', user: '6666', secrets: [new Secret('apiword')] };
  return new ApiResult({ function: 'add_phone_alias', action: 'create', parameters, object }, reply, caller).toError()
    .failure.what;
}

test('the login that no phone has is named', () => {
  const line = 'ERROR: add_phone_alias PHONE DOES NOT EXIST: |6666|CC200|';
  expect(messageOf(line, 'cc100,cc200,6666')).toMatch(/No phone has the login "cc200"\.$/u);
  expect(messageOf('ERROR: add_phone_alias PHONE DOES NOT EXIST: |6666|6666|', '6666,55000')).toContain('login "6666"');
});

test('nothing of a reply is shown that was not sent as a login', () => {
  const message = messageOf('ERROR: add_phone_alias PHONE DOES NOT EXIST: |6666|hunter2|', 'cc100,6666');
  expect(message).toContain('asked for the logins "cc100", "6666".');
  expect(message).not.toContain('hunter2');
});
