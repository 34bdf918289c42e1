import { Annotations } from 'cdktf';
import type { IConstruct } from 'constructs';

/** Adds a warning to a construct. A test may synthesise a stack more than once, which repeats nothing. */
export function warnOnce(construct: IConstruct, message: string): void {
  const isAdded = construct.node.metadata.some(({ data }: { readonly data?: unknown }) => data === message);
  if (!isAdded) Annotations.of(construct).addWarning(message);
}
