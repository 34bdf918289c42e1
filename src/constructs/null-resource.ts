/**
 * A `null_resource` without the package `@cdktf/provider-null`: CDK Terrain has none, and CDKTF one for each of its
 * versions. A program may use that package all the same.
 */
import { TerraformProvider, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { toHclTerraform, toTerraform } from './synthesized-values';

/** What the bindings of CDKTF are generated from: the provider `hashicorp/null`. */
const metadata = { providerName: 'null', providerVersion: '3.2.4', providerVersionConstraint: '~> 3.0' } as const;

/** Of bindings that a program generated itself, the class is another one. The type is the same. */
const providerType = 'null';

class NullResource extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly triggers: Readonly<Record<string, string>>,
  ) {
    super(scope, id, { terraformResourceType: 'null_resource', terraformGeneratorMetadata: metadata });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { triggers: toTerraform(this.triggers, 'map') };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return { triggers: toHclTerraform(this.triggers, 'map') };
  }
}

/** The default configuration of the provider, which a stack does without where it has one of its own. */
class NullProvider extends TerraformProvider {
  constructor(stack: TerraformStack) {
    super(stack, 'phonestate-null', {
      terraformResourceType: providerType,
      terraformGeneratorMetadata: metadata,
      terraformProviderSource: 'null',
    });
  }

  override toTerraform(): unknown {
    return this.#isOnlyOne() ? super.toTerraform() : {};
  }

  override toHclTerraform(): unknown {
    return this.#isOnlyOne() ? super.toHclTerraform() : {};
  }

  /** A program may declare its own after the resource was made. */
  #isOnlyOne(): boolean {
    return nullProviders(TerraformStack.of(this)).every((provider) => provider === this);
  }
}

function nullProviders(stack: TerraformStack): TerraformProvider[] {
  return stack.node
    .findAll()
    .filter((construct) => TerraformProvider.isTerraformProvider(construct))
    .filter((provider) => provider.terraformResourceType === providerType && TerraformStack.of(provider) === stack);
}

/**
 * Adds a `null_resource`, and the provider where the stack has none.
 *
 * @param triggers by name; the resource depends on what they refer to
 */
export function nullResource(
  scope: Construct,
  id: string,
  triggers: Readonly<Record<string, string>>,
): TerraformResource {
  const stack = TerraformStack.of(scope);
  if (nullProviders(stack).length === 0) new NullProvider(stack);
  return new NullResource(scope, id, triggers);
}
