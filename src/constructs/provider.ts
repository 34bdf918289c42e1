import { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { address, version } from '../address';
import { snakeCase } from './case';
import { warnOfPlaintextSecret } from './plaintext-secret';
import { isUnresolved } from './unresolved';
import { providerRows, type ProviderArguments } from './provider-props';
import { toHclTerraform, toTerraform, type ValueType } from './synthesized-values';

export interface VicidialProviderProps extends ProviderArguments {
  /** Needed where a stack has two of these. */
  readonly alias?: string;
}

/** The provider `vicidial`: which VICIdial the phones of a stack belong to. */
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
    this.node.addValidation({ validate: () => this.#complaints() });
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

  /** The alias is not among them: cdktf writes it itself. */
  #mapArguments(write: (value: unknown, type: ValueType) => unknown): Record<string, unknown> {
    const declared = providerRows.filter(([name]) => this.props[name] !== undefined);
    return Object.fromEntries(declared.map(([name, { type }]) => [snakeCase(name), write(this.props[name], type)]));
  }

  #complaints(): string[] {
    return providerRows.flatMap(([name, { choices }]) => {
      const value = this.props[name];
      if (!choices || typeof value !== 'string' || isUnresolved(value) || choices.includes(value)) return [];
      return [`${name} is "${value}", which the provider does not know. It takes ${choices.join(', ')}.`];
    });
  }
}
