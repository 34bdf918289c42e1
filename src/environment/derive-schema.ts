/** The schemas of what only a derived environment has: mapping, selection, exceptions. */
import * as z from 'zod';
import { phoneFields } from '../model/phone-fields';
import { changedObject, server, valueFields, without, type PhoneValueName } from './entry-schema';
import { strictObject } from './strict-object';
import { numberMessage, text } from './value-schema';

const change = z.union(
  [
    text('', 'a template, such as "{phone_login}s"'),
    strictObject({ add: z.int({ error: numberMessage('add') }) }, 'expected { add: 40000 }'),
    strictObject({ replace: text('replace'), with: text('with') }, 'expected { replace: "^55", with: "95" }'),
  ],
  { error: 'expected a template, { add: NUMBER } or { replace: PATTERN, with: TEXT }' },
);
export type Change = z.output<typeof change>;

/** A secret is not inherited, and neither is the version of a write-only one. */
const mappedFields = valueFields.filter(([name, { secret }]) => !secret && name in phoneFields);

const mapping = strictObject(
  {
    servers: z
      .record(z.string(), server, { error: 'expected names of servers of this file by those of the base' })
      .optional(),
    extension: change.optional(),
    ...Object.fromEntries(mappedFields.map(([name]) => [name, change.optional()])),
    alias_id: change.optional(),
    alias_name: change.optional(),
  } as Record<Exclude<MappedName, 'servers'>, z.ZodOptional<typeof change>> & {
    servers: z.ZodOptional<z.ZodRecord<z.ZodString, typeof server>>;
  },
  'expected a mapping of fields, such as { extension: { add: 40000 } }',
);
/** What a mapping changes. */
export type MappedName = 'servers' | 'extension' | 'alias_id' | 'alias_name' | Exclude<PhoneValueName, 'protect'>;

const patterns = (example: string) =>
  z.union([text('', example), z.array(text('', example))], { error: `expected ${example}, or a list` }).optional();
const phoneSelector = {
  server: patterns('the name of a server'),
  user_group: patterns('a user group'),
  extension: patterns('a pattern of extensions, such as "55*"'),
};
const onlySelector = strictObject(phoneSelector, 'expected what to select by: server, user_group or extension');
const withoutSelector = strictObject(
  { ...phoneSelector, alias_id: patterns('a pattern of phone aliases') },
  'expected what to leave out by: server, user_group, extension or alias_id',
);
export type Selector = z.output<typeof withoutSelector>;

/** Objects that are managed elsewhere. */
export const ignoredObjects = withoutSelector.superRefine((selector, context) => {
  const names = Object.entries(selector).flatMap(([name, patterns]) => (patterns === undefined ? [] : [name]));
  const message =
    names.length === 0
      ? 'is empty; it would ignore everything'
      : names.length > 1 && names.includes('alias_id')
        ? 'ignores phones or phone aliases, not both; write two'
        : undefined;
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

/** The keys of a file that only a file with `extends` may have. */
export const derivedKeys = {
  mapping: mapping.optional(),
  only: z.union([onlySelector, z.array(onlySelector)], { error: 'expected a selector, or a list' }).optional(),
  without: z.union([withoutSelector, z.array(withoutSelector)], { error: 'expected a selector, or a list' }).optional(),
  exceptions: z
    .record(z.string(), z.union([without, changedObject]), {
      error: 'expected exceptions by key, such as { "east/55000": { protocol: IAX2 }, "alias:desks": without }',
    })
    .optional(),
};
