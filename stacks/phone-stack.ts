/** The Terraform stack of an environment. */
import { TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { Phone, PhoneAlias, VicidialProvider, type PhoneProps, type VicidialProviderProps } from '../src';
import { camelCase } from '../src/model/case';
import { phoneByLogin, type DeclaredPhone } from './declared-phone';
import type { Environment } from './environment';
import type { FileValue, Variable } from './environment-file';
import { phoneAliasName, phoneName } from './resource-names';

/**
 * The stack of one environment.
 *
 * @example
 * new PhoneStack(app, 'staging', readEnvironment('stacks/environments/staging.yaml'));
 */
export class PhoneStack extends TerraformStack {
  readonly #variables = new Map<string, TerraformVariable>();

  constructor(scope: Construct, name: string, { url, user, password, provider = {}, phones, aliases }: Environment) {
    super(scope, name);
    new VicidialProvider(this, 'vicidial', {
      ...this.#props<VicidialProviderProps>(provider),
      url,
      user: this.#secret(user),
      ...(password ? { password: this.#secret(password) } : {}),
    });
    const constructs = new Map(phones.map((declared) => [declared, this.#phone(declared)]));
    for (const { alias_id, alias_name, phone_logins } of aliases) {
      // References make Terraform create the phones before the phone alias.
      const phoneLogins = phone_logins.map((login) => {
        const declared = phoneByLogin(phones, login);
        return (declared && constructs.get(declared)?.phoneLogin) ?? login;
      });
      new PhoneAlias(this, phoneAliasName(alias_id), { aliasId: alias_id, aliasName: alias_name, phoneLogins });
    }
  }

  #phone({ server_ip, extension, values }: DeclaredPhone): Phone {
    return new Phone(this, phoneName(server_ip, extension), {
      ...this.#props<PhoneProps>(values),
      serverIp: server_ip,
      extension,
    });
  }

  /** The props of a construct: values of the file by the names of the props. */
  #props<P extends object>(values: Readonly<Record<string, FileValue | undefined>>): Partial<P> {
    const props = Object.entries(values).map(([name, value]) => [
      camelCase(name),
      typeof value === 'object' ? this.#object(value) : value,
    ]);
    // The schema of the file has the fields or settings of the construct only.
    return Object.fromEntries(props) as Partial<P>;
  }

  /** A secret, or a map of secrets or strings. */
  #object(value: Extract<FileValue, object>): string | Record<string, string> {
    if (isVariable(value)) return this.#secret(value);
    const entries = Object.entries<Variable | string>(value);
    return Object.fromEntries(
      entries.map(([name, each]) => [name, typeof each === 'object' ? this.#secret(each) : each]),
    );
  }

  /** A reference to the sensitive variable that holds a secret; declared on first use. */
  #secret({ variable }: Variable): string {
    let declared = this.#variables.get(variable);
    if (!declared) {
      // Construct ids such as `vicidial` are in use in this stack; names of variables are a namespace of their own.
      declared = new TerraformVariable(this, `variable-${variable}`, {
        type: 'string',
        sensitive: true,
        nullable: false,
      });
      declared.overrideLogicalId(variable);
      this.#variables.set(variable, declared);
    }
    return declared.stringValue;
  }
}

/** A header may be named `variable` too, and is an object then. No server, the keys of the other map, is named so. */
function isVariable(value: Extract<FileValue, object>): value is Variable {
  return typeof value.variable === 'string';
}
