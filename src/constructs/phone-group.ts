import { NullProvider } from '@cdktf/provider-null/lib/provider';
import { Resource as NullResource } from '@cdktf/provider-null/lib/resource';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Phone, type PhoneProps } from './phone';

export interface PhoneGroupProps {
  /** The dialer of all phones of the group. */
  readonly serverIp: string;
  /** Props of every phone that does not set them itself. */
  readonly defaults?: Partial<Omit<PhoneProps, 'serverIp' | 'extension'>>;
  /** The phones, by extension. */
  readonly phones: Readonly<Record<string, Partial<Omit<PhoneProps, 'serverIp' | 'extension'>>>>;
}

/** Phones of one dialer that have much in common. */
export class PhoneGroup extends Construct {
  /** The phones, by extension. */
  readonly phones: Readonly<Record<string, Phone>>;
  #ready: NullResource | undefined;

  constructor(scope: Construct, id: string, { serverIp, defaults = {}, phones }: PhoneGroupProps) {
    super(scope, id);
    const entries = Object.entries(phones).map(
      ([extension, own]) =>
        [extension, new Phone(this, extension, { ...defaults, ...own, serverIp, extension })] as const,
    );
    this.phones = Object.fromEntries(entries);
  }

  /**
   * A resource that is there once every phone of the group is: whatever depends on it waits for the whole group.
   * Made when it is first asked for; it needs the provider `hashicorp/null`.
   */
  get ready(): NullResource {
    if (!this.#ready) {
      const stack = TerraformStack.of(this);
      if (!stack.node.findAll().some((construct) => construct instanceof NullProvider)) new NullProvider(stack, 'null');
      const triggers = Object.fromEntries(
        Object.entries(this.phones).map(([extension, phone]) => [extension, phone.id]),
      );
      this.#ready = new NullResource(this, 'ready', { triggers });
    }
    return this.#ready;
  }
}
