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
}
