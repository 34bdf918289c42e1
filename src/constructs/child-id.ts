/**
 * The construct id of a phone: its extension. The names that all objects of JavaScript have, such as `constructor`, are
 * no construct ids; no extension has a dot.
 */
export function childId(extension: string): string {
  return extension in Object.prototype ? `.${extension}` : extension;
}
