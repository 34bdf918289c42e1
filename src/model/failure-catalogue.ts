/** The catalogue of failures, one row for each code. `docs/guides/failures.md` is generated from it; codes never change their meaning. */
export interface CatalogueEntry {
  readonly summary: string;
  /** Why it happens. */
  readonly cause: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Without it, an error: it stops the run. */
  readonly severity?: 'warning';
  /** `run`: it is about the whole run, and is explained in full once. Without it, it is about one object. */
  readonly scope?: 'run';
  /** A warning that is given once in a run, for whichever object comes first. */
  readonly once?: true;
  /** A warning that says the same of every object, so that Terraform may merge those of many. */
  readonly alike?: true;
  /** The same call may succeed later. */
  readonly transient?: true;
  /** What is known of a call that ended so. Without it, the server refused the call and changed nothing. */
  readonly outcome?: 'unknown' | 'not-sent';
  /** It is found in planning, so it stops `terraform destroy` too, which plans first: the failure says what to do then. */
  readonly stopsDestroy?: true;
  /** What code has to recognise, whatever the object. */
  readonly condition?: Condition;
}

/** `login-refused`: every other call of the run would end so, and each might count as a failed login. */
export type Condition = 'already-exists' | 'not-found' | 'permission-missing' | 'login-refused';

/** An apply of create_before_destroy that cannot create the new object leaves the old one deposed. */
export const deposedWayOut =
  'Where an apply with create_before_destroy left a deposed object: remove the resource from the configuration and apply, which deletes the object, or forget it with a removed block with lifecycle { destroy = false }; then add the resource again.';

type Group = Readonly<Record<string, CatalogueEntry>>;

/** Values that cannot be stored as they are declared, or should not be. */
const values = {
  'value-characters': {
    summary: 'Value with characters that VICIdial strips',
    cause:
      'VICIdial strips these characters silently and answers SUCCESS: something else would be stored than what is declared.',
    remedy: 'Write the value with allowed characters only.',
  },
  'value-length': {
    summary: 'Value of a length that VICIdial does not store',
    cause:
      'VICIdial refuses, ignores or truncates values outside these bounds; it ignores and truncates silently. The functions that create and update an object have bounds of their own.',
    remedy: 'Write a value within the bounds.',
  },
  'value-choice': {
    summary: 'Value that VICIdial does not accept',
    cause: 'The field takes a fixed set of values. Any other is refused, or ignored silently.',
    remedy: 'Write one of the listed values exactly.',
  },
  'value-range': {
    summary: 'Number out of range',
    cause: 'The field takes whole numbers within fixed bounds.',
    remedy: 'Write a whole number within the bounds.',
  },
  'value-not-numeric': {
    summary: 'Value that is not a number',
    cause: 'The field is a telephone number. VICIdial would store letters, but cannot dial them.',
    remedy: 'Write digits only.',
  },
  'value-email': {
    summary: 'Email address that VICIdial does not store',
    cause: 'VICIdial stores a space for each plus sign, and its SQL fails on an apostrophe.',
    remedy: 'Use an address without a plus sign and without an apostrophe.',
  },
  'value-empty': {
    summary: 'Field that cannot be empty',
    cause: 'The empty string asks for an empty field, and VICIdial cannot empty this one.',
    remedy:
      'Write a value, or remove the argument to stop managing the field. For an expression x that may be empty, write x != "" ? x : null: null counts as not set.',
  },
  'value-reserved': {
    summary: 'The reserved word --BLANK-- as a value',
    cause:
      'The API uses --BLANK-- to empty a field. Where it cannot empty the field, it would store a part of the word.',
    remedy: 'Write "" to empty the field, or remove the argument to stop managing it.',
  },
  'value-none': {
    summary: 'The word --NONE-- as a value',
    cause: 'VICIdial shows --NONE-- where nothing is chosen. The API would look for an object of that name.',
    remedy: 'Write "" for none, or remove the argument to stop managing it.',
  },
  'field-unknown-to-build': {
    summary: 'Field that this build of VICIdial does not have',
    cause: 'An older build ignores fields that came later, and answers SUCCESS.',
    remedy: 'Remove the argument from the configuration, or update VICIdial.',
  },
  'password-default': {
    summary: 'Default password',
    cause: 'Attackers who scan for open phones try this password first.',
    remedy: 'Choose a long random word of letters and digits.',
    severity: 'warning',
  },
  'password-is-extension': {
    summary: 'Password that is easy to guess',
    cause: "Attackers who scan for open phones try a phone's number as its password.",
    remedy: 'Choose a long random word of letters and digits.',
    severity: 'warning',
  },
  'password-known': {
    summary: 'Widely known password',
    cause: 'Attackers who scan for open phones have lists of such passwords, and try all of them.',
    remedy: 'Choose a long random word of letters and digits.',
    severity: 'warning',
  },
  'password-short': {
    summary: 'Very short password',
    cause:
      'VICIdial creates a phone with a password of a single character, and update_phone refuses one later. All passwords of so few characters can be tried in a short time.',
    remedy: 'Choose a long random word of letters and digits.',
    severity: 'warning',
  },
  'password-empty': {
    summary: 'A phone without a registration password',
    cause: 'VICIdial writes an empty password into the configuration of the server, and any device can register.',
    remedy: 'Choose a long random word of letters and digits, or remove the argument to stop managing the field.',
    severity: 'warning',
  },
  'email-not-address': {
    summary: 'Value that is no email address',
    cause: 'VICIdial stores any string as an email address, and the voicemail sent to it is lost.',
    remedy: 'Write an address such as desk@example.com.',
    severity: 'warning',
  },
  'phone-without-context': {
    summary: 'A phone without a dialplan context',
    cause:
      'VICIdial writes the context into the configuration of the server. Asterisk runs the calls of a device in the dialplan of its context, and finds no extension without one.',
    remedy:
      'Write the context, which is "default" on a plain installation, or remove the argument to stop managing it.',
    severity: 'warning',
  },
  'password-may-be-truncated': {
    summary: 'Password that an older schema may truncate',
    cause:
      'Older database schemas of VICIdial hold fewer characters of a password and truncate it silently. The build does not determine the schema.',
    remedy:
      'Choose a shorter password, or make sure that the columns pass and conf_secret of the table phones are wide enough.',
    severity: 'warning',
  },
  'write-only-conflict': {
    summary: 'A password that is declared twice',
    cause: 'Both arguments are the same field of VICIdial: one puts its value into state, the other one does not.',
    remedy: 'Remove one of the two. The write-only argument stays together with its version.',
  },
  'write-only-without-version': {
    summary: 'A write-only argument without its version',
    cause:
      'The value is in no state, so only another version shows that it has changed. Without one it would never be sent again.',
    remedy: 'Set the version, for example to 1, and change it whenever the value changes.',
  },
  'write-only-value-missing': {
    summary: 'A write-only argument without a value',
    cause:
      'A new object, a replaced one and another version are sent the value, and neither state nor a saved plan has it.',
    remedy:
      'Give the argument its value, in the apply as well as in the plan. To keep the password that is stored, set the version to what it was.',
  },
  'required-arguments-missing': {
    summary: 'Arguments that a new object needs are missing',
    cause:
      'VICIdial creates no object without them. They may be left out only for an object that exists already and was imported.',
    remedy: 'Set the arguments, or import the object if it exists.',
  },
  'not-creatable': {
    summary: 'The API cannot create this object',
    cause:
      'The object was made by other means than the API, which refuses one of its values when it creates an object.',
    remedy:
      'Do not change its key. To move it, add it under its new key on the admin pages, import it there, and forget the old one with a removed block with lifecycle { destroy = false }. Or declare a value that the API accepts.',
  },
  'key-not-addressable': {
    summary: 'Key that the API cannot address',
    cause:
      'The API strips some characters of a key and refuses keys that are too short, so it cannot change or delete this object, or would change another one.',
    remedy: 'Change the key on the admin pages and import the object then, or leave it unmanaged.',
  },
  'stored-key-missing': {
    summary: 'Object in state without its key',
    cause: 'The state file was written or changed by another tool. No call about this object was sent.',
    remedy:
      'Restore an earlier state file, or remove the object from the state (terraform state rm) and import it. terraform state list and terraform state show find its address.',
  },
  'import-id': {
    summary: 'Invalid import id',
    cause: 'A phone is identified by its server and extension, a phone alias by its alias_id.',
    remedy: 'Import a phone by SERVER_IP/EXTENSION, a phone alias by its alias_id.',
  },
} as const satisfies Group;

