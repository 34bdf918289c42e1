/** What distinguishes phones and phone aliases, for the one managed resource that serves both. */
import type { FieldValues, ObjectType } from '../model/field-definition';
import type { VicidialClient } from '../vicidial/api/client';

export interface ResourceType {
  readonly objectType: ObjectType;
  /** Markdown, for the head of the resource's page. */
  readonly description: string;
  /** The values that no other object of a plan may have: key and phone login, where they are known. */
  uniqueValues(values: FieldValues): readonly UniqueValue[];
  /**
   * Checks on the server that a planned object can be created. A part of the key may be unknown (null).
   *
   * @throws PhonestateError the collision
   */
  checkCreate(client: VicidialClient, values: FieldValues): Promise<void>;
  /**
   * Checks on the server that a planned update can be made.
   *
   * @param changed the fields that would be sent
   * @throws PhonestateError the collision
   */
  checkUpdate(
    client: VicidialClient,
    values: FieldValues,
    prior: FieldValues,
    changed: readonly string[],
  ): Promise<void>;
  /** A phone login that exists as long as the object does; undefined where none is known. */
  existingLogin(values: FieldValues): string | undefined;
}

/** A value that no two objects may share, with the field that a diagnostic points at. */
export interface UniqueValue {
  readonly field: string;
  readonly value: string;
}

/** Whether every part of the key is known. */
export function isKeyKnown(type: ObjectType, values: FieldValues): boolean {
  return type.idFields.every((name) => typeof values[name] === 'string');
}
