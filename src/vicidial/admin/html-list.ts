/** Reads the lists of the admin pages: rows that are marked by a class or by a colour, and found by their links. */
import { Parser, type Handler } from './html-parser';

export interface ListRow {
  /** The address of the first link to an object; not URL-encoded. Undefined where a quote in a key damages it. */
  readonly address: string | undefined;
  /** The text of the cells; undefined for a cell with a tag that the page does not write there. */
  readonly cells: readonly (string | undefined)[];
}

export interface List {
  readonly rows: readonly ListRow[];
  /** False where the page ends before the table of the rows does. Without rows it says nothing. */
  readonly isComplete: boolean;
}

/**
 * Reads the rows of a list.
 *
 * @param action the value of `ADD` in the address of a row's link
 */
export function parseList(html: string, action: string): List {
  const handler = new ListHandler(action);
  new Parser(handler, { decodeEntities: false }).end(html);
  return { rows: handler.rows, isComplete: handler.isComplete };
}

/** Tags that the cells have of their own. Any other comes from a value. */
const cellTags = ['a', 'b', 'i', 'font', 'center', 'br', 'img'];

class ListHandler implements Partial<Handler> {
  readonly rows: ListRow[] = [];
  isComplete = false;
  readonly #link: RegExp;
  #address: string | undefined;
  #isRow = false;
  #cells: (string | undefined)[] = [];
  #isCell = false;

  constructor(action: string) {
    this.#link = new RegExp(`[?&]ADD=${action}(?:&|$)`, 'u');
  }

  onopentag(tag: string, attributes: Readonly<Record<string, string>>): void {
    if (tag === 'tr' || tag === 'table') {
      this.#endRow();
    } else if (tag === 'td' || tag === 'th') {
      this.#cells.push('');
      this.#isCell = true;
    } else if (tag === 'a' && !this.#isRow && this.#link.test(attributes.href ?? '')) {
      this.#isRow = true;
      const isWhole = Object.keys(attributes).length === 1;
      this.#address = isWhole ? attributes.href : undefined;
    } else if (this.#isCell && !cellTags.includes(tag)) {
      this.#cells[this.#cells.length - 1] = undefined;
    }
  }

  ontext(text: string): void {
    const index = this.#cells.length - 1;
    const cell = this.#cells[index];
    if (this.#isCell && cell !== undefined) this.#cells[index] = cell + text;
  }

  onclosetag(tag: string, isImplied: boolean): void {
    if (tag === 'td' || tag === 'th') this.#isCell = false;
    if (tag === 'tr') this.#endRow();
    if (tag === 'table') {
      this.#endRow();
      if (!isImplied) this.isComplete = true;
    }
  }

  #endRow(): void {
    if (this.#isRow) {
      this.isComplete = false;
      this.rows.push({ address: this.#address, cells: this.#cells.map((cell) => cell?.trim()) });
    }
    this.#isRow = this.#isCell = false;
    this.#address = undefined;
    this.#cells = [];
  }
}