/** The provider block. */
const providerBlock = {
  'provider-argument': {
    summary: 'Invalid provider argument',
    cause: 'Nothing is read or changed while a setting of the provider is missing or not valid.',
    remedy: 'Set or correct the argument in the provider block, or its environment variable.',
    scope: 'run',
  },
  'provider-in-use': {
    summary: 'The provider is in use with other settings',
    cause:
      'Nothing in a call says which provider block it belongs to, so all calls of one connection use the settings of its first configuration. Terraform and OpenTofu open a connection for each provider block; the program that runs this provider uses one for several.',
    remedy: 'Open a connection for each provider block, or start a provider for each.',
  },
  'rehearsal-active': {
    summary: 'This run is a rehearsal: nothing reaches VICIdial',
    cause:
      'The environment variable PHONESTATE_REHEARSAL is set by phonestate rehearse. All calls go to an emulator on this machine, and so does what the run writes.',
    remedy: 'Nothing is to be done in a rehearsal. Where this is none, end it and unset the variable.',
    severity: 'warning',
    scope: 'run',
    once: true,
  },
  'rehearsal-refused': {
    summary: 'This run belongs to no rehearsal',
    cause:
      'The environment variable PHONESTATE_REHEARSAL is set, which sends all calls of a run to an emulator. Only phonestate rehearse may set it, for the runs that it starts itself. Nothing was sent, to an emulator or to VICIdial.',
    remedy: 'Unset PHONESTATE_REHEARSAL. For a rehearsal, run phonestate rehearse, which sets it.',
    scope: 'run',
  },
  'rehearsal-without-rows': {
    summary: 'The system cannot be loaded for a rehearsal',
    cause:
      'A rehearsal reads the phones of the system into an emulator first, with the settings of the provider. The API shows no phone: it needs the admin pages or the database.',
    remedy:
      'Correct what is said above. The admin pages need an API user who may open them; for the database set database_url, or VICIDIAL_DATABASE_URL.',
    scope: 'run',
  },
} as const satisfies Group;

