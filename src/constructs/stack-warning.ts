import type { Failure } from '../model/failures';
import type { SynthesizedObject } from './synthesized-objects';

/** What is wrong with an object, and the prop that it is about. */
export interface StackWarning {
  readonly object: SynthesizedObject;
  readonly prop: string;
  readonly failure: Failure;
}
