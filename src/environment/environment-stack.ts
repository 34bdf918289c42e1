/** The Terraform stack of an environment. The only file of the folder that needs cdktf. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformStack, type IStackSynthesizer } from 'cdktf';
import type { Construct } from 'constructs';
import { Phone, type PhoneProps } from '../constructs/phone';
import { PhoneAlias, type PhoneAliasProps } from '../constructs/phone-alias';
import { VicidialProvider, type VicidialProviderProps } from '../constructs/provider';
import { camelCase } from '../model/case';
import { phoneType } from '../model/phone-fields';
import { writeOnlyArguments } from '../model/write-only-fields';
import { manifestName, manifestText } from '../report/manifest';
import type { Environment, EnvironmentPhone } from './environment';
import { importTargets, moves } from './movements';
import type { SettingValue } from './provider-schema';
import { manifestOf } from './report-manifest';
import { phoneAliasName, phoneName } from './resource-names';
import { StackVariables } from './stack-variables';
import { isVariable, type FileValue } from './value-schema';

/** Their values are not in state, so that their variables may be ephemeral. */
const writeOnlyNames: ReadonlySet<string> = new Set(writeOnlyArguments(phoneType).map(({ value }) => value));

/**
 * The stack of one environment. Its resources are named after the names in the file, so that a changed address of a
 * server renames nothing.
 *
 * @example
 * new EnvironmentStack(app, 'staging', readEnvironment('stacks/environments/staging.yaml'));
 */
export class EnvironmentStack extends TerraformStack {
  readonly #variables: StackVariables;

  /**
   * @param environment as `readEnvironment` or `deriveEnvironment` returns it
   * @throws Error where the environment is abstract: it is deployed nowhere
   */
  constructor(scope: Construct, name: string, environment: Environment) {
    super(scope, name);
    if (environment.abstract)
      throw new Error(
        `${environment.file} is abstract: it is a base of other environments, and deployed nowhere itself`,
      );
    this.#variables = new StackVariables(this);
    const phones = new Map(environment.phones.map((phone) => [phone, this.#phone(phone)]));
    for (const alias of environment.aliases) this.#alias(alias, phones);
    new VicidialProvider(this, 'vicidial', this.#provider(environment));
    this.#addBlocks(environment);
    this.synthesizer = this.#withManifest(this.synthesizer, environment);
  }

  /** Writes `phonestate.json` beside `cdk.tf.json`, once that is synthesised. */
  #withManifest(synthesizer: IStackSynthesizer, environment: Environment): IStackSynthesizer {
    return {
      synthesize: (session) => {
        synthesizer.synthesize(session);
        const folder = join(session.outdir, session.manifest.forStack(this).workingDirectory);
        writeFileSync(join(folder, manifestName), manifestText(manifestOf(environment)));
      },
    };
  }

  #provider({ provider, servers }: Environment): VicidialProviderProps {
    const values = Object.entries(provider).flatMap(([name, value]) =>
      value === null ? [] : [[camelCase(name), this.#setting(value)] as const],
    );
    const moved = Object.values(servers).flatMap(({ ip, was }) => (was === undefined ? [] : [[was, ip] as const]));
    return {
      // The schema of the file has the settings of the provider only.
      ...Object.fromEntries(values),
      ...(moved.length === 0 ? {} : { movedServers: Object.fromEntries(moved) as Record<string, string> }),
    };
  }

  #setting(value: Exclude<SettingValue, null>): unknown {
    if (isVariable(value)) return this.#variables.ofProvider(value.variable);
    if (typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, own]) => [
        key,
        isVariable(own) ? this.#variables.ofProvider(own.variable) : own,
      ]),
    );
  }

  #phone(phone: EnvironmentPhone): Phone {
    const { server, server_ip, extension, values } = phone;
    const { protect, ...fields } = values;
    const props = Object.entries<FileValue>(fields).map(([name, value]) => [
      camelCase(name),
      isVariable(value) ? this.#variables.ofPhone(value, phone, !writeOnlyNames.has(name)) : value,
    ]);
    return new Phone(this, phoneName(server, extension), {
      // The schema of the file has the fields of a phone only.
      ...(Object.fromEntries(props) as Partial<PhoneProps>),
      ...(typeof protect === 'boolean' ? { deletionProtection: protect } : {}),
      serverIp: server_ip,
      extension,
    });
  }

  #alias(
    { alias_id, alias_name, phone_logins, protect }: Environment['aliases'][number],
    phones: ReadonlyMap<EnvironmentPhone, Phone>,
  ): PhoneAlias {
    const props: PhoneAliasProps = {
      aliasId: alias_id,
      aliasName: alias_name,
      // References make Terraform create the phones before the phone alias.
      phoneLogins: phone_logins?.map(({ login, phone }) => (phone && phones.get(phone)?.phoneLogin) ?? login),
      deletionProtection: protect,
    };
    return new PhoneAlias(this, phoneAliasName(alias_id), props);
  }

  /**
   * Blocks of bare addresses. CDKTF's `importFrom` and `moveTo` start an engine once for each phone, and only
   * `terraform`.
   */
  #addBlocks(environment: Environment): void {
    const { backend, removed = [] } = environment;
    const [imports, moved] = [importTargets(environment), moves(environment)];
    if (imports.length > 0) this.addOverride('import', imports);
    if (moved.length > 0) this.addOverride('moved', moved);
    if (removed.length > 0)
      this.addOverride(
        'removed',
        removed.map((from) => ({ from, lifecycle: { destroy: false } })),
      );
    this.addOverride('terraform.backend', backendOverride(backend, `terraform.${this.node.id}.tfstate`));
  }
}

/** cdktf gives each stack a local backend with an absolute path, to which an override is added: what is undefined goes. */
function backendOverride(backend: Environment['backend'], file: string) {
  // Relative, so that the output is the same on every machine. It is the folder in which cdktf runs.
  if (!backend) return { local: { path: `../../../${file}` } };
  const { local, ...others } = backend;
  return { ...others, local: local && { path: undefined, ...local } };
}
