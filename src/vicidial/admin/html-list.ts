/** Reads the lists of the admin pages: rows that are marked by a class or by a colour, and found by their links. */
import { Parser, type Handler } from './html-parser';

export interface ListRow {
  /** The address of the first link to an object; not URL-encoded. Undefined where a quote in a key damages it. */
  readonly address: string | undefined;
  /** The text of the cells; undefined for a cell with a tag that the page does not write there. */
  readonly cells: readonly (string | undefined)[];
  /** Whether the row is written as VICIdial writes rows, so that each of its cells has a value as it is stored. */
  readonly isPlain: boolean;
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
  const handler = new ListHandler(html, action);
  new Parser(handler, { decodeEntities: false }).end(html);
  return { rows: handler.rows, isComplete: handler.isComplete };
}

/** Tags that the cells have of their own. Any other comes from a value. */
const cellTags = ['a', 'b', 'i', 'font', 'center', 'br', 'img'];

/**
 * A row up to its end tag: the link to the object, values, and further links. Values are not escaped, so one with markup
 * would add tags, end its cell or hide what follows. One with spaces at an end, or with a character that the form of the
 * object may show in another way, is no plain one either.
 */
const plainRow = new RegExp(
  [
    String.raw`^<tr[^<>]*><td[^<>]*><a [^<>]*><font[^<>]*>[^<>]*</font></a></td>`,
    String.raw`(?:\s*<td[^<>]*><font[^<>]*>(?!\s)[^<>&"]*(?<!\s)</td>)+`,
    String.raw`\s*<td[^<>]*><font[^<>]*>(?:<a [^<>]*>[^<>]*</a>[^<>]*)+</td>$`,
  ].join(''),
  'iu',
);

class ListHandler implements Partial<Handler> {
  readonly rows: ListRow[] = [];
  isComplete = false;
  readonly #link: RegExp;
  #address: string | undefined;
  #isRow = false;
  #cells: (string | undefined)[] = [];
  #isCell = false;
  #parser: Parser | undefined;
  #rowStart = 0;

  constructor(
    private readonly html: string,
    action: string,
  ) {
    this.#link = new RegExp(`[?&]ADD=${action}(?:&|$)`, 'u');
  }

  onparserinit(parser: Parser): void {
    this.#parser = parser;
  }

  onopentag(tag: string, attributes: Readonly<Record<string, string>>): void {
    if (tag === 'tr' || tag === 'table') {
      this.#endRow();
      this.#rowStart = this.#position;
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

  /** Where the tag begins that is being read. */
  get #position(): number {
    return this.#parser?.startIndex ?? 0;
  }

  #endRow(): void {
    if (this.#isRow) {
      this.isComplete = false;
      const isPlain = plainRow.test(this.html.slice(this.#rowStart, this.#position));
      this.rows.push({ address: this.#address, cells: this.#cells.map((cell) => cell?.trim()), isPlain });
    }
    this.#isRow = this.#isCell = false;
    this.#address = undefined;
    this.#cells = [];
  }
}
