import { TerraformProvider, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { address, version } from '../address';
import { camelCase } from '../model/case';
import { composed } from '../model/composed-letters';
import { settingRows, type GivenSetting, type SettingDefinition } from '../settings/provider-settings';
import { settingProblem } from '../settings/read-settings';
import { defineArguments, defineInputs } from './attribute-getters';
import { DeclaredProps } from './declared-props';
import type { ProviderArguments, ProviderMembers } from './generated/provider';
import { hasNumberToken, numberTokenError } from './number-tokens';
import { plaintextWarning } from './plaintext-secret';
import { resolved } from './resolved';
import { unknownArguments, unknownProps } from './unknown-names';
import { isUnresolved } from './unresolved';
import { validateStack } from './validate-stack';
import { warnOnce } from './warn-once';

/**
 * Props of the provider: its settings in camelCase. Each setting that is not set is read from its environment variable,
 * `VICIDIAL_URL` and so on.
 *
 * @example
 * const props: VicidialProviderProps = { url: 'https://vicidial.example.com/vicidial/non_agent_api.php' };
 */
export interface VicidialProviderProps extends ProviderArguments {
  /** The provider alias: required where a stack has more than one of these. */
  readonly alias?: string | undefined;
}

/** The class of the provider's construct; exported because the declaration of `VicidialProvider` names it. */
export interface ProviderClass extends Omit<typeof TerraformProvider, 'prototype'> {
  new (scope: Construct, id: string, props?: VicidialProviderProps): TerraformProvider & AliasMembers & ProviderMembers;

  /** The name of the provider in Terraform. */
  readonly tfResourceType: 'vicidial';
}

interface AliasMembers {
  /** The provider alias. */
  get alias(): string | undefined;
  set alias(value: string | undefined);
  /** What `alias` is set to. */
  readonly aliasInput: string | undefined;
  /** Leaves `alias` out. */
  resetAlias(): void;
}

/** The JSON of the construct. */
interface ProviderJson {
  readonly provider: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

const type = 'vicidial';
const rows: Readonly<Record<string, SettingDefinition>> = Object.fromEntries(settingRows);

/** A provider whose arguments are those of the table of settings. */
class SettingsProvider extends TerraformProvider {
  static readonly tfResourceType = type;
  readonly #props: DeclaredProps;

  constructor(scope: Construct, id: string, props: VicidialProviderProps = {}) {
    super(scope, composed(id), {
      terraformResourceType: type,
      terraformGeneratorMetadata: {
        providerName: 'vicidial',
        providerVersion: version,
        providerVersionConstraint: version,
      },
      terraformProviderSource: address,
    });
    this.#props = new DeclaredProps(props);
    this.node.addValidation({ validate: () => this.#validate() });
    // CDKTF refuses a stack that has resources without a provider, so each stack with phones gets here.
    validateStack(TerraformStack.of(this));
  }

  override get alias(): string | undefined {
    return this.aliasInput;
  }

  override set alias(value: string | undefined) {
    this.#props.set('alias', value);
  }

  get aliasInput(): string | undefined {
    const alias = this.#props.get('alias');
    return typeof alias === 'string' ? alias : undefined;
  }

  resetAlias(): void {
    this.alias = undefined;
  }

  /** What a setting is set to, by its name in Terraform; undefined where it is not set. */
  input(name: string): unknown {
    return this.#props.get(name);
  }

  setInput(name: string, value: unknown): void {
    this.#props.set(name, value);
  }

  /** Without the provider alias, which cdktf writes itself. */
  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.#props.toTerraform(rows);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.#props.toHcl(rows);
  }

  /** Values that the provider would refuse. What only Terraform knows is checked by the plan. */
  #validate(): string[] {
    // CDKTF declares the type any.
    const json = resolved(this, this.toTerraform() as ProviderJson);
    const block = json.provider[type]?.[0] ?? {};
    const known = [...settingRows.map(([name]) => camelCase(name)), 'alias'];
    for (const [name, { sensitive }] of settingRows)
      if (sensitive)
        for (const warning of plaintextWarning(camelCase(name), literalPart(block[name]))) warnOnce(this, warning);
    return [
      ...unknownProps(this.#props.names(), known, 'a VicidialProvider'),
      ...unknownArguments(block, [...Object.keys(rows), 'alias'], 'the provider vicidial'),
      ...settingRows.flatMap(([name, row]) => settingErrors(camelCase(name), row, block[name])),
    ];
  }
}

function settingErrors(prop: string, row: SettingDefinition, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (hasNumberToken(value)) return [numberTokenError(prop)];
  if (isUnresolved(value)) return [];
  // The type of each prop is that of its row; a program without types, or an override, may give it another.
  const problem = settingProblem(row, value as GivenSetting);
  return problem === undefined ? [] : [`${prop} is not valid. ${problem}`];
}

/** Of a map, one literal value is enough. */
function literalPart(value: unknown): unknown {
  const parts: unknown[] = typeof value === 'object' && value !== null ? Object.entries(value) : [value];
  return parts.find((part) => !isUnresolved(part));
}

const names = settingRows.map(([name]) => name);
defineInputs(SettingsProvider.prototype, names);
defineArguments(SettingsProvider.prototype, names);

/** What was defined are the members, one for each setting. */
const definedProvider = SettingsProvider as unknown as ProviderClass;

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
export class VicidialProvider extends definedProvider {}
