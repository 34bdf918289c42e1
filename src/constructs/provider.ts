import { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { address, version } from '../address';
import { snakeCase } from './case';
import { warnOfPlaintextSecret } from './plaintext-secret';
import { isUnresolved } from './unresolved';
import { providerRows, type ProviderArguments } from './provider-props';
import { toHclTerraform, toTerraform, type ValueType } from './synthesized-values';

/**
 * Props of the provider: its settings in camelCase. Each setting that is not set is read from its environment variable,
 * `VICIDIAL_URL` and so on.
 *
 * @example
 * const props: VicidialProviderProps = { url: 'https://vicidial.example.com/vicidial/non_agent_api.php' };
 */
export interface VicidialProviderProps extends ProviderArguments {
  /** Provider alias, needed where a stack has two providers. */
  readonly alias?: string;
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

  constructor(
    scope: Construct,
    id: string,
    private readonly props: VicidialProviderProps = {},
  ) {
    super(scope, id, {
      terraformResourceType: VicidialProvider.tfResourceType,
      terraformGeneratorMetadata: {
        providerName: 'vicidial',
        providerVersion: version,
        providerVersionConstraint: version,
      },
      terraformProviderSource: address,
    });
    this.node.addValidation({ validate: () => this.#errors() });
    for (const [name, { secret }] of providerRows) if (secret) warnOfPlaintextSecret(this, name, props[name]);
  }

  override get alias(): string | undefined {
    return this.props.alias;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.#mapArguments(toTerraform);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.#mapArguments(toHclTerraform);
  }

  /** Without the provider alias, which CDKTF writes itself. */
  #mapArguments(write: (value: unknown, type: ValueType) => unknown): Record<string, unknown> {
    const declared = providerRows.filter(([name]) => this.props[name] !== undefined);
    return Object.fromEntries(declared.map(([name, { type }]) => [snakeCase(name), write(this.props[name], type)]));
  }

  #errors(): string[] {
    return providerRows.flatMap(([name, { choices }]) => {
      const value = this.props[name];
      if (!choices || typeof value !== 'string' || isUnresolved(value) || choices.includes(value)) return [];
      return [`${name} is "${value}". Allowed values: ${choices.join(', ')}.`];
    });
  }
}
