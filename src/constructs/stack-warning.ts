import type { IConstruct } from 'constructs';
import type { Failure } from '../model/failures';

/** What is wrong with an object, and the prop that it is about. */
export interface StackWarning {
  readonly resource: IConstruct;
  readonly prop: string;
  readonly failure: Failure;
}