/** What the API user may do. */
const permissions = {
  'login-incorrect': {
    summary: 'VICIdial refused the API login',
    cause:
      'The user does not exist or is inactive, its level is below 7, or the password is wrong. Ten failed logins lock the user for 15 minutes.',
    remedy:
      'Check VICIDIAL_USER and VICIDIAL_PASSWORD (or user and password of the provider), and the user in Admin > Users.',
    scope: 'run',
    condition: 'login-refused',
  },
  'login-or-permission': {
    summary: 'VICIdial refused the API login, or the user lacks a permission',
    cause:
      'A build of VICIdial before 130617 answers a wrong password as a missing permission, so the two cannot be distinguished. This counts as a failed login, of which ten lock the user.',
    remedy:
      'Check VICIDIAL_USER and VICIDIAL_PASSWORD, and in Admin > Users whether the user is active, of level 8 or more, with "Agent API Access" and "AST Admin Access".',
    scope: 'run',
    condition: 'login-refused',
  },
  'login-locked': {
    summary: 'The API user is locked',
    cause:
      'VICIdial locks a user for 15 minutes after ten failed logins, whichever program made them. It then refuses the right password too.',
    remedy:
      'Wait 15 minutes without any login of this user, find out what logs in with a wrong password, then run again.',
    scope: 'run',
    condition: 'login-refused',
  },
  'login-address': {
    summary: 'VICIdial does not accept calls from this address',
    cause: 'The user or the system has an IP list that does not contain the address of this machine.',
    remedy: 'Add the address of this machine to the IP list in Admin > IP Lists.',
    scope: 'run',
    condition: 'login-refused',
  },
  'login-second-factor': {
    summary: 'VICIdial asks for a second factor',
    cause: 'The user has two-factor authentication, which an API call cannot pass.',
    remedy: 'Use an API user without two-factor authentication.',
    scope: 'run',
    condition: 'login-refused',
  },
  'login-held-back': {
    summary: 'No login was attempted',
    cause:
      'Ten failed logins lock the API user for everyone. Phonestate sends a refused password once for each command, and at most five times within 15 minutes, counted over all commands of one operating-system user on this machine.',
    remedy:
      'Check VICIDIAL_USER and VICIDIAL_PASSWORD, and the user in Admin > Users. A corrected password is tried at once; a user that was corrected on the server, with the next command or when the 15 minutes are over.',
    scope: 'run',
    condition: 'login-refused',
  },
  'login-source': {
    summary: 'VICIdial refused the source of the call',
    cause: 'Each call carries a source of two or more letters or digits, which VICIdial writes to its API log.',
    remedy: 'Set the provider argument call_source to a word of 2 to 20 letters or digits.',
    scope: 'run',
  },
  'function-not-allowed': {
    summary: 'The API user may not call this function',
    cause: "The function is not in the user's list of allowed API functions.",
    remedy:
      'Add the function to "Allowed API Functions" of the user (Admin > Users > the user > Modify), or choose ALL_FUNCTIONS.',
    scope: 'run',
    condition: 'permission-missing',
  },
  'permission-missing': {
    summary: 'The API user lacks a permission',
    cause:
      'The function needs an active user of level 8 or more with "Agent API Access" and "AST Admin Access" (Admin > Users > the user > Modify).',
    remedy: 'Give the user these permissions, or use an API user that has them.',
    scope: 'run',
    condition: 'permission-missing',
  },
  'permission-delete': {
    summary: 'The API user may not delete phones and phone aliases',
    cause: 'Deleting needs the user setting "AST Delete Phones" (ast_delete_phones), besides the permission to update.',
    remedy:
      'Give the user "AST Delete Phones" (Admin > Users > the user > Modify), or run as a user that has it. The object still exists and stays in state.',
    scope: 'run',
  },
  'permission-to-plan': {
    summary: 'The API user lacks the permission that planning needs',
    cause:
      'The API of VICIdial has no call that shows an object. Phonestate looks an object up by an update that is always refused, which needs the permission to update; it changes nothing.',
    remedy:
      'Allow the user that plans the functions update_phone and update_phone_alias (level 8, "Agent API Access", "AST Admin Access", and the functions among its allowed API functions), or plan with -refresh=false.',
    scope: 'run',
  },
  'delete-unchecked': {
    summary: 'The permission to delete could not be checked',
    cause:
      'The admin pages and the database show whether the user has "AST Delete Phones"; the API does not. Without the permission, the apply fails at the delete; the object stays on the server and in state.',
    remedy:
      'Let the user open the admin pages, or set database_url. Otherwise make sure that the user has the permission, or set delete_permission_check = "canary" to check it with a temporary phone alias.',
    severity: 'warning',
    alike: true,
    scope: 'run',
  },
  'delete-denied': {
    summary: 'Deleting is denied by the provider',
    cause:
      'The provider argument delete_permission_check is "deny", or not known yet: nothing is deleted, not even to be replaced. Terraform asks for the same deletion with -refresh-only, which is refused too.',
    remedy:
      'Put the object back into the configuration, forget it with a removed block with lifecycle { destroy = false } to keep it on the server, or run where deleting is allowed.',
    scope: 'run',
  },
} as const satisfies Group;

