/** The builds that the emulator can be, and what tells them apart. */
export interface Build {
  /** As `function=version` prints it. */
  readonly build: string;
  readonly version: string;
  /** Users have a list of functions that they may call. */
  readonly allowedFunctions: boolean;
  /** An update with nothing in it answers NO UPDATES DEFINED; later builds write the row all the same. */
  readonly noticesEmptyUpdate: boolean;
  readonly shortestEmail: number;
  /** outbound_alt_cid, phone_ring_timeout and delete_vm_after_email; the others are ignored without a word. */
  readonly alternateCallerId: boolean;
  /** is_webphone, webphone_auto_answer, use_external_server_ip, on_hook_agent and template_id. */
  readonly webphone: boolean;
  readonly voicemailLetters: boolean;
}

const first: Build = {
  build: '150217-1403',
  version: '2.10-69',
  allowedFunctions: false,
  noticesEmptyUpdate: true,
  shortestEmail: 4,
  alternateCallerId: false,
  webphone: false,
  voicemailLetters: false,
};
const second: Build = { ...first, build: '180301-1424', version: '2.14-107', allowedFunctions: true };
const third: Build = {
  ...second,
  build: '200622-1609',
  version: '2.14-133',
  noticesEmptyUpdate: false,
  shortestEmail: 5,
  alternateCallerId: true,
  webphone: true,
};
const fourth: Build = { ...third, build: '241004-1518', version: '2.14-194', voicemailLetters: true };

export const builds = { '150217': first, '180301': second, '200622': third, '241004': fourth } as const;
export type BuildName = keyof typeof builds;
export const buildNames = Object.keys(builds) as BuildName[];
