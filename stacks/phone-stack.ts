/** The Terraform stack of an environment. */
import { TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { Phone, PhoneAlias, VicidialProvider, type PhoneProps } from '../src';
import { camelCase } from '../src/model/case';
import { phoneByLogin, type DeclaredPhone, type Environment, type Variable } from './environment';

export class PhoneStack extends TerraformStack {
  readonly #variables = new Map<string, TerraformVariable>();

  constructor(scope: Construct, name: string, { url, user, password, phones, aliases }: Environment) {
    super(scope, name);
    new VicidialProvider(this, 'vicidial', { url, user: this.#secret(user), password: this.#secret(password) });
    const made = new Map(phones.map((declared) => [declared, this.#phone(declared)]));
    for (const { alias_id, alias_name, phone_logins } of aliases) {
      // A reference, so that Terraform makes the phones before the alias.
      const phoneLogins = phone_logins.map((login) => {
        const declared = phoneByLogin(phones, login);
        return (declared && made.get(declared)?.phoneLogin) ?? login;
      });
      new PhoneAlias(this, `alias-${alias_id}`, { aliasId: alias_id, aliasName: alias_name, phoneLogins });
    }
  }

  /**
   * The construct's name is the phone's identity: a line moved or added in the file renames nothing. Terraform's names
   * have no dots, and 10.0.1.11 without them would be 10.0.11.1 too.
   */
  #phone({ server_ip, extension, values }: DeclaredPhone): Phone {
    const props = Object.entries(values).map(([name, value]) => [
      camelCase(name),
      typeof value === 'object' ? this.#secret(value) : value,
    ]);
    // The environment has checked that these are the fields of a phone.
    return new Phone(this, `phone-${server_ip.replaceAll('.', '_')}-${extension}`, {
      ...(Object.fromEntries(props) as Partial<PhoneProps>),
      serverIp: server_ip,
      extension,
    });
  }

  /** A reference to the sensitive variable that holds a secret; declared where it is first named. */
  #secret({ variable }: Variable): string {
    let declared = this.#variables.get(variable);
    if (!declared) {
      declared = new TerraformVariable(this, variable, { type: 'string', sensitive: true, nullable: false });
      this.#variables.set(variable, declared);
    }
    return declared.stringValue;
  }
}
