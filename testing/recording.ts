/** Conversations that were recorded with running servers: the form of the files, and the system they were made on. */
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import type { SystemInput } from '../src/emulator/system-data';
import { readFile } from '../src/read-file';

/** A parameter; with `true`, the value is encoded already. */
const pair = z.union([z.tuple([z.string(), z.string()]), z.tuple([z.string(), z.string(), z.boolean()])]);
const row = z.record(z.string(), z.string().nullable());
const changes = z.object({
  /** New rows with all columns, changed rows with the key and what changed. */
  stored: z.array(row).default([]),
  /** Keys in small letters. */
  removed: z.array(z.string()).default([]),
});

const step = z.object({
  method: z.string(),
  query: z.array(pair).default([]),
  body: z.array(pair).optional(),
  /** The content type, where it is not that of a form. */
  type: z.string().optional(),
  raw_body: z.string().optional(),
  status: z.int(),
  reply: z.string(),
  phones: changes.optional(),
  aliases: changes.optional(),
  /** The servers that wait for a rebuild, where that changed. */
  rebuild: z.array(z.string()).optional(),
});

const conversation = z.object({
  build: z.string(),
  non_latin: z.boolean(),
  sequence: z.int(),
  steps: z.array(step),
});

export type Step = z.output<typeof step>;
export type Pair = z.output<typeof pair>;
export type Row = z.output<typeof row>;
export type Conversation = z.output<typeof conversation>;

/**
 * Reads the conversations of a file, one a line, packed by gzip or not.
 *
 * @throws Error with file and line where one does not have the form
 */
export function readRecording(file: string): Conversation[] {
  const bytes = readFile(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [conversation.parse(JSON.parse(line))];
    } catch (error) {
      const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      throw new Error(`${file}:${index + 1}: ${reason}`, { cause: error });
    }
  });
}

/** The system on which the recordings were made. */
export const systemOfRecordings: SystemInput = {
  servers: ['10.0.0.11', '10.0.0.12'],
  templates: ['SIP_generic', 'IAX_generic'],
  user_groups: [
    { name: 'ADMIN' },
    { name: 'SALES', viewable_groups: ['SALES'] },
    { name: 'NORTH', viewable_groups: ['NORTH'] },
  ],
  users: [
    { user: '6666', password: 'admin1234' },
    { user: 'nodelete', password: 'nodelete1234', delete_phones: false },
    { user: 'noadmin', password: 'noadmin1234', ast_admin_access: false },
    { user: 'limited', password: 'limited1234', allowed_functions: ['version', 'server_refresh'] },
    { user: 'level7', password: 'level71234', level: 7 },
    { user: 'north', password: 'north1234', user_group: 'NORTH' },
  ],
};
