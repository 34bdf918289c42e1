/** The checks of a plan by calls of the API that write nothing; with the admin pages, what these show besides. */
import { fieldsAfterCreate } from '../model/diff';
import { failure, type Failure } from '../model/failures';
import { stringValue, type FieldValues, type ObjectType } from '../model/field-definition';
import { equalIdentities } from '../model/identity';
import type { ObjectRef } from '../model/operation';
import { unfamiliarBuild } from '../model/unfamiliar-build';
import { truncationWarnings, validateBuild } from '../model/validate-build';
import { checkKeyAvailable, checkLogin } from '../vicidial/api/availability';
import type { VicidialClient } from '../vicidial/api/client';
import { Permissions } from '../vicidial/api/permissions';
import type { Reader } from '../vicidial/reader';
import { DeletePermission } from './delete-permission';
import type { Observation } from './observer';
import { loginInUse, templateNotFound, type LoginQuestion, type Preflight, type PreflightOptions } from './preflight';

export class ApiPreflight implements Preflight {
  readonly #permissions: Permissions;
  readonly #deletePermission: DeletePermission;

  /** @param reader of the admin pages, where they are read */
  constructor(
    private readonly client: VicidialClient,
    private readonly reader: Reader | undefined,
    private readonly options: PreflightOptions,
  ) {
    this.#permissions = new Permissions(client);
    this.#deletePermission = new DeletePermission(reader, options);
  }

  async create(type: ObjectType, values: FieldValues): Promise<readonly Failure[]> {
    await this.#permissions.require(type.addFunction);
    if (fieldsAfterCreate(type, values).length > 0) await this.#permissions.require(type.updateFunction);
    return this.#checkValues(type, values);
  }

  async update(type: ObjectType, values: FieldValues): Promise<readonly Failure[]> {
    await this.#permissions.require(type.updateFunction);
    return this.#checkValues(type, values);
  }

  checkKey(object: ObjectRef): Promise<void> {
    return checkKeyAvailable(this.client, object);
  }

  observe(object: ObjectRef): Promise<Observation> {
    return this.options.observe(object);
  }

  async checkLogin({ login, phone, owner, storedLogin }: LoginQuestion): Promise<readonly Failure[]> {
    const isStored = storedLogin !== undefined && equalIdentities(storedLogin, login);
    // An update of the login may have been executed by a run that was cut off before it wrote the state.
    const use = await checkLogin(this.client, phone, login, owner, isStored ? undefined : storedLogin);
    const taken = loginInUse(login);
    if (use === 'other') return [taken];
    if (use === 'free' || isStored) return [];
    return [failure('login-owner-unknown', { what: taken.what, field: 'phone_login' })];
  }

  async delete(type: ObjectType, prior: FieldValues, logins: () => readonly string[]): Promise<readonly Failure[]> {
    await this.#permissions.require(type.updateFunction);
    return this.#deletePermission.check(type, prior, logins);
  }

  /** Neither the API nor the list of the admin pages shows logins. */
  listedPhones(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async #checkValues(type: ObjectType, values: FieldValues): Promise<readonly Failure[]> {
    const version = await this.client.version();
    const { build } = version;
    const failures = [...validateBuild(type, values, build), ...truncationWarnings(type, values, build)];
    return [...unfamiliarBuild(version), ...failures, ...(await this.#checkTemplate(values))];
  }

  /** The API looks a template up only when it writes. */
  async #checkTemplate(values: FieldValues): Promise<readonly Failure[]> {
    const template = stringValue(values, 'template_id');
    if (template === '' || !this.reader) return [];
    const templates = await this.reader.templates();
    // A page of an older build has no templates to choose from.
    if (templates.length === 0 || templates.some(({ id }) => equalIdentities(id, template))) return [];
    return [templateNotFound(template)];
  }
}
