/** What tells phones and aliases apart, for the one resource that serves both. */
import type { AnyValues, Table } from '../phone/field';
import type { VicidialClient } from '../vicidial/client';
import type { Presence } from '../vicidial/presence';

export interface Kind {
  readonly table: Table;
  /** Markdown, for the head of the resource's page. */
  readonly description: string;
  /** The id in state, of the key's values. */
  id(values: AnyValues): string;
  /**
   * The key's values of an import id.
   *
   * @throws PhonestateError `import-id`
   */
  key(id: string): AnyValues;
  /**
   * Whether the object is on the server, by a call that writes nothing.
   *
   * @throws PhonestateError wherever the answer leaves a doubt
   */
  find(client: VicidialClient, values: AnyValues): Promise<Presence>;
  /** What must be one of its kind within a plan: the values that are known of the key, and of a phone's login. */
  unique(values: AnyValues): readonly Unique[];
  /**
   * Checks on the server that a planned object can be created.
   *
   * @throws PhonestateError the collision
   */
  checkNew(client: VicidialClient, values: AnyValues): Promise<void>;
  /**
   * Checks on the server that a planned change can be made.
   *
   * @param changed the fields that would be sent
   * @throws PhonestateError the collision
   */
  checkChange(client: VicidialClient, values: AnyValues, recorded: AnyValues, changed: readonly string[]): Promise<void>;
  /** The login of a phone that exists as long as the object does; undefined where none is known. */
  login(values: AnyValues): string | undefined;
}

/** A value that no two objects may share, with the field that a complaint points at. */
export interface Unique {
  readonly field: string;
  readonly value: string;
}