/** Identities that objects of a plan or of the server share, and objects that a plan must not touch. */
const identities = {
  'duplicate-in-plan': {
    summary: 'Duplicate phone or phone alias in this plan',
    cause:
      'Two resources would create the same phone or phone alias, or give two phones one phone login. Keys and logins are compared case-insensitively and without accents.',
    remedy:
      'Remove one of the two resources, or give one of them another key or login. Terraform does not tell a provider the names of resources: search the configuration for the value.',
    stopsDestroy: true,
  },
  'phone-exists': {
    summary: 'The phone exists already',
    cause:
      'Phonestate adopts nothing silently: a phone that was created by hand, by another configuration, or under another address of this one, stays as it is.',
    remedy: `Where the phone is in this state under another address, use a moved block, which the command phonestate moves prints. Otherwise import it, or choose another extension. ${deposedWayOut}`,
    condition: 'already-exists',
    stopsDestroy: true,
  },
  'alias-exists': {
    summary: 'The phone alias exists already',
    cause:
      'Phonestate adopts nothing silently: a phone alias that was created by hand, by another configuration, or under another address of this one, stays as it is.',
    remedy: `Where the phone alias is in this state under another address, use a moved block, which the command phonestate moves prints. Otherwise import it, or choose another alias_id. ${deposedWayOut}`,
    condition: 'already-exists',
    stopsDestroy: true,
  },
  'stored-twice': {
    summary: 'Two resources have the same key',
    cause:
      'Both are one object on the server. To change or delete it under one address would change or delete it under the other as well.',
    remedy:
      'Forget one of the two: a removed block with lifecycle { destroy = false } and its address (for one instance of a for_each or count: a moved block to a resource name of its own and the removed block of that name, in one plan), or terraform state rm.',
    stopsDestroy: true,
  },
  'login-taken': {
    summary: 'The phone login is in use by another phone',
    cause:
      'A phone login belongs to one phone across all servers. Terraform does not state in which order it applies changes, so a login that another phone has must be free before the plan.',
    remedy: `Choose another phone_login, or work in two steps: first give the other phone another login, or delete it, and apply; then use the login. ${deposedWayOut}`,
    stopsDestroy: true,
  },
  'login-owner-unknown': {
    summary: 'Cannot tell whether the phone login is in use by another phone',
    cause:
      'The state has no login of this phone yet, as after an import, or one that is not in use any more, as after a run that was cut off. The API cannot tell its own login from that of another phone of the same server or extension.',
    remedy: 'Make sure that the login is that of this phone. Otherwise two phones would have one login.',
    severity: 'warning',
  },
  'login-still-listed': {
    summary: 'A phone alias lists a login that no phone will have',
    cause:
      'This plan deletes the phone with the login, or gives it another one, and the phone alias keeps the login in its list. VICIdial checks the list at the next update of the phone alias, which then fails.',
    remedy: 'Remove the login from phone_logins, or refer to phone_login of the phone there.',
    severity: 'warning',
  },
  'key-unknown': {
    summary: 'The key of an existing object is not known yet',
    cause:
      'Terraform replaces an object whose key is known only after apply, even where the key comes out the same: it would delete and create it.',
    remedy: 'Apply the resource that the key comes from first (terraform apply -target=...), then plan again.',
    stopsDestroy: true,
  },
  'deletion-protected': {
    summary: 'The object is protected from deletion',
    cause:
      'The state has deletion_protection = true for this object, so it is neither deleted nor replaced. Terraform asks for the same deletion with -refresh-only, which is refused too.',
    remedy: 'Set deletion_protection = false and apply, then delete or replace the object.',
  },
  'delete-of-written-object': {
    summary: 'Not deleted: this run has created, adopted or updated the object',
    cause:
      'The delete belongs to another resource of the state that has the same key. It would delete what this run has just written.',
    remedy:
      'Plan again. If the plan still deletes the object, forget it there with a removed block with lifecycle { destroy = false }.',
  },
  'server-moved': {
    summary: 'The server of this phone has another address now',
    cause:
      'While the state has the old address, a delete or replacement would be sent to it, and the phone at the new address would be lost from state.',
    remedy:
      'Set server_ip to the new address in the configuration and apply: the phone is updated in place. Delete or replace it after that. Where moved_servers is wrong, correct it.',
  },
  'server-not-moved': {
    summary: 'The old address of the server still has this phone',
    cause:
      'The setting moved_servers says that VICIdial has changed server_ip of this phone. Which of two phones is meant, or whether the change is done, is not known.',
    remedy:
      'Change the address of the server in VICIdial, with its phones, before the plan. Where the old address is in use by another server, apply with -refresh-only without moved_servers, forget the phones of the old address with a removed block, and import them under the new one.',
  },
  'system-mismatch': {
    summary: 'The object belongs to another VICIdial system',
    cause:
      'The state was written with another system than the one that the provider now connects to (url, VICIDIAL_URL, system_name). Systems that were cloned have the same keys: what is done here would be done to the wrong system.',
    remedy:
      'Set url (or VICIDIAL_URL) to the system of the state. If that system has a new address, set previous_system to its former one; if it has changing addresses, set system_name.',
  },
  'system-differs': {
    summary: 'Objects of another VICIdial system are in state',
    cause:
      'The state was written with another system than the one that the provider now connects to. The objects exist here too, as in a clone, and are not changed.',
    remedy:
      'Set url (or VICIDIAL_URL) to the system of the state. If that system has a new address, set previous_system to its former one.',
    severity: 'warning',
    scope: 'run',
    once: true,
  },
  'agent-logged-in': {
    summary: 'An agent is logged in on a phone that is deleted',
    cause: 'VICIdial lists the agent as logged in on this phone. Deleting the phone ends its registration.',
    remedy:
      'Apply when the agent has logged out. With in_use_check = "deny" this is an error, with "off" it is not checked.',
    severity: 'warning',
  },
  'agent-logged-in-denied': {
    summary: 'Not deleted: an agent is logged in on the phone',
    cause: 'The provider argument in_use_check is "deny", and VICIdial lists an agent as logged in on this phone.',
    remedy: 'Apply when the agent has logged out, or set in_use_check = "warn".',
  },
  'agents-unreadable': {
    summary: 'Cannot tell whether an agent is logged in',
    cause: 'The user of database_url may not read the table vicidial_live_agents.',
    remedy:
      'Grant SELECT on vicidial_live_agents, or set in_use_check = "off". With in_use_check = "deny" this is an error.',
    severity: 'warning',
    scope: 'run',
    once: true,
  },
  'unmanaged-fields-lost': {
    summary: 'Fields that are not managed lose their values',
    cause:
      'The phone is deleted and created again. The fields that the configuration does not set then have the defaults of VICIdial.',
    remedy: 'Set in the configuration what must be kept. For -replace Terraform shows no such warning.',
    severity: 'warning',
  },
} as const satisfies Group;

