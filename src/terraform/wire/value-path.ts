/**
 * Where a value stands inside of another one, for messages. It is a chain and not a list, because one is made for each
 * attribute that is read, and hardly ever looked at.
 */
export type ValuePath = { readonly within: ValuePath; readonly step: string | number } | undefined;

/** The path of an attribute, element or key inside of the value that has a path; undefined is the outermost one. */
export function at(within: ValuePath, step: string | number): ValuePath {
  return { within, step };
}

/** The steps, with dots between them; empty for the outermost value. */
export function formatPath(path: ValuePath): string {
  const steps: (string | number)[] = [];
  for (let each = path; each; each = each.within) steps.unshift(each.step);
  return steps.join('.');
}
