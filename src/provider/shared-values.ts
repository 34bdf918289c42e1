/**
 * What the objects of a plan share and should not: a dialplan number or mailbox of one server, or a login that is the id of
 * a phone alias. A provider cannot know the other object before it is planned (plugin-protocol.md, section 3), so the
 * warning comes with the second of the two. Its text names both in the same order, whichever comes first.
 */
import { failure, type Failure } from '../model/failures';
import { stringValue, type FieldDefinition, type FieldValues, type ObjectType } from '../model/field-definition';
import { equalIdentities, identityKey, objectId } from '../model/identity';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';

/** As it was written: what the server takes for one value may be written in several ways. */
interface NumberedPhone {
  readonly id: string;
  readonly number: string;
}

/** The fields of a phone that no other phone of its server should have alike, each with its warning. */
const numberFields = Object.entries<FieldDefinition>(phoneType.fields).flatMap(([field, { sharedWarning: code }]) =>
  code ? [{ field, code }] : [],
);

export class SharedValues {
  /** The first phone that has a value of a field on a server, by all three. */
  readonly #phones = new Map<string, NumberedPhone>();
  /** The ids of phones and phone aliases, by the folded login and id. */
  readonly #logins = new Map<string, string>();
  readonly #aliases = new Map<string, string>();
  readonly #reported = new Set<string>();

  /**
   * Notes an object as it will be. A replacement is planned twice; the second time adds nothing.
   *
   * @param values what is not known yet, or not set, is null
   */
  plan(type: ObjectType, values: FieldValues): readonly Failure[] {
    const id = objectId(type, values);
    if (type.loginField === undefined) return this.#planAlias(id);
    const numbers = numberFields.flatMap((each) => this.#planNumber(each, id, values));
    return [...numbers, ...this.#planLogin(id, stringValue(values, type.loginField))];
  }

  /** Once for each number, however many phones have it: two of them are named. */
  #planNumber({ field, code }: (typeof numberFields)[number], id: string, values: FieldValues): readonly Failure[] {
    const [server, number] = [stringValue(values, 'server_ip'), stringValue(values, field)];
    if (server === '' || number === '') return [];
    const at = identityKey(`${field} ${server} ${number}`);
    const phone = { id, number };
    const other = this.#phones.get(at);
    if (!other || equalIdentities(other.id, id)) {
      this.#phones.set(at, phone);
      return [];
    }
    if (!this.#isNew(at)) return [];
    const [first, second] = identityKey(other.id) < identityKey(id) ? [other, phone] : [phone, other];
    const what = `The phones ${first.id} and ${second.id} of one server have the ${field} ${first.number}. More phones of this plan may have it.`;
    return [
      failure(code, { what, field, objects: [first, second].map((phone) => `${phoneType.resourceType} ${phone.id}`) }),
    ];
  }

  #planLogin(id: string, login: string): readonly Failure[] {
    if (login === '') return [];
    this.#logins.set(identityKey(login), id);
    return this.#compareLogin(identityKey(login));
  }

  #planAlias(id: string): readonly Failure[] {
    if (id === '') return [];
    this.#aliases.set(identityKey(id), id);
    return this.#compareLogin(identityKey(id));
  }

  #compareLogin(at: string): readonly Failure[] {
    const [phone, alias] = [this.#logins.get(at), this.#aliases.get(at)];
    if (phone === undefined || alias === undefined || !this.#isNew(`login ${at}`)) return [];
    const what = `The alias_id ${alias} is the phone_login of the phone ${phone}.`;
    const objects = [`${phoneAliasType.resourceType} ${alias}`, `${phoneType.resourceType} ${phone}`];
    return [failure('alias-id-is-login', { what, field: 'alias_id', objects })];
  }

  #isNew(at: string): boolean {
    const isNew = !this.#reported.has(at);
    this.#reported.add(at);
    return isNew;
  }
}
