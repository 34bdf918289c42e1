/** The messages in code are those of docs/internals/plugin-protocol.md, section 7: names, numbers, types and labels. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { servedRpcs, unservedRpcs } from '../../../src/terraform/wire/rpc-names';
import { enums, messages } from '../../../src/terraform/wire/tfplugin6';
import type { Field } from '../../../src/terraform/wire/protobuf';

const page = readFileSync(join(__dirname, '../../../docs/internals/plugin-protocol.md'), 'utf8');
const rows = [...page.matchAll(/^\| (\S+) \| (message|enum|rpc) \| (.+) \|$/gmu)].map(
  ([, name = '', kind, text = '']) => ({
    name,
    kind,
    text,
  }),
);
const documented = (kind: string, only?: (name: string) => boolean) =>
  Object.fromEntries(
    rows.filter((row) => row.kind === kind && (only?.(row.name) ?? true)).map(({ name, text }) => [name, text]),
  );

/** Messages that section 7 does not have: protobuf's own, and one whose fields it leaves out. */
const undocumented = ['google.protobuf.Timestamp', 'GetMetadata.Response'].filter(
  (name) => !documented('message')[name],
);

/** A field as section 7 writes it. */
function fieldText(name: string, { number, type, many, optional, oneOf }: Field): string {
  const label = many === 'list' ? ' (repeated)' : optional ? ' [optional]' : oneOf ? ` [one of ${oneOf}]` : '';
  return `${number} ${name}: ${many === 'map' ? `map<string, ${type}>` : type}${label}`;
}

/** Fields in the order of their numbers. */
function sorted(fields: readonly string[]): string[] {
  return [...fields].sort((a, b) => parseInt(a) - parseInt(b));
}

test('section 7 has the messages, enums and RPCs of the whole protocol', () => {
  expect(rows.filter(({ kind }) => kind === 'message').length).toBeGreaterThan(80);
  expect(rows.filter(({ kind }) => kind === 'rpc').length).toBeGreaterThan(25);
});

test('every message has the documented fields, and no others', () => {
  const own = Object.entries<Readonly<Record<string, Field>>>(messages)
    .filter(([name]) => !undocumented.includes(name))
    .map(([name, fields]) => [name, sorted(Object.entries(fields).map(([field, spec]) => fieldText(field, spec)))]);
  const expected = Object.entries(documented('message')).map(([name, text]) => [
    name,
    text === '(no fields)' ? [] : sorted(text.split('; ')),
  ]);
  expect(Object.fromEntries(own)).toEqual(Object.fromEntries(expected));
});

test('every enum has the documented values', () => {
  const own = Object.entries<Readonly<Record<string, number>>>(enums).map(([name, values]) => [
    name,
    Object.entries(values)
      .map(([value, number]) => `${number} ${value}`)
      .join(', '),
  ]);
  expect(Object.fromEntries(own)).toEqual(documented('enum'));
});

test('every RPC has the documented messages', () => {
  const own = [...servedRpcs, ...unservedRpcs].map((rpc) => [
    `Provider.${rpc}`,
    `${rpc}.Request → ${`${rpc}.Response` in messages ? `${rpc}.Response` : `stream of ${rpc}.Event`}`,
  ]);
  expect(Object.fromEntries(own)).toEqual(documented('rpc'));
});

test('the type of every field is a scalar, a message or an enum', () => {
  const known = ['string', 'bytes', 'bool', 'int64', 'int32', ...Object.keys(messages), ...Object.keys(enums)];
  const types = Object.values<Readonly<Record<string, Field>>>(messages).flatMap((fields) => Object.values(fields));
  expect(types.map(({ type }) => type).filter((type) => !known.includes(type))).toEqual([]);
});
