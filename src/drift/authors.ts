/**
 * Who made a difference, by the log of the administration (reading-vicidial.md, section 2). The API names the server of a
 * phone, and so does a page that modifies one. A page that adds or deletes one names the extension only.
 */
import type { AdminEvent } from '../model/admin-event';
import { equalIdentities, identityKey } from '../model/identity';
import type { LastChange } from './drift-schema';

export type DifferenceKind = 'changed' | 'missing' | 'unmanaged';

/** The object whose author is looked for. */
export interface LoggedObject {
  readonly about: AdminEvent['about'];
  /** The extension of a phone, or the `alias_id`. */
  readonly id: string;
  /** Undefined for a phone alias. */
  readonly server?: string | undefined;
}

export interface AuthorOptions {
  readonly idLength: number | undefined;
  /** The API user of the report. */
  readonly user: string;
  /** The servers that have, or should have, a phone with an extension, by the folded extension. */
  readonly serversOf: ReadonlyMap<string, readonly string[]>;
}

/** Finds entries of one log. */
export class Authors {
  readonly #events = new Map<string, AdminEvent[]>();

  constructor(
    events: readonly AdminEvent[],
    private readonly options: AuthorOptions,
  ) {
    for (const event of events) {
      const key = keyOf(event.about, event.recordId);
      this.#events.set(key, [...(this.#events.get(key) ?? []), event]);
    }
  }

  /** The latest entry that explains a difference; undefined where the log has none. */
  find(object: LoggedObject, kind: DifferenceKind): LastChange | undefined {
    const { idLength, user } = this.options;
    const id = idLength === undefined ? object.id : [...object.id].slice(0, idLength).join('');
    const events = this.#events.get(keyOf(object.about, id)) ?? [];
    const explaining = events.filter((event) => explains(event, object.server, kind));
    if (explaining.length === 0) return undefined;
    const event = explaining.reduce((latest, each) => (each.at > latest.at ? each : latest));
    const by = wayOf(event);
    return {
      at: event.at,
      user: event.user,
      action: event.action,
      by,
      isReader: by === 'api' && equalIdentities(event.user, user),
      mayBeOf: this.#others(event, object),
    };
  }

  #others(event: AdminEvent, { about, id, server }: LoggedObject): string[] {
    if (about === 'phone alias' || server === undefined || serversIn(event)) return [];
    const servers = this.options.serversOf.get(identityKey(id)) ?? [];
    return servers.filter((each) => !equalIdentities(each, server)).sort();
  }
}

function keyOf(about: AdminEvent['about'], id: string): string {
  return `${about} ${identityKey(id)}`;
}

/** What an entry says of servers: where the phone is after it, and where it was before. */
interface EventServers {
  readonly now: string;
  readonly before: string;
}

function serversIn({ notes }: AdminEvent): EventServers | undefined {
  const [, byApi] = /(?:^|\s)phone:\s*[^|]*\|\s*([^|\s]+)/iu.exec(notes) ?? [];
  if (byApi !== undefined) return { now: byApi, before: byApi };
  const [, now, before] = /(?:^|\s)Server IP:\s*(\S+)\s+Old Server IP:\s*(\S+)/iu.exec(notes) ?? [];
  return now === undefined || before === undefined ? undefined : { now, before };
}

/** Whether an entry may be the reason: it is about the object, as far as it says, and did what has to be explained. */
function explains(event: AdminEvent, server: string | undefined, kind: DifferenceKind): boolean {
  const { action } = event;
  const isAddition = action === 'ADD' || action === 'COPY';
  const servers = server === undefined ? undefined : serversIn(event);
  const isHere = !servers || equalIdentities(servers.now, server ?? '');
  const wasHere = !servers || equalIdentities(servers.before, server ?? '');
  const isMove = servers !== undefined && !equalIdentities(servers.now, servers.before);
  switch (kind) {
    case 'changed':
      return isHere && (isAddition || action === 'MODIFY');
    case 'missing':
      return wasHere && (action === 'DELETE' || (action === 'MODIFY' && isMove));
    case 'unmanaged':
      return isHere && (isAddition || (action === 'MODIFY' && isMove));
  }
}

function wayOf({ code }: AdminEvent): LastChange['by'] {
  if (/^ADMIN API\b/iu.test(code)) return 'api';
  return /^ADMIN\b/iu.test(code) ? 'admin pages' : 'unknown';
}