/** What the server reported about an object. */
const objects = {
  'partially-created': {
    summary: 'Created, but not complete',
    cause: 'Some fields take a second call, and that call failed. The state holds what was created.',
    remedy:
      'Correct what failed. Terraform has marked the object as tainted and would replace it: run terraform untaint with its address to keep it, and the next plan sets only what is missing.',
  },
  'server-not-found': {
    summary: 'No such server in VICIdial',
    cause: 'VICIdial lists no server with this server_ip.',
    remedy: 'Check server_ip against Admin > Servers.',
  },
  'phone-hidden': {
    summary: 'The phone is hidden from the API user',
    cause: 'The phone exists, but the user group of the API user may not view the user group of the phone.',
    remedy:
      'Allow the user group of the API user to view the group of the phone (Admin > User Groups > Allowed Viewable Groups).',
  },
  'phone-hidden-now': {
    summary: 'The phone is hidden from the API user from now on',
    cause:
      'The phone was stored in a user group that the user group of the API user may not view. It is in state as planned, but every next plan will fail with phone-hidden.',
    remedy:
      'Allow the user group of the API user to view the group of the phone (Admin > User Groups > Allowed Viewable Groups), or choose another admin_user_group.',
    severity: 'warning',
  },
  'existing-object-adopted': {
    summary: 'An existing object will be adopted',
    cause:
      'The provider argument adopt_existing is true: instead of creating the object, one update sets every declared field. In the plan it has adopted = true.',
    remedy:
      'Check that it is the object you mean. Fields that are not declared keep their values. Where Terraform then reports an "inconsistent final plan", the object was created or deleted since the plan: plan again.',
    severity: 'warning',
    alike: true,
  },
  'phone-visibility-unknown': {
    summary: 'Cannot tell whether the phone was deleted or is hidden',
    cause:
      'The reply to update_phone is the same for both; only add_phone distinguishes a deleted phone from a hidden one. Phonestate removes no phone from state unless it is known to be deleted.',
    remedy: 'Allow the user add_phone as well, or let its user group view the group of the phone.',
  },
  'phone-not-found': {
    summary: 'The phone does not exist on its server',
    cause: 'It was deleted or moved outside Terraform, or the API user may not view it.',
    remedy: 'Plan again: a phone that no longer exists is planned for creation.',
    condition: 'not-found',
  },
  'template-not-found': {
    summary: 'No such configuration template',
    cause: 'VICIdial lists no template with this template_id.',
    remedy: 'Check template_id against Admin > Templates.',
  },
  'value-refused': {
    summary: 'VICIdial refused a value',
    cause: 'The server checks the field more strictly than Phonestate expects. The call changed nothing.',
    remedy: 'Write a value that this server accepts.',
  },
  'no-updates-defined': {
    summary: 'VICIdial found nothing to update',
    cause: 'This build does not have the fields that were sent, and ignores fields that it does not have.',
    remedy: 'Remove the fields from the configuration, or update VICIdial.',
  },
  'field-not-clearable': {
    summary: 'This build of VICIdial cannot empty the field',
    cause: 'It read --BLANK-- as a value and refused it. The call changed nothing.',
    remedy: 'Write a value, or remove the argument to stop managing the field.',
  },
  'stored-differently': {
    summary: 'VICIdial stored something else than was planned',
    cause:
      'After the update the object was read, and differs from the plan although VICIdial answered SUCCESS. The state has what is stored.',
    remedy:
      'Plan again. If it happens again: something else changes the object, or this build stores the value in another way; declare what it stores, or remove the argument.',
  },
  'created-differently': {
    summary: 'VICIdial stored something else than was planned',
    cause:
      'After the create the object was read, and differs from the plan although VICIdial answered SUCCESS. An error would make Terraform delete the object, so this is a warning.',
    remedy: 'Plan again: the difference is shown as a change.',
    severity: 'warning',
  },
  'not-verified': {
    summary: 'What was stored could not be read',
    cause: 'VICIdial answered SUCCESS. The object could not be read afterwards to compare it with the plan.',
    remedy: 'Plan again: a difference would be shown as a change.',
    severity: 'warning',
  },
  'imported-unmanaged': {
    summary: 'Values that the API could not write',
    cause:
      'The admin pages and other programs store values that the API refuses or changes. They stay as they are and are not managed.',
    remedy: 'Nothing has to be done. To manage such a field, declare a value that the API accepts.',
    severity: 'warning',
  },
  'object-not-found': {
    summary: 'No such object in VICIdial',
    cause: 'It does not exist, or the API user may not view it.',
    remedy: 'Check the key, and the user group of the API user.',
  },
  'alias-not-found': {
    summary: 'The phone alias does not exist',
    cause: 'It was deleted outside Terraform.',
    remedy: 'Plan again: a phone alias that no longer exists is planned for creation.',
    condition: 'not-found',
  },
  'alias-passwords-differ': {
    summary: 'A phone alias over phones with different passwords',
    cause:
      'An agent logs in to a phone alias with one password, and VICIdial chooses the phone. On a phone with another password the login fails.',
    remedy: 'Give the phones of a phone alias the same phone_pass.',
    severity: 'warning',
  },
  'alias-id-is-login': {
    summary: 'A phone alias and a phone have the same login',
    cause:
      'An agent enters a phone login and the id of a phone alias in the same place, so VICIdial can take it for one of the two only.',
    remedy: 'Choose another alias_id, or another phone_login.',
    severity: 'warning',
  },
  'dialplan-number-shared': {
    summary: 'Phones of one server with the same dialplan number',
    cause: 'A number has one entry in the dialplan of a server, so only one of the phones rings.',
    remedy: 'Give each phone of a server a dialplan_number of its own.',
    severity: 'warning',
  },
  'mailbox-shared': {
    summary: 'Phones of one server with the same mailbox',
    cause:
      'VICIdial configures a mailbox for each phone, with its password and email address. Of phones with the same mailbox only one has its settings, and all of them get the same messages.',
    remedy:
      'Give each phone of a server a voicemail_id of its own. Nothing has to be done where they are to share one.',
    severity: 'warning',
  },
  'alias-login-without-phone': {
    summary: 'A phone alias lists a login that no phone has',
    cause:
      'VICIdial refuses the login when the list is sent; a list that is stored already keeps it, and agents cannot use it.',
    remedy:
      'Remove the login from phone_logins. If this plan creates the phone, refer to its phone_login there: Terraform then creates the phone first.',
    severity: 'warning',
  },
  'alias-login-unknown': {
    summary: 'The phone alias lists a login that no phone has',
    cause: 'Each login of a phone alias must be the phone_login of an existing phone.',
    remedy:
      'Create the phone first (refer to its phone_login, then Terraform keeps the order), or remove the login from the list.',
  },
} as const satisfies Group;

