import { TerraformProvider, TerraformStack, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { address, version } from '../address';
import { camelCase } from '../model/case';
import { composed } from '../model/composed-letters';
import { settingRows, type GivenSetting, type SettingDefinition } from '../settings/provider-settings';
import { settingProblem } from '../settings/read-settings';
import { warnOfPlaintextSecret } from './plaintext-secret';
import { isUnresolved } from './unresolved';
import type { ProviderProps } from './provider-props';
import { toHclTerraform, toTerraform, type ValueType } from './synthesized-values';
import { validateStack } from './validate-stack';

/**
 * Props of the provider: its settings in camelCase. Each setting that is not set is read from its environment variable,
 * `VICIDIAL_URL` and so on.
 *
 * @example
 * const props: VicidialProviderProps = { url: 'https://vicidial.example.com/vicidial/non_agent_api.php' };
 */
export interface VicidialProviderProps extends ProviderProps {
  /** The provider alias: required where a stack has more than one of these. */
  readonly alias?: string;
}

/** A setting that was given as a prop. */
interface GivenProp {
  readonly name: string;
  readonly prop: string;
  readonly row: SettingDefinition;
  readonly value: unknown;
}

/**
 * The provider `vicidial`: the VICIdial system whose phones a stack declares, and how it is called.
 *
 * @example
 * new VicidialProvider(stack, 'vicidial', {
 *   url: 'https://vicidial.example.com/vicidial/non_agent_api.php',
 *   user: 'terraform',
 *   password: password.stringValue,
 * });
 *
 * @example
 * // A second system in the same stack.
 * const west = new VicidialProvider(stack, 'west', { alias: 'west', url: westUrl });
 * new Phone(stack, 'front-desk', { provider: west, serverIp: '10.1.0.11', extension: '55000' });
 */
export class VicidialProvider extends TerraformProvider {
  static readonly tfResourceType = 'vicidial';
  readonly #props: VicidialProviderProps;

  constructor(scope: Construct, id: string, props: VicidialProviderProps = {}) {
    super(scope, composed(id), {
      terraformResourceType: VicidialProvider.tfResourceType,
      terraformGeneratorMetadata: {
        providerName: 'vicidial',
        providerVersion: version,
        providerVersionConstraint: version,
      },
      terraformProviderSource: address,
    });
    this.#props = composed(props);
    this.node.addValidation({ validate: () => this.#validate() });
    // CDKTF refuses a stack that has resources without a provider, so each stack with phones gets here.
    validateStack(TerraformStack.of(this));
    for (const { prop, row, value } of this.#given()) if (row.sensitive) this.#warnOfPlaintext(prop, value);
  }

  override get alias(): string | undefined {
    return this.#props.alias;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.#mapSettings(toTerraform);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.#mapSettings(toHclTerraform);
  }

  /** Without the provider alias, which cdktf writes itself. */
  #given(): GivenProp[] {
    // The props are those of the settings table, besides the provider alias.
    const props = this.#props as Readonly<Record<string, unknown>>;
    return settingRows.flatMap(([name, row]) => {
      const prop = camelCase(name);
      return props[prop] === undefined ? [] : [{ name, prop, row, value: props[prop] }];
    });
  }

  #mapSettings(write: (value: unknown, type: ValueType) => unknown): Record<string, unknown> {
    return Object.fromEntries(this.#given().map(({ name, row, value }) => [name, write(value, row.type)]));
  }

  /** Of a map, one literal value is enough. */
  #warnOfPlaintext(prop: string, value: unknown): void {
    const isMap = typeof value === 'object' && value !== null && !Token.isUnresolved(value);
    const parts: unknown[] = isMap ? Object.entries(value) : [value];
    warnOfPlaintextSecret(
      this,
      prop,
      parts.find((part) => !isUnresolved(part)),
    );
  }

  /** Literal values that the provider would refuse. What only Terraform knows is checked by the plan. */
  #validate(): string[] {
    return this.#given().flatMap(({ prop, row, value }) => {
      if (isUnresolved(value)) return [];
      // The type of each prop is inferred from its row.
      const problem = settingProblem(row, value as GivenSetting);
      return problem === undefined ? [] : [`${prop} is not valid. ${problem}`];
    });
  }
}
