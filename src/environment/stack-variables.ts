/** The Terraform variables of an environment's stack, declared on first use. */
import { Lazy, TerraformVariable, type TerraformStack } from 'cdktf';
import { phoneLogin, type EnvironmentPhone } from './environment';
import type { Variable } from './value-schema';

export class StackVariables {
  readonly #declared = new Map<string, TerraformVariable>();
  /** The variables of arguments that are in state. */
  readonly #stored = new Set<string>();

  constructor(private readonly stack: TerraformStack) {}

  /** A variable of the provider block. Without a value it is null, and the provider reads its environment. */
  ofProvider(name: string): string {
    return this.#declare(name, 'string').stringValue;
  }

  /**
   * A variable of a phone: the whole variable, or the entry of a map.
   *
   * @param isStored whether the argument is in state: not a write-only one
   */
  ofPhone({ variable: name, by }: Variable, phone: EnvironmentPhone, isStored: boolean): string {
    if (isStored) this.#stored.add(name);
    if (by === undefined) return this.#declare(name, 'string').stringValue;
    this.#declare(name, 'map(string)');
    const key = by === 'extension' ? phone.extension : (phoneLogin(phone) ?? '');
    // A phone without an entry has no value, as with a variable that is not set. CDKTF's own function loses the null.
    return `\${lookup(var.${name}, ${JSON.stringify(key)}, null)}`;
  }

  #declare(name: string, type: string): TerraformVariable {
    const known = this.#declared.get(name);
    if (known) return known;
    // Construct ids such as `vicidial` are in use in this stack; names of variables are a namespace of their own.
    const variable = new TerraformVariable(this.stack, `variable-${name}`, {
      type,
      sensitive: true,
      nullable: type === 'string',
    });
    variable.addOverride('default', type === 'string' ? null : {});
    // Ephemeral, so that its value is neither in a plan file nor in state, unless an argument in state has it.
    const isEphemeral = { produce: () => (this.#stored.has(name) ? undefined : true) };
    variable.addOverride('ephemeral', Lazy.anyValue(isEphemeral));
    variable.overrideLogicalId(name);
    this.#declared.set(name, variable);
    return variable;
  }
}
