/** The page of one phone or phone alias: what is stored of it, and what else the page shows. */
import { equalIdentities } from '../../model/identity';
import { stringValue, type FieldValues } from '../../model/field-definition';
import type { Named, Reading, Server } from '../reader';
import { noTemplate, ownText } from '../stored-text';
import { brokenPageError } from './access';
import { parseForm, type Form } from './html-form';
import { formValues, unreadableFields, type PageType } from './stored-fields';

/** What the choices of a phone's form list. */
export interface Choices {
  readonly templates: readonly Named[];
  readonly servers: readonly Server[];
  /** Undefined where the form has no choice of them. */
  readonly userGroups: readonly Named[] | undefined;
}

/** The first choice of a user group: every administrator may view the phone. */
const allGroups = '---ALL---';

export interface ObjectPage {
  readonly reading: Reading;
  /** Whether the user has "AST Delete Phones". */
  readonly mayDelete: boolean;
  /** Only where no object was found: the page of a phone also lists a template and a server of it that do not exist. */
  readonly choices?: Choices;
}

/**
 * Reads the page of an object.
 *
 * @param key of the object that the page must be about
 * @returns undefined for a page without the form
 * @throws PhonestateError `admin-pages-unreadable` for a form that is cut off, or about another object
 */
export function readObjectPage(pageType: PageType, key: FieldValues, html: string): ObjectPage | undefined {
  const { form, hasLink: mayDelete } = parseForm(html, pageType.modifyAction, pageType.deleteAction);
  if (!form) return undefined;
  const { noun, idFields } = pageType.type;
  if (!form.isComplete) throw brokenPageError(`The form of the ${noun} is cut off: its button is missing.`);
  const stored = storedKey(pageType, form);
  if (idFields.every((name) => stored[name] === '')) {
    return { reading: { status: 'not-found' }, mayDelete, choices: formChoices(form) };
  }
  const isSame = idFields.every((name) => equalIdentities(stored[name] ?? '', stringValue(key, name)));
  if (!isSame) {
    const [asked, shown] = [key, stored].map((values) => idFields.map((name) => stringValue(values, name)).join('/'));
    throw brokenPageError(`The page of the ${noun} ${asked} shows ${shown}.`);
  }
  const values = formValues(pageType, form);
  const unreadable = unreadableFields(pageType, form, values);
  return {
    reading: { status: 'found', values: { ...values, ...stored }, ...(unreadable.length > 0 ? { unreadable } : {}) },
    mayDelete,
  };
}

/** The key as it is stored. */
function storedKey({ type, keyFormFields }: PageType, { fields }: Form): Record<string, string> {
  return Object.fromEntries(
    type.idFields.map((name) => {
      const formField = keyFormFields[name] ?? name;
      const value = fields.get(formField)?.value;
      if (value === undefined) throw brokenPageError(`The form of the ${type.noun} does not show ${formField}.`);
      return [name, ownText(value)];
    }),
  );
}

function formChoices({ fields }: Form): Choices {
  const options = (name: string) => {
    const all = fields.get(name)?.options ?? [];
    return all.filter(({ value }, index) => value !== '' && all.findIndex((other) => other.value === value) === index);
  };
  const named = (name: string, none: string) =>
    options(name)
      .filter(({ value }) => value !== none)
      .map(({ value, text }) => ({ id: value, name: nameIn(text, value) }));
  return {
    templates: named('template_id', noTemplate),
    userGroups: options('user_group').length === 0 ? undefined : named('user_group', allGroups),
    servers: options('server_ip').map(({ value }) => ({ id: '', name: '', ip: value, active: true })),
  };
}

/** The text of an option is the id, and behind it the name. */
function nameIn(text: string, id: string): string {
  return text.startsWith(id) ? text.slice(id.length).replace(/^\s*-\s*/u, '') : text;
}
