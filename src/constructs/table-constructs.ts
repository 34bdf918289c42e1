/** Which constructs are made from which field table. */
import type { IConstruct } from 'constructs';
import type { ObjectType } from '../model/field-definition';
import type { UniqueFields } from './duplicates';

export interface TableConstruct {
  readonly table: ObjectType;
  /** What no two objects of a stack may share. */
  readonly uniques: readonly UniqueFields[];
}

const constructs = new WeakMap<IConstruct, TableConstruct>();

export function registerTableConstruct(construct: IConstruct, entry: TableConstruct): void {
  constructs.set(construct, entry);
}

/** Undefined for a construct of another kind. */
export function tableConstruct(construct: IConstruct): TableConstruct | undefined {
  return constructs.get(construct);
}
