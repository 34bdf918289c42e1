/**
 * The schema of an environment file, as it is written (docs/guides/environments.md). What only the whole environment
 * shows, such as two phones with one key, is checked in `check-environment.ts`.
 */
import * as z from 'zod';
import { phoneAliasFields } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import { writeOnlyDefinitions } from '../model/write-only-fields';
import { kinds } from '../report/report-schema';
import { derivedKeys, ignoredObjects } from './derive-schema';
import { aliasEntry, phoneEntry, phoneValues, seatEntry, server } from './entry-schema';
import { providerBlock } from './provider-schema';
import { strictObject } from './strict-object';
import { flag, text } from './value-schema';

const writeOnlyNames = Object.keys(writeOnlyDefinitions(phoneType));

const serverEntry = z.union([
  text('ip', 'the address of a server, such as 10.0.0.11'),
  strictObject(
    {
      ip: text('ip', 'an address, such as 10.0.0.11').optional().describe('`server_ip` of the server in VICIdial.'),
      was: text('was', 'an address').optional().describe('`server_ip` of the server before VICIdial moved its phones.'),
      suffix: text('suffix').optional().describe('What the phone logins of seats have after the extension.'),
      defaults: phoneValues.optional(),
    },
    'expected the address of a server, or { ip: 10.0.0.11, suffix: a }',
  ),
]);
export type ServerEntry = z.output<typeof serverEntry>;

const phones = z.array(phoneEntry, { error: 'expected a list of phones; write [] for none' });

const group = strictObject(
  { server: server.optional(), defaults: phoneValues.optional(), phones },
  'expected a group of phones, such as { server: east, phones: [] }',
);

const address = text('', 'an address in Terraform').regex(
  /^(?:module\.[^\s]+\.)?vicidial_phone(?:_alias)?\.[^\s.[]+(?:\[.+\])?$/u,
  'expected an address in Terraform, such as vicidial_phone.phone-east-55000',
);

const limitError = 'expected a number such as 5, or a percentage such as 10%';
const limit = z.union(
  [z.number({ error: limitError }).int(limitError).nonnegative(limitError), z.string().regex(/^\d+%$/u, limitError)],
  { error: limitError },
);

/** By kind of change, as a report counts them. */
const limits = strictObject(
  Object.fromEntries(kinds.map((kind) => [kind, limit.optional()])),
  'expected limits by kind of change, such as { destroy: 10%, update: 30 }',
);

const ignoredField = z.enum(
  [...Object.keys(phoneType.fields), ...writeOnlyNames, ...Object.keys(phoneAliasFields), 'protect'],
  {
    error: 'expected the name of a field, such as phone_ring_timeout, or objects, such as { extension: "9*" }',
  },
);

const content = {
  provider: providerBlock.optional(),
  servers: z
    .record(z.string().regex(/^[^\s/:{}]+$/u), serverEntry, {
      error: ({ code }) =>
        code === 'invalid_key'
          ? 'the name of a server has no spaces and none of / : { }'
          : 'expected addresses of servers by name, such as { east: 10.0.0.11 }',
    })
    .optional(),
  defaults: phoneValues.optional(),
  groups: z.record(z.string(), group, { error: 'expected groups of phones by name' }).optional(),
  phones: phones.optional(),
  seats: z.array(seatEntry, { error: 'expected a list of seats' }).optional(),
  aliases: z.array(aliasEntry, { error: 'expected a list of phone aliases; write [] for none' }).optional(),
  backend: z
    .record(z.string(), z.record(z.string(), z.unknown()), {
      error: 'expected one backend of Terraform with its arguments, such as { s3: { bucket: states, key: phones } }',
    })
    .refine((backends) => Object.keys(backends).length === 1, 'expected one backend of Terraform')
    .optional(),
  moved: z
    .array(strictObject({ from: address, to: address }, 'expected { from: ADDRESS, to: ADDRESS }'), {
      error: 'expected a list of { from: ADDRESS, to: ADDRESS }',
    })
    .optional(),
  removed: z.array(address, { error: 'expected a list of addresses in Terraform' }).optional(),
  imports: z
    .union([z.literal('all'), z.array(text('', 'SERVER/EXTENSION, or alias:ALIAS_ID'))], {
      error: 'expected all, or a list such as ["east/55000", "alias:desks"]',
    })
    .optional(),
  limits: limits.optional().describe('The most changes of each kind that may be applied on one server.'),
  ignore: z
    .array(z.union([ignoredField, ignoredObjects]), { error: 'expected a list of fields, and of objects by pattern' })
    .optional()
    .describe(
      'Fields that phonestate compare and drift leave out, and objects of the system that are managed elsewhere.',
    ),
};

/** What a derived environment changes: the keys of a file without `version` and `extends`. */
export const environmentChanges = strictObject({ ...content, ...derivedKeys }, 'expected what the environment changes');

export const environmentFile = strictObject(
  {
    version: z.literal(1, {
      error: ({ input }) =>
        input === undefined ? 'is missing; write version: 1' : 'expected 1, the version of the format',
    }),
    abstract: flag.optional().describe('A base of other environments, which is deployed nowhere itself.'),
    extends: z
      .union(
        [
          text('extends', 'the name of an environment'),
          strictObject(
            {
              environment: text('environment', 'the name of an environment'),
              ref: text('ref', 'a Git tag or commit').optional(),
            },
            'expected the name of an environment',
          ),
        ],
        { error: 'expected the name of an environment, or { environment: production, ref: v1.4 }' },
      )
      .optional(),
    moved_from: z
      .union([z.literal(0.1), z.literal('0.1')], { error: 'expected 0.1, the version that has the addresses in state' })
      .optional(),
    ...content,
    ...derivedKeys,
  },
  'expected an environment, such as { version: 1, servers: { east: 10.0.0.11 }, phones: [] }',
);
/** A file as it was read. */
export type EnvironmentFile = z.output<typeof environmentFile>;
/** What a program may give to derive an environment. */
export type EnvironmentChanges = z.output<typeof environmentChanges>;
