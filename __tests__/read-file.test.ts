import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFile } from '../src/read-file';
import { useTemporaryFolder } from './temporary-folder';

const temporary = useTemporaryFolder();

test('a file is read as it is', () => {
  const file = join(temporary.path, 'file');
  writeFileSync(file, Buffer.from([0, 255]));
  expect(readFile(file)).toEqual(Buffer.from([0, 255]));
});

test('a file that cannot be read is named, with the reason in plain words', () => {
  const missing = join(temporary.path, 'missing');
  expect(() => readFile(missing)).toThrow(`${missing} cannot be read: there is no such file.`);
  expect(() => readFile(temporary.path)).toThrow(`${temporary.path} cannot be read: it is a folder.`);
});
