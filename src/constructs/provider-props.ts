/** The props of the provider's construct, inferred from the table of provider settings: a new row is a new prop. */
import type { IResolvable } from 'cdktf';
import type { CamelCase } from '../model/case';
import type { providerSettings } from '../settings/provider-settings';
import type { SettingDefinition, SettingName, StringMap } from '../settings/provider-settings';
import type { Choice } from './props';

type Prop<R extends SettingDefinition> = R extends { type: 'number' }
  ? number
  : R extends { type: 'bool' }
    ? boolean | IResolvable
    : R extends { type: 'map' }
      ? StringMap
      : Choice<R>;

export type ProviderProps = {
  readonly [N in SettingName as CamelCase<N>]?: Prop<(typeof providerSettings)[N]> | undefined;
};
