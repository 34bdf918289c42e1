/** Errors and warnings, as a provider reports them and Terraform shows them. */

/** A step into a value: an attribute's name, a list's index (number) or a map's key (`{ key }`). */
export type PathStep = string | number | { readonly key: string };

/** Leads from the top of a resource to the value that a diagnostic or a replacement is about. */
export type Path = readonly PathStep[];

export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** One line, without a full stop. */
  readonly summary: string;
  /** What happened, why, and what to do. May have several paragraphs. */
  readonly detail?: string;
  /** Makes Terraform point at the line of the configuration. */
  readonly path?: Path;
}
