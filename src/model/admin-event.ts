/** What the log of the administration says about phones and phone aliases: who did what, and when. */

/** An entry of the log. Never with the statement that was made, which has passwords in clear. */
export interface AdminEvent {
  readonly about: 'phone' | 'phone alias';
  /** `ADD`, `COPY`, `MODIFY`, `DELETE`, or another word. */
  readonly action: string;
  /** The extension of a phone, or the `alias_id`. The column may be shorter than either. */
  readonly recordId: string;
  readonly user: string;
  /** As the database writes it, in its time zone. */
  readonly at: string;
  /** `ADMIN API …` for a call of the API, `ADMIN …` for a page; empty where the log does not say it. */
  readonly code: string;
  /** Which server it was, where that is said. */
  readonly notes: string;
}

/** The log about some objects; or why it cannot be read. */
export type AdminLog =
  | {
      readonly events: readonly AdminEvent[];
      /** How many characters of an extension or `alias_id` the log keeps; undefined where that is not known. */
      readonly idLength: number | undefined;
    }
  | { readonly unavailable: string };
