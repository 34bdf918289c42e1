/** Synthesises stacks for tests, in memory. */
import { App, TerraformStack, Testing } from 'cdktf';
import type { IConstruct } from 'constructs';
import { VicidialProvider } from '../../src';

type Blocks = Record<string, Record<string, unknown>>;

/** The JSON of a stack: resources by type and name. */
export interface Synthesised {
  readonly provider: Record<string, unknown[]>;
  readonly terraform: { readonly required_providers: Record<string, unknown> };
  readonly resource: { readonly vicidial_phone: Blocks; readonly vicidial_phone_alias: Blocks } & Record<
    string,
    Blocks | undefined
  >;
  readonly import?: unknown;
}

/** A stack called `test`, without a provider. */
export function newStack(): TerraformStack {
  return new TerraformStack(new App({ outdir: '/nowhere' }), 'test');
}

/** Runs the validations of a stack and gives its JSON, without the metadata that CDKTF writes under the key `//`. */
export function toJson(stack: TerraformStack): Synthesised {
  return JSON.parse(Testing.synth(stack, true), (key, value: unknown) =>
    key === '//' ? undefined : value,
  ) as Synthesised;
}

/** The JSON of a stack with the provider and what the function adds. */
export function synth(build: (stack: TerraformStack, provider: VicidialProvider) => void): Synthesised {
  const stack = newStack();
  build(stack, new VicidialProvider(stack, 'vicidial'));
  return toJson(stack);
}

/** The warnings of a construct. */
export function messagesOf({ node }: IConstruct): string[] {
  // CDKTF declares the type any.
  return (node.metadata as { type: string; data?: unknown }[])
    .filter(({ type }) => type.includes('warn'))
    .map(({ data }) => String(data));
}

/** All warnings of a stack with the provider and what the functions add, in this order. */
export function allWarnings(
  ...parts: readonly ((stack: TerraformStack, provider: VicidialProvider) => unknown)[]
): string[] {
  const stack = newStack();
  const provider = new VicidialProvider(stack, 'vicidial');
  for (const part of parts) part(stack, provider);
  toJson(stack);
  // A second synthesis repeats nothing.
  toJson(stack);
  return stack.node.findAll().flatMap(messagesOf);
}
