/** The page of all phones or phone aliases. */
import type { StoredValues } from '../reader';
import { brokenPageError, hasMenu, isWholePage } from './access';
import { parseList } from './html-list';
import { rowValues, type PageType } from './stored-fields';

/**
 * Reads the page of all objects of a type.
 *
 * @returns undefined for a page that is not known to be a list
 * @throws PhonestateError `admin-pages-unreadable` for a list that is cut off
 */
export function readList(pageType: PageType, html: string): StoredValues[] | undefined {
  const { rows, isComplete } = parseList(html, pageType.viewAction);
  const objects = rows.map((row) => rowValues(pageType, row)).filter((values) => values !== undefined);
  // An empty list is a page of VICIdial without rows.
  if (objects.length === 0) return isWholePage(html) && hasMenu(html) ? objects : undefined;
  if (!isComplete) throw brokenPageError(`The list of all objects of type ${pageType.type.noun} is cut off.`);
  return objects;
}
