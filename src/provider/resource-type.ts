/** What tells phones and aliases apart, for the one resource that serves both. */
import type { FieldValues, ObjectType } from '../model/field-definition';
import type { VicidialClient } from '../vicidial/api/client';
import type { Presence } from '../vicidial/api/lookup';

export interface Kind {
  readonly table: ObjectType;
  /** Markdown, for the head of the resource's page. */
  readonly description: string;
  /** The id in state, of the key's values. */
  id(values: FieldValues): string;
  /**
   * The key's values of an import id.
   *
   * @throws PhonestateError `import-id`
   */
  key(id: string): FieldValues;
  /**
   * Whether the object is on the server, by a call that writes nothing.
   *
   * @throws PhonestateError wherever the answer leaves a doubt
   */
  find(client: VicidialClient, values: FieldValues): Promise<Presence>;
  /** What must be one of its kind within a plan: the values that are known of the key, and of a phone's login. */
  unique(values: FieldValues): readonly Unique[];
  /**
   * Checks on the server that a planned object can be created.
   *
   * @throws PhonestateError the collision
   */
  checkNew(client: VicidialClient, values: FieldValues): Promise<void>;
  /**
   * Checks on the server that a planned change can be made.
   *
   * @param changed the fields that would be sent
   * @throws PhonestateError the collision
   */
  checkChange(
    client: VicidialClient,
    values: FieldValues,
    recorded: FieldValues,
    changed: readonly string[],
  ): Promise<void>;
  /** The login of a phone that exists as long as the object does; undefined where none is known. */
  login(values: FieldValues): string | undefined;
}

/** A value that no two objects may share, with the field that a complaint points at. */
export interface Unique {
  readonly field: string;
  readonly value: string;
}