/** Reading: the admin pages and the database. */
const reading = {
  'reading-limited': {
    summary: 'Phones and phone aliases are not read',
    cause:
      'The API shows only whether an object exists. A change made by hand is not seen, an import has the key only, an update is not verified, and the delete permission is not known.',
    remedy:
      'Let the API user open the admin pages (level 8, "AST Admin Access", "Modify Phones", not api_only_user), or set database_url. To go on without, set read_from = "api".',
    severity: 'warning',
    scope: 'run',
    once: true,
  },
  'value-unreadable': {
    summary: 'A value on an admin page could not be read',
    cause:
      'VICIdial writes values into its pages as they are: at a quotation mark the value ends for a reader of the page. State keeps the value that it had.',
    remedy: 'Change the value on the admin page to one without a quotation mark, or set database_url.',
    severity: 'warning',
  },
  'reading-slow': {
    summary: 'Reading the admin pages took long',
    cause: 'The admin pages show one phone each, and are large.',
    remedy: 'Set database_url: the database shows all phones at once.',
    severity: 'warning',
    scope: 'run',
    once: true,
  },
  'reader-missing': {
    summary: 'This cannot be read through the API',
    cause: 'Data sources and lists read the admin pages or the database of VICIdial.',
    remedy:
      'Let the API user open the admin pages (level 8, "AST Admin Access", "Modify Phones", not api_only_user), or set database_url.',
  },
  'admin-pages-unreadable': {
    summary: 'The admin pages cannot be read',
    cause: 'A page counts only if it has the form field or the table that it must have.',
    remedy:
      'Give the API user access to the admin pages (level 8, "AST Admin Access", "Modify Phones", not api_only_user), check admin_url, or set read_from to "database" or "api".',
    scope: 'run',
  },
  'database-unreachable': {
    summary: 'The database could not be reached',
    cause: 'No connection could be opened, or it was lost.',
    remedy: 'Check the host, port or socket in database_url, the network, and whether a tunnel is open.',
    scope: 'run',
    transient: true,
  },
  'database-refused': {
    summary: 'The database refused the reader',
    cause: 'User, password, database or permissions of database_url do not fit.',
    remedy:
      'Check database_url and database_password. The user needs SELECT on the tables that the guide on reading lists.',
    scope: 'run',
  },
  'database-tls-failed': {
    summary: 'The connection to the database is not trusted',
    cause:
      'The certificate of the database server is not signed by database_ca_certificate, has expired, or is for another name, or the server has no TLS.',
    remedy: 'Set database_ca_certificate to the authority of the server, and use the name in its certificate.',
    scope: 'run',
  },
  'database-unknown-user': {
    summary: 'The API user is not in the database',
    cause: 'The permissions of a plan are those of the API user, whose row the database does not have.',
    remedy: 'Check user (VICIDIAL_USER), and whether database_url is the database of this system.',
    scope: 'run',
  },
  'database-of-another-system': {
    summary: 'The database belongs to another system',
    cause:
      'What the database shows is not what the API shows. Systems that were cloned have the same keys: a plan made with one and applied to the other would be wrong throughout.',
    remedy: 'Set database_url to the database of the system in url.',
    scope: 'run',
  },
  'database-may-lag': {
    summary: 'The database lacks an object that may exist',
    cause:
      'A replica shows what was true a moment ago. An object is removed from state only if the API says that it does not exist, or the database is no replica.',
    remedy:
      'Set password, so that the API can be asked, or database_is_replica = false if database_url is the primary database.',
  },
} as const satisfies Group;

