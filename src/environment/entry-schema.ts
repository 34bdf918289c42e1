/** The schemas of what an environment file declares: phones, ranges, seats, phone aliases. */
import * as z from 'zod';
import type { FieldDefinition } from '../model/field-definition';
import { phoneAliasFields } from '../model/phone-alias-fields';
import { phoneFields, phoneType, type PhoneFieldName } from '../model/phone-fields';
import { writeOnlyDefinitions, type WriteOnlyName, type WriteOnlyVersionName } from '../model/write-only-fields';
import { strictObject } from './strict-object';
import { fieldValue, flag, text, type FileValue, type ValueDefinition } from './value-schema';

/** What a phone has besides its key: fields of VICIdial, their write-only forms, and whether it may be deleted. */
export type PhoneValueName =
  | Exclude<PhoneFieldName, 'server_ip' | 'extension'>
  | WriteOnlyName<typeof phoneType>
  | WriteOnlyVersionName<typeof phoneType>
  | 'protect';

/** The fields of a phone that are not its key, and their write-only forms. */
export const valueFields: readonly (readonly [string, ValueDefinition])[] = [
  ...Object.entries<FieldDefinition>(phoneFields).filter(([, field]) => !field.key),
  ...Object.entries(writeOnlyDefinitions(phoneType)),
];

const protect = flag.optional().describe('While it is true, the object is neither deleted nor replaced.');

const fields = valueFields.map(([name, field]) => [
  name,
  fieldValue(name, field).optional().describe(field.description),
]);

// The entries are those of the field table, their write-only forms, and `protect`.
const values = { ...Object.fromEntries(fields), protect } as Record<
  PhoneValueName,
  z.ZodOptional<z.ZodType<FileValue>>
>;

export const phoneValues = strictObject(values, 'expected fields of a phone, such as { protocol: SIP }');
export type PhoneValues = z.output<typeof phoneValues>;

const extensions = z.union(
  [
    text('extensions', 'a range'),
    z.int(),
    z.array(
      z.union([text('', 'a range'), z.int()], {
        error: 'expected extensions and ranges, such as [55100-55149, "55200"]',
      }),
    ),
  ],
  { error: 'expected a range, such as 55100-55149, or a list of extensions and ranges' },
);
export type Extensions = z.output<typeof extensions>;

export const without = z.literal('without', { error: 'expected fields to change, or the word without' });

const exceptions = z
  .record(z.string(), z.union([without, phoneValues]), {
    error: 'expected exceptions by extension, such as { "55105": { protocol: IAX2 }, "55113": without }',
  })
  .optional();

export const server = text('server', 'the name of a server');

export const phoneEntry = strictObject(
  {
    server: server.optional(),
    extension: text('extension').optional(),
    extensions: extensions.optional().describe('A range such as 55100-55149, or a list of extensions and ranges.'),
    csv: text('csv', 'the name of a CSV file').optional().describe('A CSV file, whose first row has names of fields.'),
    ...values,
    exceptions,
  },
  'expected a phone, such as { server: east, extension: "55000" }',
).superRefine(({ extension, extensions: range, csv, exceptions: changed }, context) => {
  const given = [extension, range, csv].filter((value) => value !== undefined);
  const add = (message: string, path: string[] = []) => context.addIssue({ code: 'custom', message, path });
  if (given.length === 0) add('is missing; expected extension, extensions (a range) or csv (a file)', ['extension']);
  if (given.length > 1) add('has more than one of extension, extensions and csv; write one of them');
  if (extension !== undefined && changed !== undefined)
    add('is for ranges and CSV files; change this phone itself', ['exceptions']);
});
export type PhoneEntry = z.output<typeof phoneEntry>;

const aliasOfSeat = strictObject(
  {
    alias_id: text('alias_id').optional().describe(phoneAliasFields.alias_id.description),
    alias_name: text('alias_name').nullable().optional().describe(phoneAliasFields.alias_name.description),
    protect,
  },
  'expected fields of the phone alias, such as { alias_name: "Seat {extension}" }',
);

const seatValues = strictObject(
  { ...values, alias: aliasOfSeat.nullable().optional() },
  'expected fields of the phones of the seat, such as { protocol: SIP }',
);
export type SeatValues = z.output<typeof seatValues>;

export const seatEntry = strictObject(
  {
    extension: text('extension').optional(),
    extensions: extensions.optional(),
    servers: z
      .array(server, { error: 'expected a list of servers' })
      .min(1, 'is empty; a seat has at least one server')
      .optional()
      .describe('Names of servers. Default: all servers that have a suffix.'),
    ...values,
    alias: aliasOfSeat
      .nullable()
      .optional()
      .describe('The phone alias over the phones of a seat: by default its id is the extension. ~ for none.'),
    exceptions: z
      .record(z.string(), z.union([without, seatValues]), { error: 'expected exceptions by extension' })
      .optional(),
  },
  'expected a seat, such as { extensions: 2000-2150, servers: [east, west] }',
).superRefine(({ extension, extensions: range }, context) => {
  if ((extension === undefined) === (range === undefined))
    context.addIssue({ code: 'custom', message: 'needs either extension or extensions', path: [] });
});
export type SeatEntry = z.output<typeof seatEntry>;

const aliasLogin = z.union(
  [
    text('', 'a phone login'),
    strictObject(
      {
        environment: text('environment', 'the name of an environment, or ~ for a login that is in no file').nullable(),
        phone_login: text('phone_login'),
      },
      'expected a phone login of another environment file, such as { environment: west, phone_login: "56000" }',
    ),
  ],
  {
    error: ({ input }) =>
      typeof input === 'number' ? `expected a phone login; write "${input}"` : 'expected a phone login',
  },
);
export type FileAliasLogin = z.output<typeof aliasLogin>;

const loginList = z.array(aliasLogin, { error: 'expected a list of phone logins' });

const changedLogins = strictObject(
  { add: loginList.optional(), remove: z.array(text('', 'a phone login')).optional() },
  'expected phone logins to add and to remove, such as { add: ["55002"] }',
);

const aliasValues = {
  alias_name: text('alias_name').nullable().optional().describe(phoneAliasFields.alias_name.description),
  phone_logins: z
    .union([loginList, changedLogins], { error: 'expected a list of phone logins' })
    .nullable()
    .optional()
    .describe(phoneAliasFields.phone_logins.description),
  protect,
};

export const aliasEntry = strictObject(
  { alias_id: text('alias_id').describe(phoneAliasFields.alias_id.description), ...aliasValues },
  'expected a phone alias, such as { alias_id: desks, alias_name: Desks, phone_logins: ["55000"] }',
);
export type AliasEntry = z.output<typeof aliasEntry>;

export const changedObject = strictObject(
  { ...values, ...aliasValues },
  'expected fields of a phone, such as { protocol: SIP }, or of a phone alias',
);
/** What an entry or an exception sets of a phone alias. */
export type AliasValues = Omit<AliasEntry, 'alias_id'>;
export type ChangedObject = z.output<typeof changedObject>;
