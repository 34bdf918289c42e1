/** What a drift report could not see or compare, as sentences. */
import type { AdminLog } from '../model/admin-event';
import type { Classified } from './classify';
import type { DriftReport } from './drift-schema';

interface NotesInput {
  readonly classified: Pick<Classified, 'unread' | 'uncomparedSecrets'>;
  readonly reader: DriftReport['reader'];
  readonly hasState: boolean;
  /** Missing objects of which it is not known whether they are only hidden. */
  readonly unknown: number;
  /** Objects that the API has, and the reader does not. */
  readonly late: number;
  readonly log: AdminLog | undefined;
  readonly hasDifferences: boolean;
}

export function notesOf(input: NotesInput): string[] {
  const { classified, reader, hasState, unknown, late } = input;
  const { unread, uncomparedSecrets: secrets } = classified;
  return [
    ...(hasState
      ? []
      : [
          'Without the state, what was changed on the system and what is merged and not applied yet cannot be distinguished: both count as drift. Give the state with --state FILE, or run terraform init in the folder of the stack.',
        ]),
    ...(reader === 'api'
      ? [
          'With read_from = "api" only missing objects are seen: the API shows neither values nor what is not declared. Use the admin pages or the database.',
        ]
      : [...unread].map(
          ([name, count]) =>
            `${name} of ${objects(count)} cannot be read by the ${readers[reader]}, and was not compared.`,
        )),
    ...(secrets > 0 && reader !== 'api'
      ? [
          `${secrets} declared ${secrets === 1 ? 'password was' : 'passwords were'} not compared: ${whySecrets(hasState)}.`,
        ]
      : []),
    ...(unknown > 0
      ? [
          `Whether ${objects(unknown)} that ${unknown === 1 ? 'is' : 'are'} missing may only be hidden from the API user is not known.`,
        ]
      : []),
    ...(late > 0
      ? [
          `${objects(late)} ${late === 1 ? 'exists' : 'exist'} by the API, and the reader does not show ${late === 1 ? 'it' : 'them'} yet: not compared.`,
        ]
      : []),
    ...authorNotes(input),
  ];
}

const readers = { admin: 'admin pages', database: 'database' } as const;

function objects(count: number): string {
  return `${count} ${count === 1 ? 'object' : 'objects'}`;
}

function whySecrets(hasState: boolean): string {
  return hasState ? 'the state does not have them, or they cannot be read' : 'their values are in the state only';
}

/** Who it was is only of interest where there is something. */
function authorNotes({ log, reader, hasDifferences }: NotesInput): string[] {
  if (!hasDifferences) return [];
  if (reader !== 'database') return ['By whom and when is only known with the database (database_url).'];
  return log && 'unavailable' in log ? [`By whom and when is not known: ${log.unavailable}`] : [];
}
