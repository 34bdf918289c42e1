/**
 * The form of a report in JSON (docs/report.schema.json). The types of a report are inferred from it, and a report that
 * was reviewed is read with it.
 */
import * as z from 'zod';

/** What is done with an object, in the order of a report: what cannot be undone comes first. */
export const kinds = ['destroy', 'replace', 'adopt', 'import', 'move', 'forget', 'create', 'update', 'defer'] as const;
const kind = z.enum(kinds);
export type Kind = z.output<typeof kind>;

const fieldChange = z
  .object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() })
  .describe('An attribute before and after. Null where it has no value; secrets are masked.');
export type FieldChange = z.output<typeof fieldChange>;

const change = z.object({
  address: z.string(),
  previousAddress: z.string().optional(),
  type: z.string().describe('The resource type.'),
  key: z.string().describe('The id of the object, such as SERVER_IP/EXTENSION. The former one, where it changes.'),
  group: z
    .string()
    .describe('The server that has the object before the apply: server_ip of a phone, aliases for phone aliases.'),
  kinds: z.array(kind).describe('One or more: an import, a move or an adoption may change the object too.'),
  reason: z.string().optional().describe('Why, where Terraform gives a reason.'),
  replacedBy: z.array(z.string()).describe('The attributes that cause a replacement.'),
  importId: z.string().optional(),
  deposed: z.string().optional().describe('The deposed key of an object that an earlier apply could not delete.'),
  fields: z.array(fieldChange).describe('What differs. Of a create the attributes that are set, of a destroy none.'),
});
export type Change = z.output<typeof change>;

const drift = z.object({
  address: z.string(),
  key: z.string(),
  isDeleted: z.boolean().describe('The object does not exist any more.'),
  fields: z.array(fieldChange),
});

const failedCheck = z
  .object({ name: z.string(), status: z.string(), messages: z.array(z.string()) })
  .describe('A condition of the configuration that does not hold.');
export type FailedCheck = z.output<typeof failedCheck>;

const diagnostic = z.object({
  severity: z.string(),
  summary: z.string(),
  detail: z.string(),
  address: z.string().optional(),
  place: z.string().optional().describe('File and line of the configuration.'),
});
export type LogDiagnostic = z.output<typeof diagnostic>;

const limit = z.object({
  kind,
  max: z.number().describe('More than this is too much.'),
  isPercent: z.boolean().describe('Whether max is a percentage of the objects that the server has in the prior state.'),
});
export type Limit = z.output<typeof limit>;

const exceededLimit = limit.extend({
  group: z.string().describe('The server by its former address, or aliases.'),
  count: z.number(),
  total: z.number().describe('The objects of the server in the prior state.'),
});
export type ExceededLimit = z.output<typeof exceededLimit>;

export const origin = z
  .object({ file: z.string(), line: z.number().int().optional() })
  .describe('Where an object is declared.');
export type Origin = z.output<typeof origin>;

const report = z.object({
  environment: z.string(),
  result: z
    .enum(['failed', 'partial', 'blocked', 'changes', 'no-changes'])
    .describe(
      'failed: the plan has errors. partial: it may lack changes. blocked: a limit is exceeded. None of these three may be approved.',
    ),
  notes: z.array(z.string()).describe('What a reviewer must know of how the plan was made.'),
  counts: z.record(kind, z.number()),
  changes: z.array(change),
  drift: z.array(drift).describe('Changes outside of Terraform.'),
  firstRead: z.number().describe('The number of objects of which attributes were read for the first time: no drift.'),
  outputs: z.array(fieldChange),
  checks: z.array(failedCheck),
  diagnostics: z.array(diagnostic),
  exceeded: z.array(exceededLimit),
  fingerprint: z.string().optional().describe('Left out where the plan cannot be approved.'),
  origins: z.record(z.string(), origin).describe('Where objects are declared, by address.'),
});
export type Report = z.output<typeof report>;

/** What `phonestate report --json` prints. */
export const reportFile = z.object({
  version: z.literal(1, { error: 'expected 1, the version of the format' }),
  reports: z.array(report),
});
