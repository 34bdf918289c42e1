/**
 * How the builds of VICIdial differ (vicidial-api.md, sections 3 to 6; reading-vicidial.md, section 1). Every build can be
 * emulated: its date decides what it does.
 */
export interface Build {
  /** The date of the build as a number of six digits, to compare with the build that a field came with. */
  readonly number: number;
  /** As `function=version` prints them. */
  readonly build: string;
  readonly version: string;
  /** Whether a wrong password is an answer of its own; older builds answer that the permission is missing. */
  readonly separateLogin: boolean;
  /** Whether users have a list of functions that they may call, and whether the calls are kept in a table. */
  readonly allowedFunctions: boolean;
  /** Whether an update without fields is rejected with NO UPDATES DEFINED; later builds write the row all the same. */
  readonly rejectsEmptyUpdate: boolean;
  readonly minEmailLength: number;
  /** Whether an email keeps the apostrophe and the percent sign. */
  readonly quotesInEmail: boolean;
  /** Whether `---ALL---` is a value of outbound_cid. */
  readonly callerIdOfAll: boolean;
  readonly lettersInVoicemailId: boolean;
  /** Whether server_ip may be a name. */
  readonly serverNames: boolean;
  /** Whether characters are stripped in a system with `use_non_latin`. */
  readonly stripsNonLatin: boolean;
  /** Whether the lists of the admin pages mark their rows by a class; older builds do so by a colour. */
  readonly rowClasses: boolean;
  readonly schema: Schema;
}

/** How the table `phones` of a build differs from that of the newest one. */
export interface Schema {
  readonly lacks: readonly string[];
  /** The columns that are narrower, in characters. */
  readonly widths: Readonly<Record<string, number>>;
}

/** The builds that were seen running, with what they print (vicidial-api.md, Sources). */
const known: Readonly<Record<string, readonly [build: string, version: string]>> = {
  '150217': ['150217-1404', '2.10-69'],
  '180301': ['180301-2301', '2.14-107'],
  '200622': ['200622-1609', '2.14-128'],
  '241004': ['241004-1518', '2.14-194'],
};
export const newestBuild = '241004';

/** What a system prints instead of the names of its build, as a fork does. */
export interface BuildNames {
  readonly build?: string | undefined;
  readonly version?: string | undefined;
}

/**
 * What the build of a date does.
 *
 * @param date six digits, or eight as some forks write it, with or without the time: `241004`, `20241004`, `241004-1518`
 * @throws Error where it is no date
 */
export function buildOf(date: string, names: BuildNames = {}): Build {
  const [, digits = ''] = /^(?:20)?(\d{6})(?:-\d+)?$/u.exec(date) ?? [];
  if (digits === '') throw new Error(`The build ${date} is not a date such as 241004, 20241004 or 241004-1518.`);
  const number = Number(digits);
  const older = Object.keys(known).filter((each) => Number(each) <= number);
  const [build, version] = known[older.at(-1) ?? '150217'] ?? ['', ''];
  return {
    number,
    build: names.build ?? (digits in known ? build : date.includes('-') ? date : `${date}-0000`),
    version: names.version ?? version,
    separateLogin: number >= 130617,
    allowedFunctions: number >= 180301,
    rejectsEmptyUpdate: number < 200622,
    minEmailLength: number < 200622 ? 4 : 5,
    quotesInEmail: number >= 180301,
    callerIdOfAll: number >= 190628,
    lettersInVoicemailId: number >= 220312,
    serverNames: number >= 220312,
    stripsNonLatin: number >= 220312,
    rowClasses: number >= 200622,
    schema: schemaOf(number),
  };
}

/** The columns that the schema of build 150217 does not have yet. */
const laterColumns = [
  'outbound_alt_cid',
  'phone_ring_timeout',
  'delete_vm_after_email',
  'is_webphone',
  'webphone_auto_answer',
  'use_external_server_ip',
  'on_hook_agent',
  'template_id',
];

function schemaOf(build: number): Schema {
  const isOldest = build < 180301;
  return {
    lacks: isOldest ? laterColumns : [],
    widths: {
      ...(isOldest ? { phone_pass: 10 } : {}),
      ...(build <= 230614 ? { registration_password: 20 } : {}),
    },
  };
}