/** What stands between this machine and VICIdial. docs/guides/networks.md has a row for each. */
const connection = {
  'server-unreachable': {
    summary: 'VICIdial could not be reached',
    cause: 'No connection was opened, so nothing was sent.',
    remedy:
      'Check url (VICIDIAL_URL), the network and the web server of VICIdial. Where only a proxy leads out of this network, set HTTPS_PROXY (HTTP_PROXY for an address with http://).',
    scope: 'run',
    transient: true,
    outcome: 'not-sent',
  },
  'proxy-unreachable': {
    summary: 'The proxy could not be reached',
    cause:
      'HTTPS_PROXY or HTTP_PROXY names a proxy for this address. No connection to it was opened, so nothing was sent.',
    remedy: 'Check the variable, or add the host of url to NO_PROXY where it is reached without a proxy.',
    scope: 'run',
    transient: true,
    outcome: 'not-sent',
  },
  'proxy-refused': {
    summary: 'The proxy refused the connection',
    cause: 'HTTPS_PROXY or HTTP_PROXY names a proxy for this address, and it does not let this request through.',
    remedy:
      'Write a login into the variable where the proxy wants one (http://USER:PASSWORD@HOST:PORT, with % codes for special characters), let it connect to the host and port of url, or add the host to NO_PROXY.',
    scope: 'run',
  },
  'tls-unknown-authority': {
    summary: 'The certificate of VICIdial is not trusted',
    cause:
      'It is signed by no authority that is trusted here: those of the system (SSL_CERT_FILE, SSL_CERT_DIR, or the bundle of the distribution), of Node.js (NODE_EXTRA_CA_CERTS), and ca_certificate.',
    remedy:
      'Set ca_certificate to the certificate of the authority, or install it in the trust store of this machine. A web server must also send the intermediate certificates of its own.',
    scope: 'run',
  },
  'tls-wrong-name': {
    summary: 'The certificate of VICIdial is for another name',
    cause: 'A certificate is valid for the names in it only. With another name, another server may have answered.',
    remedy:
      'Write a name of the certificate in url, or set tls_server_name to one where the server has to be reached by another name or address.',
    scope: 'run',
  },
  'tls-expired': {
    summary: 'The certificate of VICIdial is out of date',
    cause: 'A certificate is valid from one date to another. The clock of this machine counts.',
    remedy: 'Renew the certificate of the web server, and check the clock of this machine.',
    scope: 'run',
  },
  'tls-protocol': {
    summary: 'No common version of TLS',
    cause: 'The web server speaks only versions of TLS, or has only ciphers or keys, that are not accepted here.',
    remedy:
      'Set tls_minimum_version to a version that the server speaks, "1.0" for an old image of VICIdial, or update its web server.',
    scope: 'run',
  },
  'tls-client-certificate': {
    summary: 'The web server wants a client certificate',
    cause:
      'The server accepts connections from clients only that have a certificate which it knows. It carried out nothing.',
    remedy: 'Set client_certificate and client_key to a certificate that the server accepts.',
    scope: 'run',
  },
  'tls-failed': {
    summary: 'No secure connection to VICIdial',
    cause: 'The TLS handshake failed, so nothing was sent.',
    remedy: 'Look the code up in the documentation of OpenSSL, and check the TLS configuration of the web server.',
    scope: 'run',
  },
  'scheme-mismatch': {
    summary: 'HTTP and HTTPS are mixed up',
    cause: 'A port speaks either HTTP or HTTPS. It carried out nothing.',
    remedy: 'Correct the beginning of url (http:// or https://), or its port.',
    scope: 'run',
  },
  'http-login-refused': {
    summary: 'The web server wants a login of its own',
    cause: 'A web server in front of VICIdial asks for a login before VICIdial is reached.',
    remedy: 'Set http_user and http_password, or let the web server accept the API from this machine without a login.',
    scope: 'run',
    outcome: 'unknown',
  },
  'password-in-clear': {
    summary: 'The password travels in clear',
    cause: 'An address with http:// is not encrypted: who can read the network can read the password of the API user.',
    remedy: 'Write an address with https://, or use a tunnel to a port of this machine.',
    severity: 'warning',
    scope: 'run',
    once: true,
  },
  'certificate-not-verified': {
    summary: 'The certificate of VICIdial is not verified',
    cause: 'Any server can answer in the place of VICIdial, and read the password of the API user.',
    remedy: 'Remove insecure_skip_verify, and set ca_certificate or tls_server_name instead.',
    severity: 'warning',
    scope: 'run',
    once: true,
  },
} as const satisfies Group;

