/** Reads phones and phone aliases from the admin pages of VICIdial (reading-vicidial.md, section 1). */
import { identityKey } from '../../model/identity';
import { stringValue, type ObjectType } from '../../model/field-definition';
import type { ObjectRef } from '../../model/operation';
import type { Settings } from '../../settings/read-settings';
import type { Named, Reader, Reading, Server, StoredValues } from '../reader';
import type { Session } from '../session';
import { AdminAccessError, brokenPageError } from './access';
import { readList } from './list-page';
import { ListedObjects } from './listed-objects';
import { readObjectPage, type Choices, type ObjectPage } from './object-page';
import { AdminPages } from './pages';
import { aliasPages, listsEveryField, phonePages, type PageType } from './stored-fields';

/** No phone has this key. Its page has all that does not belong to a phone. */
const noPhone = { extension: 'phonestate-none', server_ip: '0.0.0.0' };

export class AdminReader implements Reader {
  readonly source = 'admin';
  readonly #pages: AdminPages;
  /** What was read in this run, by type and key; only values are stored, as a page has 96 KB. */
  readonly #readings = new Map<string, Promise<Reading>>();
  /** The last list of each type whose list has every field. */
  readonly #lists = new Map<PageType, Promise<ListedObjects>>();
  #opening: Promise<Choices> | undefined;
  #mayDelete: boolean | undefined;
  #refusal: AdminAccessError | undefined;

  /** @param session that of the API client of the same system: its login and its limits are shared */
  constructor(settings: Settings, session: Session) {
    this.#pages = new AdminPages(settings, session);
  }

  /** Pages that were read, for the warning `reading-slow`. */
  get pagesRead(): number {
    return this.#pages.pagesRead;
  }

  /** Wall time in which one or more pages were in progress. */
  get secondsReading(): number {
    return this.#pages.secondsReading;
  }

  /**
   * Reads the first page, which shows whether the user gets in.
   *
   * @throws PhonestateError an AdminAccessError where the user does not get in; any other failure leaves that open
   */
  async open(): Promise<void> {
    await this.#choices();
  }

  /** Reads an object from the list of all where that shows it, else from its page: each once in a run. */
  read(object: ObjectRef): Promise<Reading> {
    return this.#readings.get(readingKey(object)) ?? this.#remember(object, this.#readFirst(object));
  }

  /** Reads the page of an object. */
  readAgain(object: ObjectRef): Promise<Reading> {
    return this.#remember(object, this.#readPage(object));
  }

  list(type: ObjectType): Promise<readonly StoredValues[]> {
    const pageType = pagesOf(type);
    const rows = this.#readList(pageType);
    if (listsEveryField(pageType)) this.#lists.set(pageType, listedObjects(type, rows));
    return rows;
  }

  async mayDelete(): Promise<boolean> {
    if (this.#mayDelete === undefined) await this.open();
    return this.#mayDelete === true;
  }

  async templates(): Promise<readonly Named[]> {
    return (await this.#choices()).templates;
  }

  /** By `server_ip` only: the pages do not show whether a server is active, and what its id and name are. */
  async servers(): Promise<readonly Server[]> {
    return (await this.#choices()).servers;
  }

  async userGroups(): Promise<readonly Named[] | undefined> {
    return (await this.#choices()).userGroups;
  }

  close(): Promise<void> {
    return this.#pages.close();
  }

  #remember(object: ObjectRef, reading: Promise<Reading>): Promise<Reading> {
    const key = readingKey(object);
    this.#readings.set(key, reading);
    // A failure is no reading: the next read asks again. The caller gets it from the promise itself.
    reading.catch(() => {
      if (this.#readings.get(key) === reading) this.#readings.delete(key);
    });
    return reading;
  }

  async #readFirst(object: ObjectRef): Promise<Reading> {
    const values = (await this.#listed(object.type))?.find(object);
    return values ? { status: 'found', values } : this.#readPage(object);
  }

  /** The objects of a type by their list; undefined where that has not every field. */
  #listed(type: ObjectType): Promise<ListedObjects> | undefined {
    const pageType = pagesOf(type);
    if (!listsEveryField(pageType)) return undefined;
    const listed = this.#lists.get(pageType) ?? listedObjects(type, this.#readList(pageType));
    this.#lists.set(pageType, listed);
    return listed;
  }

  async #readPage(object: ObjectRef): Promise<Reading> {
    return (await this.#readObject(pagesOf(object.type), object)).reading;
  }

  async #readList(pageType: PageType): Promise<readonly StoredValues[]> {
    // An empty list looks like any page without a list. Whether the user gets in must be known.
    await this.open();
    return this.#get({ ADD: pageType.listAction, status: 'display_all' }, (html) => readList(pageType, html));
  }

  #choices(): Promise<Choices> {
    this.#opening ??= this.#readFirstPage().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #readFirstPage(): Promise<Choices> {
    const { choices } = await this.#readObject(phonePages, { key: noPhone });
    if (choices) return choices;
    throw brokenPageError(
      `${this.#pages.url}: The phone ${noPhone.server_ip}/${noPhone.extension} is used for checks and must not exist.`,
    );
  }

  async #readObject(pageType: PageType, { key }: Pick<ObjectRef, 'key'>): Promise<ObjectPage> {
    const keyParameters = pageType.type.idFields.map((name) => [name, stringValue(key, name)] as const);
    const query = { ADD: pageType.viewAction, ...Object.fromEntries(keyParameters) };
    const page = await this.#get(query, (html) => readObjectPage(pageType, key, html));
    this.#mayDelete = page.mayDelete;
    return page;
  }

  /** A user who did not get in once is not tried again: what every page shows then is the same. */
  async #get<T extends object>(
    query: Readonly<Record<string, string>>,
    parse: (html: string) => T | undefined,
  ): Promise<T> {
    if (this.#refusal) throw this.#refusal;
    try {
      return await this.#pages.get(query, parse);
    } catch (error) {
      if (error instanceof AdminAccessError && this.#pages.pagesRead === 0) this.#refusal = error;
      throw error;
    }
  }
}

function pagesOf(type: ObjectType): PageType {
  return type.resourceType === 'vicidial_phone' ? phonePages : aliasPages;
}

/** A list that cannot be read shows no object: each has a page of its own. */
async function listedObjects(type: ObjectType, rows: Promise<readonly StoredValues[]>): Promise<ListedObjects> {
  return new ListedObjects(type, await rows.catch(() => []));
}

function readingKey({ type, id }: ObjectRef): string {
  return `${type.resourceType} ${identityKey(id)}`;
}
