/**
 * Finds a form in an admin page, with its fields as they are stored. The HTML is irregular and values are not escaped
 * (reading-vicidial.md, section 1), so nothing is decoded, and a value that its tag cannot hold counts as unreadable.
 */
import { Parser, type Handler } from './html-parser';

export interface Option {
  readonly value: string;
  readonly text: string;
}

export interface FormField {
  /** Undefined where the page does not show it reliably, or no option is selected. */
  readonly value: string | undefined;
  /** Of a `select`, in the order of the page. */
  readonly options: readonly Option[];
}

export interface Form {
  /** By their names. */
  readonly fields: ReadonlyMap<string, FormField>;
  /** False where the page ends before the button that submits the form. */
  readonly isComplete: boolean;
}

export interface FormPage {
  /** The form whose hidden field `ADD` has the value that was looked for. */
  readonly form: Form | undefined;
  /** Whether the page has the link that was looked for. */
  readonly hasLink: boolean;
}

/**
 * Reads the form of a page.
 *
 * @param action the value of the hidden field `ADD` of the form
 * @param linkAction the value of `ADD` in the address of a link
 */
export function parseForm(html: string, action: string, linkAction: string): FormPage {
  const start = formStart(html, action);
  const handler = new FormHandler(action, linkAction);
  new Parser(handler, { decodeEntities: false }).end(html.slice(start));
  return { form: handler.form, hasLink: handler.hasLink || hasLink(html.slice(0, start), linkAction) };
}

/** Where the form begins. A plan reads a page for each phone, and to parse the menu before it takes longer than the form. */
function formStart(html: string, action: string): number {
  const before = html.slice(0, Math.max(html.indexOf(action), 0)).toLowerCase();
  return Math.max(before.lastIndexOf('<form'), 0);
}

/** Whether the menu has a link with an action. */
function hasLink(html: string, action: string): boolean {
  return html.includes(action) && new RegExp(`<a\\s[^<>]*[?&]ADD=${action}(?![0-9])`, 'iu').test(html);
}

type Attributes = Readonly<Record<string, string>>;

/** What the tag of a field has; any other attribute is the rest of a value that contains a quote. */
const knownAttribute = /^(?:type|name|id|size|maxlength|value|selected|on[a-z]+)$/u;

class FormHandler implements Partial<Handler> {
  form: Form | undefined;
  hasLink = false;
  readonly #link: RegExp;
  /** Of the form that is being read. */
  #fields = new Map<string, FormField>();
  #isWanted = false;
  #isComplete = false;
  /** Of the tag that is being read, repeated ones included. */
  #attributeCount = 0;
  #select: { readonly name: string; readonly options: Option[]; value?: string | undefined } | undefined;
  #option: { readonly attributes: Attributes; readonly isReadable: boolean; text: string } | undefined;
  /** The input that a piece of text follows. */
  #lastInput: string | undefined;

  constructor(
    private readonly action: string,
    linkAction: string,
  ) {
    this.#link = new RegExp(`[?&]ADD=${linkAction}(?:&|$)`, 'u');
  }

  onopentagname(): void {
    this.#attributeCount = 0;
  }

  onattribute(): void {
    this.#attributeCount += 1;
  }

  onopentag(tag: string, attributes: Attributes): void {
    if (tag === 'form') {
      this.#endForm();
      this.#fields = new Map();
    } else if (tag === 'input') {
      this.#addInput(attributes);
    } else if (tag === 'select') {
      this.#lastInput = undefined;
      this.#select = { name: attributes.name ?? '', options: [] };
    } else if (tag === 'option') {
      this.#option = { attributes, isReadable: this.#isReadable(attributes), text: '' };
    } else if (tag === 'a' && this.#link.test(attributes.href ?? '')) {
      this.hasLink = true;
    }
  }

  ontext(text: string): void {
    if (this.#option) this.#option.text += text;
    // A value with a quote and `>` ends its tag as well, and the rest of it is text, up to the real end of the tag.
    else if (this.#lastInput !== undefined && /["']\s*>/u.test(text)) {
      this.#fields.set(this.#lastInput, { value: undefined, options: [] });
    }
  }

  onclosetag(tag: string): void {
    if (tag === 'option') this.#endOption();
    else if (tag === 'select') this.#endSelect();
    else if (tag === 'form') this.#endForm();
  }

  onend(): void {
    this.#endForm();
  }

  #addInput(attributes: Attributes): void {
    const { type = '', name = '', value = '' } = attributes;
    if (type.toLowerCase() === 'submit') {
      this.#isComplete = true;
      this.#lastInput = undefined;
      return;
    }
    if (name === 'ADD' && value === this.action) this.#isWanted = true;
    this.#fields.set(name, { value: this.#isReadable(attributes) ? value : undefined, options: [] });
    this.#lastInput = name;
  }

  #isReadable(attributes: Attributes): boolean {
    const names = Object.keys(attributes);
    return names.length === this.#attributeCount && names.every((name) => knownAttribute.test(name));
  }

  #endOption(): void {
    const [select, option] = [this.#select, this.#option];
    this.#option = undefined;
    if (!select || !option) return;
    const text = option.text.trim();
    const value = option.attributes.value ?? text;
    if (option.isReadable) select.options.push({ value, text });
    // The last one counts: the current value follows the list, which may have it too.
    if ('selected' in option.attributes) select.value = option.isReadable ? value : undefined;
  }

  #endSelect(): void {
    if (!this.#select) return;
    const { name, value, options } = this.#select;
    this.#fields.set(name, { value, options });
    this.#select = undefined;
  }

  #endForm(): void {
    if (this.#isWanted) this.form = { fields: this.#fields, isComplete: this.#isComplete };
    this.#isWanted = this.#isComplete = false;
    this.#lastInput = undefined;
  }
}
