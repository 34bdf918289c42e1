/** The checks of a plan from the database alone: no call of the API is made, and no password is needed. */
import { fieldsAfterCreate } from '../model/diff';
import { failure, PhonestateError, type Failure } from '../model/failures';
import { stringValue, type FieldValues, type ObjectType, type WriteFunction } from '../model/field-definition';
import { equalIdentities, objectId } from '../model/identity';
import type { ObjectRef } from '../model/operation';
import { phoneType } from '../model/phone-fields';
import { Secret } from '../model/secret';
import { alreadyExistsRemedy } from '../vicidial/api/api-result';
import type { DatabaseReader } from '../vicidial/database/database-reader';
import { DeletePermission } from './delete-permission';
import { agentFailures } from './agents';
import type { ListedPhone } from './alias-phones';
import type { Observation } from './observer';
import { loginInUse, templateNotFound, type LoginQuestion, type Preflight, type PreflightOptions } from './preflight';

export class DatabasePreflight implements Preflight {
  readonly #deletePermission: DeletePermission;

  constructor(
    private readonly reader: DatabaseReader,
    private readonly options: PreflightOptions,
  ) {
    this.#deletePermission = new DeletePermission(reader, options);
  }

  async create(type: ObjectType, values: FieldValues): Promise<readonly Failure[]> {
    await this.#requirePermission(type.addFunction);
    if (fieldsAfterCreate(type, values).length > 0) await this.#requirePermission(type.updateFunction);
    return this.#checkValues(type, values);
  }

  async update(type: ObjectType, values: FieldValues): Promise<readonly Failure[]> {
    await this.#requirePermission(type.updateFunction);
    return this.#checkValues(type, values);
  }

  async checkKey(object: ObjectRef): Promise<void> {
    const { type, id, login } = object;
    const isPhone = type.resourceType === 'vicidial_phone';
    const server = stringValue(object.key, 'server_ip');
    if (isPhone && !(await this.reader.hasServer(server))) {
      const what = `The database has no server ${server}.`;
      throw PhonestateError.of('server-not-found', { what, field: 'server_ip' });
    }
    const { status } = await this.reader.read(object);
    if (isPhone && status === 'hidden') {
      const what = `${id} exists already, but user ${this.options.user} may not view it.`;
      throw PhonestateError.of('phone-hidden', { what, field: 'extension' });
    }
    if (status !== 'not-found') {
      const what = `The ${type.noun} ${id} exists in the database.`;
      const code = isPhone ? 'phone-exists' : 'alias-exists';
      throw PhonestateError.of(code, { what, field: type.idFields.at(-1), remedy: alreadyExistsRemedy(object) });
    }
    const [taken] = login === undefined ? [] : await this.#loginFailures(login);
    if (taken) throw new PhonestateError(taken);
  }

  observe(object: ObjectRef): Promise<Observation> {
    return this.options.observe(object);
  }

  checkLogin({ login, owner }: LoginQuestion): Promise<readonly Failure[]> {
    return this.#loginFailures(login, owner);
  }

  async delete(type: ObjectType, prior: FieldValues, logins: () => readonly string[]): Promise<readonly Failure[]> {
    await this.#requirePermission(type.updateFunction);
    const agents = await agentFailures(this.reader, type, prior, this.options.inUseCheck);
    return [...agents, ...(await this.#deletePermission.check(type, prior, logins))];
  }

  listedPhones(logins: readonly string[]): Promise<readonly ListedPhone[]> {
    return Promise.all(
      logins.map(async (login) => {
        const [phone] = await this.reader.phonesWithLogin(login);
        const password = phone?.phone_pass;
        return { login, exists: phone !== undefined, password: password instanceof Secret ? password : undefined };
      }),
    );
  }

  /** @param owner a phone that may have the login itself */
  async #loginFailures(login: string, owner?: ObjectRef): Promise<readonly Failure[]> {
    const phones = await this.reader.phonesWithLogin(login);
    const ids = phones.map((phone) => objectId(phoneType, phone));
    const other = ids.find((id) => owner === undefined || !equalIdentities(id, owner.id));
    return other === undefined ? [] : [loginInUse(login, `the phone ${other}`)];
  }

  async #requirePermission(name: WriteFunction): Promise<void> {
    const refusal = (await this.reader.permissions()).refusal(name);
    if (refusal) throw new PhonestateError(refusal);
  }

  async #checkValues(type: ObjectType, values: FieldValues): Promise<readonly Failure[]> {
    const fields = Object.keys(type.fields).filter((name) => (values[name] ?? null) !== null);
    const checked = await Promise.all(fields.map((name) => this.#checkColumn(type, name, values)));
    const template = stringValue(values, 'template_id');
    const isUnknown = template !== '' && !(await this.reader.hasTemplate(template));
    return [...checked.flat(), ...(isUnknown ? [templateNotFound(template)] : [])];
  }

  /** The columns of the table show what the build has, and how much of a value it keeps. */
  async #checkColumn(type: ObjectType, name: string, values: FieldValues): Promise<readonly Failure[]> {
    if (await this.reader.lacks(type, name)) {
      const what = `The table of this system has no column for ${name}; the server would ignore it.`;
      return [failure('field-unknown-to-build', { field: name, what })];
    }
    const value = values[name];
    const limit = value instanceof Secret ? await this.reader.columnLength(type, name) : undefined;
    if (!(value instanceof Secret) || limit === undefined || [...value.open()].length <= limit) return [];
    const what = `${name} has more than ${limit} characters, which is what its column in this system holds.`;
    return [failure('value-length', { field: name, what })];
  }
}
