import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../src/phone/catalogue';
import { failure } from '../../src/phone/failures';

const root = join(__dirname, '..', '..');
const codes = Object.keys(catalogue).sort();

test('the docs list every code of the catalogue, and no other', () => {
  const headings = [...readFileSync(join(root, 'docs', 'failures.md'), 'utf8').matchAll(/^### (\S+)$/gmu)].map(([, code]) => code);
  expect(headings.sort()).toEqual(codes);
});

test('every code of the catalogue is used, outside of it', () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('catalogue.ts'))
    .map((file) => readFileSync(join(root, 'src', file), 'utf8'))
    .join('\n');
  expect(codes.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
});

test.each(codes)('%s says what happened, why and what to do, in sentences', (code) => {
  const { summary, cause, remedy } = catalogue[code as keyof typeof catalogue];
  expect(summary).toMatch(/^[A-Z0-9"-].*[^.]$/u);
  for (const text of [cause, remedy]) expect(text).toMatch(/^["A-Z0-9-].*\.$/u);
});

test('a failure tells the particular, the cause, the remedy and its code', () => {
  const { cause, remedy } = catalogue['phone-exists'];
  expect(failure('phone-exists', { what: 'It is there.', field: 'extension' })).toMatchObject({ field: 'extension', detail: ['It is there.', cause, remedy, 'Code: phone-exists'].join('\n\n') });
  expect(failure('phone-exists', { what: 'It is there.', remedy: 'Leave it.' }).detail).toContain('Leave it.\n\nCode');
});
