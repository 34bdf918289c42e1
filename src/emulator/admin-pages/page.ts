/** A request for an admin page as the views read it, and the page. */
import type { Build } from '../builds';
import type { Store, User } from '../store';
import type { Translate } from './language';

export interface PageRequest {
  readonly store: Store;
  readonly build: Build;
  readonly user: User;
  readonly translate: Translate;
  /** A parameter, empty where it was not sent. */
  readonly get: (name: string) => string;
}

export interface Page {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function page(body: string): Page {
  return { status: 200, body };
}
