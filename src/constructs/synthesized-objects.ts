/** The phones and phone aliases of a stack with their values as the stack writes them. */
import { DefaultTokenResolver, StringConcat, Tokenization, type TerraformStack } from 'cdktf';
import { phoneType } from '../model/phone-fields';
import { declaredObject, isDeclaring, type DeclaringResource } from './unique-in-stack';

/** A phone or phone alias. A value that refers to something is a template. */
export interface SynthesizedObject {
  readonly resource: DeclaringResource;
  readonly path: string;
  readonly provider: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** What an alias has that refers to its phone login. */
  readonly loginReference: unknown;
}

/**
 * The objects of a type, in the order of their constructs in the tree.
 *
 * @param type of the resource in Terraform
 */
export function objectsOf(stack: TerraformStack, type: string): SynthesizedObject[] {
  return stack.node
    .findAll()
    .filter(isDeclaring)
    .filter(({ terraformResourceType }) => terraformResourceType === type)
    .map((resource) => {
      const { path, provider, values } = declaredObject(resource);
      const loginReference = resource.interpolationForAttribute(phoneType.loginField);
      const resolved = resolve(stack, { values, loginReference });
      return { resource, path, provider, ...resolved };
    });
}

function resolve<T>(stack: TerraformStack, value: T): T {
  const resolver = new DefaultTokenResolver(new StringConcat());
  // CDKTF declares the type any; what is resolved has the form that it had.
  return Tokenization.resolve(value, { scope: stack, resolver, preparing: false }) as T;
}
