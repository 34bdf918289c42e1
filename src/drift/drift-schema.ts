/** The form of a drift report in JSON (docs/drift.schema.json). The types are inferred from it. Secrets are never in it. */
import * as z from 'zod';
import { origin } from '../report/report-schema';

const value = z
  .union([z.string(), z.number(), z.boolean(), z.array(z.string()).readonly()])
  .nullable()
  .describe('Null where there is none, where it is not known, and for secrets.');
export type ShownValue = z.output<typeof value>;

const field = z.object({
  name: z.string(),
  isSecret: z.boolean().describe('Secrets are only known to differ.'),
  declared: value,
  applied: value.describe('The value in state.'),
  found: value.describe('The value on the system.'),
});
export type FieldDrift = z.output<typeof field>;

const object = z.object({
  type: z.enum(['phone', 'phone alias']),
  key: z.string().describe('SERVER_IP/EXTENSION, or the alias_id.'),
  name: z.string().optional().describe('What the environment file calls it, such as east/55000; where it is declared.'),
  place: origin.optional(),
});
export type DriftObject = z.output<typeof object>;

const lastChange = z
  .object({
    at: z.string().describe('In the time zone of the database.'),
    user: z.string(),
    action: z.string().describe('ADD, COPY, MODIFY or DELETE.'),
    by: z.enum(['api', 'admin pages', 'unknown']),
    isReader: z
      .boolean()
      .describe(
        'Whether it is the API user of this report by the API: probably an apply, and not what has changed since.',
      ),
    mayBeOf: z
      .array(z.string())
      .describe('Other servers that have the extension, where the log does not say which one it is about.'),
  })
  .describe('The latest entry of the log of the administration that explains it. Left out where there is none.');
export type LastChange = z.output<typeof lastChange>;

const changed = object.extend({ fields: z.array(field), lastChange: lastChange.optional() });
const present = object.extend({ lastChange: lastChange.optional() });
export type FoundObject = z.output<typeof present>;

/** What an apply would do that has nothing to do with drift. */
const unappliedActions = ['create', 'update', 'adopt', 'import', 'delete', 'forget'] as const;

const notApplied = object.extend({
  action: z.enum(unappliedActions),
  fields: z.array(field).describe('What an update changes.'),
});
export type UnappliedObject = z.output<typeof notApplied>;

const count = z.number().int().nullable().describe('Null where the reader cannot count it.');

export const driftReport = z.object({
  version: z.literal(1),
  environment: z.string(),
  system: z.string(),
  result: z.enum(['none', 'drift']),
  reader: z.enum(['api', 'admin', 'database']),
  state: z
    .enum(['pulled', 'file', 'none'])
    .describe('none: what is merged and not applied cannot be distinguished, and counts as drift.'),
  authors: z.enum(['log', 'none']).describe('Whether the log of the administration was read.'),
  notes: z.array(z.string()).describe('What could not be seen or compared.'),
  counts: z.object({
    declared: z.number().int(),
    found: count.describe('Objects of the system, without those that are ignored.'),
    managed: count.describe('Those of them that this or another environment declares.'),
    managedPercent: z.number().nullable(),
    ignored: z.number().int(),
    elsewhere: z
      .record(z.string(), z.number().int())
      .describe('Objects that other environments declare, by their names.'),
  }),
  changed: z.array(changed).describe('Changed on the system.'),
  missing: z.array(present).describe('Declared, and not on the system any more.'),
  unmanaged: z.array(present).describe('On the system, and not declared.'),
  hidden: z.array(object).describe('On the system, in a user group that the API user may not view. No drift.'),
  notApplied: z.array(notApplied).describe('What the next apply would do all the same. No drift.'),
  importEntries: z.string().optional().describe('What to add to the environment file to import what is unmanaged.'),
});
export type DriftReport = z.output<typeof driftReport>;
