/** What the provider can read from (`read_from`). */

export const sources = ['api', 'admin', 'database'] as const;
export type Source = (typeof sources)[number];
