/** What the API user may do and see, by its row in `vicidial_users` (vicidial-api.md, section 3). */
import type { WriteFunction } from '../../model/field-definition';
import { failure, type Failure } from '../../model/failures';
import { identityKey } from '../../model/identity';
import type { Row } from './database';
import { text } from './rows';

const minLoginLevel = 7;
const minPhoneLevel = 8;
const allFunctions = 'ALL_FUNCTIONS';
const allGroups = '---ALL---';
/** A list of viewable groups of up to three characters hides nothing. */
const maxLengthOfNoList = 3;

export class UserPermissions {
  readonly #viewable: ReadonlySet<string>;
  readonly #seesEverything: boolean;

  /** @param row of the user, with the list of groups that its user group may view */
  constructor(
    private readonly user: string,
    private readonly row: Row,
  ) {
    const list = text(row, 'admin_viewable_groups');
    this.#viewable = new Set(words(list).map(identityKey));
    this.#seesEverything = list.length <= maxLengthOfNoList || list.includes(allGroups);
  }

  /** The user groups whose phones the user may view; `---ALL---` where none is hidden. */
  get viewableGroups(): readonly string[] {
    return this.#seesEverything ? [allGroups] : words(text(this.row, 'admin_viewable_groups'));
  }

  get level(): number {
    return Number(text(this.row, 'user_level'));
  }

  /** The failure that the API answers when the user calls a function; undefined where it is permitted. */
  refusal(name: WriteFunction): Failure | undefined {
    return this.#loginRefusal() ?? this.#listRefusal(name) ?? this.#functionRefusal(name);
  }

  /** Whether the user may delete phones and phone aliases, which they share. */
  get mayDelete(): boolean {
    return this.#loginRefusal() === undefined && this.#lacking() === undefined && this.#has('ast_delete_phones');
  }

  /** Whether the user may view the phones of a user group. Groups have no effect on phone aliases. */
  mayView(group: string): boolean {
    return group === '' || group === allGroups || this.#seesEverything || this.#viewable.has(identityKey(group));
  }

  #loginRefusal(): Failure | undefined {
    const reasons = [
      ...(this.#isActive() ? [] : ['is not active']),
      ...(this.level < minLoginLevel
        ? [`has level ${this.level}, and the API accepts no login below ${minLoginLevel}`]
        : []),
    ];
    if (reasons.length === 0) return undefined;
    return failure('login-incorrect', { what: `User ${this.user} ${reasons.join(' and ')} (table vicidial_users).` });
  }

  #listRefusal(name: WriteFunction): Failure | undefined {
    // Systems before build 180301 have no list.
    if (!('api_allowed_functions' in this.row)) return undefined;
    const allowed = words(text(this.row, 'api_allowed_functions'));
    if (allowed.includes(name) || allowed.includes(allFunctions)) return undefined;
    const what = `The allowed API functions of user ${this.user} do not include ${name} (table vicidial_users).`;
    return failure('function-not-allowed', { what });
  }

  #functionRefusal(name: WriteFunction): Failure | undefined {
    const lacking = this.#lacking();
    if (lacking === undefined) return undefined;
    return failure('permission-missing', {
      what: `User ${this.user} may not call ${name}: ${lacking} (table vicidial_users).`,
    });
  }

  /** What the user lacks of the permissions of all functions that write. */
  #lacking(): string | undefined {
    const lacking = [
      ...(this.level < minPhoneLevel ? [`its level is ${this.level}, not ${minPhoneLevel} or more`] : []),
      ...(this.#has('vdc_agent_api_access') ? [] : ['it has no API access']),
      ...(this.#has('ast_admin_access') ? [] : ['it has no "AST Admin Access"']),
    ];
    return lacking.length === 0 ? undefined : lacking.join(', ');
  }

  #isActive(): boolean {
    return text(this.row, 'active') === 'Y';
  }

  #has(column: string): boolean {
    return text(this.row, column) === '1';
  }
}

/** The words of a list that has a space on each side of every word. */
function words(list: string): string[] {
  return list.split(/\s+/u).filter((word) => word !== '' && word !== '-');
}
