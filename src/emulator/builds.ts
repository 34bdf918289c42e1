/**
 * The VICIdial builds that can be emulated, and how they differ (vicidial-api.md, sections 3 to 6; reading-vicidial.md,
 * section 1).
 */
export interface Build {
  /** The date of the build as a number, to compare with the build that a field came with. */
  readonly number: number;
  /** As `function=version` prints them. */
  readonly build: string;
  readonly version: string;
  /** Whether users have a list of functions that they may call. */
  readonly allowedFunctions: boolean;
  /** Whether an update without fields is rejected with NO UPDATES DEFINED; later builds write the row all the same. */
  readonly rejectsEmptyUpdate: boolean;
  readonly minEmailLength: number;
  readonly lettersInVoicemailId: boolean;
  /** Whether the lists of the admin pages mark their rows by a class; older builds do so by a colour. */
  readonly rowClasses: boolean;
}

const build150217: Build = {
  number: 150217,
  build: '150217-1403',
  version: '2.10-69',
  allowedFunctions: false,
  rejectsEmptyUpdate: true,
  minEmailLength: 4,
  lettersInVoicemailId: false,
  rowClasses: false,
};
const build180301: Build = {
  ...build150217,
  number: 180301,
  build: '180301-1424',
  version: '2.14-107',
  allowedFunctions: true,
};
const build200622: Build = {
  ...build180301,
  number: 200622,
  build: '200622-1609',
  version: '2.14-133',
  rejectsEmptyUpdate: false,
  minEmailLength: 5,
  rowClasses: true,
};
const build241004: Build = {
  ...build200622,
  number: 241004,
  build: '241004-1518',
  version: '2.14-194',
  lettersInVoicemailId: true,
};

/** From the oldest to the newest. */
export const builds = {
  '150217': build150217,
  '180301': build180301,
  '200622': build200622,
  '241004': build241004,
} as const;
export type BuildName = keyof typeof builds;
// The type of Object.keys is wider than the keys of a constant.
export const buildNames = Object.keys(builds) as BuildName[];
export const newestBuild = '241004' satisfies BuildName;