/** The system as a whole. */
const system = {
  'build-unfamiliar': {
    summary: 'This VICIdial is not known',
    cause:
      'Builds differ in their fields, allowed characters and messages, which Phonestate derives from the build. This one was compared with no running server.',
    remedy: 'Try a create, an update and a delete on a test system first. phonestate doctor shows version and build.',
    severity: 'warning',
    scope: 'run',
    once: true,
  },
  'request-timeout': {
    summary: 'VICIdial did not answer in time',
    cause: 'The server was too slow or the reply was lost. It is not known whether the call was carried out.',
    remedy: 'Check the load of the server, raise request_timeout_seconds, and plan again to see what was done.',
    transient: true,
    outcome: 'unknown',
  },
  'connection-lost': {
    summary: 'The connection to VICIdial broke',
    cause: 'The connection ended before the whole reply arrived. It is not known whether the call was carried out.',
    remedy: 'Check the web server of VICIdial, and plan again to see what was done.',
    transient: true,
    outcome: 'unknown',
  },
  'run-interrupted': {
    summary: 'Not done: the run was interrupted',
    cause: 'After an interruption the calls in progress are finished and no others start.',
    remedy: 'Run again. Everything that was done is in state.',
    scope: 'run',
  },
  redirected: {
    summary: 'VICIdial redirects to another address',
    cause: 'Redirects are not followed: the password would be sent to an address that is not configured.',
    remedy:
      'Set the final address as the url of the provider. Where it is the login page of an access proxy, set headers to the token that the proxy accepts.',
    scope: 'run',
    outcome: 'unknown',
  },
  'server-busy': {
    summary: 'VICIdial is not available at the moment',
    cause: 'The web server, or a proxy in front of it, asks to try again later.',
    remedy: 'Try again later. Check the load of the server if it lasts.',
    transient: true,
    outcome: 'unknown',
  },
  'rate-limited': {
    summary: 'VICIdial refuses calls at the moment',
    cause:
      'The web server, a proxy or a firewall in front of it limits how many calls it accepts. A firewall that inspects replies may refuse one after the call was carried out.',
    remedy:
      'Set max_requests_per_second in the provider block, or a lower max_concurrency; or exempt this machine from the limit.',
    transient: true,
    outcome: 'unknown',
  },
  'server-database-failed': {
    summary: 'VICIdial could not reach its database',
    cause: 'The database is down, or has no connection left. The call was not carried out.',
    remedy: 'Try again later. Check the database, its max_connections, and lower max_concurrency if it lasts.',
    transient: true,
    outcome: 'not-sent',
  },
  'write-not-applied': {
    summary: 'VICIdial answered SUCCESS, but nothing was done',
    cause:
      'A lookup verifies each create and delete. This one was not carried out, although the reply said SUCCESS, or a node of a system with several databases shows it later than write_timeout_seconds.',
    remedy:
      'Check the database of VICIdial (a read-only replica, a full disk, a crashed table), raise write_timeout_seconds where it has several, and plan again. Import an object that has appeared since.',
    outcome: 'unknown',
  },
  'unexpected-response': {
    summary: 'The response is not from the VICIdial API',
    cause: 'A login page, a proxy or another application answered, or the URL is not that of non_agent_api.php.',
    remedy:
      'Check that VICIDIAL_URL ends in /vicidial/non_agent_api.php and that no login page or proxy answers instead.',
    scope: 'run',
    outcome: 'unknown',
  },
  'server-failed': {
    summary: 'VICIdial failed',
    cause: 'The web server or PHP reported an internal error. It is not known whether the call was carried out.',
    remedy: 'Read the error log of the web server, then plan again to see what was done.',
    outcome: 'unknown',
  },
  'unrecognized-reply': {
    summary: 'Unrecognized reply',
    cause:
      'The server replied in the form of the API, with a message that Phonestate does not recognize, or to another call. It is not known whether the call was carried out.',
    remedy:
      'Plan again to see what was done. If it happens again, look the message up in the VICIdial documentation, and report it to the Phonestate project.',
    outcome: 'unknown',
  },
} as const satisfies Group;

/** The catalogue by subject, for the docs. */
export const groups = {
  Values: values,
  'The provider block': providerBlock,
  'API login and permissions': permissions,
  Identities: identities,
  'Phones and phone aliases': objects,
  'Reading the admin pages and the database': reading,
  'The connection': connection,
  'The system': system,
} as const satisfies Readonly<Record<string, Group>>;

const codes = {
  ...values,
  ...providerBlock,
  ...permissions,
  ...identities,
  ...objects,
  ...reading,
  ...connection,
  ...system,
} as const;

/** Every row by its code. */
export const catalogue: Readonly<Record<keyof typeof codes, CatalogueEntry>> = codes;
