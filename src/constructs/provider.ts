import { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { address, version } from '../address';
import { snake } from './names';
import { warnOfOpenSecret } from './open-secret';
import { isPending } from './pending';
import { providerRows, type ProviderArguments } from './provider-arguments';
import { toHclTerraform, toTerraform, type Kind } from './terraform-values';

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
      terraformGeneratorMetadata: { providerName: 'vicidial', providerVersion: version, providerVersionConstraint: version },
      terraformProviderSource: address,
    });
    this.node.addValidation({ validate: () => this.#complaints() });
    for (const [name, { secret }] of providerRows) if (secret) warnOfOpenSecret(this, name, props[name]);
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
  #mapArguments(write: (value: unknown, kind: Kind) => unknown): Record<string, unknown> {
    const declared = providerRows.filter(([name]) => this.props[name] !== undefined);
    return Object.fromEntries(declared.map(([name, { kind }]) => [snake(name), write(this.props[name], kind)]));
  }

  #complaints(): string[] {
    return providerRows.flatMap(([name, { choices }]) => {
      const value = this.props[name];
      if (!choices || typeof value !== 'string' || isPending(value) || choices.includes(value)) return [];
      return [`${name} is "${value}", which the provider does not know. It takes ${choices.join(', ')}.`];
    });
  }
}
