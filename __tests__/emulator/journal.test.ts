import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSystem } from '../../src/emulator/system-data';
import { Journal } from '../../src/emulator/journal';
import { persistToFile } from '../../src/emulator/persistence';
import { Store } from '../../src/emulator/store';
import { useTemporaryFolder } from '../temporary-folder';

const temporary = useTemporaryFolder();
const throwIt = (error: Error) => {
  throw error;
};

const printed = (parameters: Record<string, string>, reply: string) => {
  const journal = new Journal();
  journal.add({ at: 0, parameters: new Map(Object.entries(parameters)), reply, writing: true, changed: false });
  return JSON.stringify(journal.entries);
};

test('a password that starts with another password is masked completely in the reply', () => {
  const output = printed(
    { function: 'add_phone', pass: 'admin', phone_pass: 'admin1234' },
    'ERROR: add_phone YOU MUST USE ALL REQUIRED FIELDS: |6666|1|admin1234|x',
  );
  expect(output).toContain('|1|***|x');
  expect(output).not.toContain('1234');
});

test('a password is masked in the form that a server with use_non_latin strips it to', () => {
  expect(
    printed(
      { function: 'update_phone', phone_pass: 'gehéim!x' },
      'ERROR: update_phone YOU MUST USE A VALID PHONE PASSWORD: |6666|gehéimx',
    ),
  ).not.toContain('gehéimx');
});

test('a file keeps its permissions when phones are saved in it', () => {
  const file = join(temporary.path, 'system.yaml');
  writeFileSync(file, 'servers: [10.0.0.11]\nusers:\n  - { user: "6666", password: admin1234 }\n', { mode: 0o600 });
  const system = readSystem(file);
  const store = new Store(system.data);
  const flush = persistToFile(file, system, store, throwIt);
  store.putAlias({ alias_id: 'desks', alias_name: 'Desks', phone_logins: '55000' });
  flush();
  expect(readFileSync(file, 'utf8')).toContain('desks');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
