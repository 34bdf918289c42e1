/** The JSON Schemas of the files that users write or read. */
import * as z from 'zod';
import { faultFile } from '../../src/emulator/faults';
import { driftReport } from '../../src/drift/drift-schema';
import { systemData } from '../../src/emulator/system-data';
import { environmentFile } from '../../src/environment/environment-file';
import { reportFile } from '../../src/report/report-schema';

type Override = NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override'];

/** Each object of an environment file may have keys that begin with `x-`, and merge keys. */
const withOwnKeys: Override = ({ jsonSchema: object }) => {
  if (object.additionalProperties === false) object.patternProperties = { '^(?:x-|<<$)': {} };
};

/** By the name of the file in docs. */
export const jsonSchemas: Readonly<Record<string, () => string>> = {
  'docs/emulator-data.schema.json': () => jsonSchema(systemData),
  'docs/emulator-faults.schema.json': () => jsonSchema(faultFile),
  'docs/environment.schema.json': () => jsonSchema(environmentFile, withOwnKeys),
  'docs/report.schema.json': () => jsonSchema(reportFile),
  'docs/drift.schema.json': () => jsonSchema(driftReport),
};

/** What a file may hold before the defaults are filled in. */
function jsonSchema(schema: z.ZodType, override?: Override): string {
  const ownKeys = override ? ({ override, reused: 'ref' } as const) : {};
  return `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', ...ownKeys }), null, 2)}\n`;
}
