/** What the provider reports to the ledger, and what the ledger says of it. */
import type { ObjectType } from './claims';
import type { Action, Situation } from './rules';

export type VerdictCode =
  | 'duplicate-in-plan'
  | 'phone-exists'
  | 'alias-exists'
  | 'stored-twice'
  | 'login-taken'
  | 'key-unknown'
  | 'login-still-listed';

/** A conflict, or a warning, as data. Keys and logins are as they were reported, not folded. */
export interface Verdict {
  readonly code: VerdictCode;
  readonly situation: Situation;
  readonly type: ObjectType;
  /** The object of the present call: its prior key, else its new one; undefined while that is unknown. */
  readonly key: string | undefined;
  /** What the plan does with it; undefined where the present call is not a planning. */
  readonly action?: Action;
  /** The key or login that the conflict is about. */
  readonly identity: string | undefined;
  /** The other object, seen before: its prior key, else its new one. Missing where there is none, or it is unknown. */
  readonly otherKey?: string | undefined;
  readonly otherAction?: Action;
}

/** What to ask the server about an object, as the ledger cannot know it. Nothing else needs asking. */
export interface Questions {
  /** Whether this key exists. */
  readonly key?: string;
  /** Whether this login is free. */
  readonly login?: string;
  /**
   * `login` may be that of this phone, on the server: state says so, or does not say (an import, for example). Ask by
   * the probe that distinguishes a phone's own login from that of another phone (vicidial-api.md, section 5).
   */
  readonly ownKey?: string;
}

export interface Planned {
  /** To be returned as planned_private, and never to be stored: Apply returns the private data without it. */
  readonly marker: string;
  readonly errors: readonly Verdict[];
  readonly warnings: readonly Verdict[];
  readonly questions: Questions;
}

export interface PlannedCreate extends Planned {
  /** What the creation is taken for. */
  readonly createdAs: 'new' | 'tainted' | 'second-half';
}

/** An object as it is in state. `login` is undefined where state has none, and for a phone alias. */
export interface Stored {
  readonly type: ObjectType;
  readonly key: string;
  readonly login?: string | undefined;
}

/** An object as it is planned. What is unknown, or not set, is undefined. */
export interface Desired {
  readonly key: string | undefined;
  /** The login of a phone. */
  readonly login?: string | undefined;
  /** The logins that a phone alias lists; those that are known. */
  readonly logins?: readonly string[];
}
