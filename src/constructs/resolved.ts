import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';

/** A value as the stack writes it: each token is the template that it stands for. */
export function resolved<T>(scope: IConstruct, value: T): T {
  const resolver = new DefaultTokenResolver(new StringConcat());
  // CDKTF declares the type any; what is resolved has the form that it had.
  return Tokenization.resolve(value, { scope, resolver, preparing: false }) as T;
}
