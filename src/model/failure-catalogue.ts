/** The texts of the catalogue. `docs/failures.md` is made from it; codes never change their meaning. */
export interface CatalogueEntry {
  readonly summary: string;
  /** Why it happens. */
  readonly cause: string;
  /** What to do about it. */
  readonly remedy: string;
  /** The run goes on: it is told, and stops nothing. */
  readonly severity?: 'warning';
}

type Group = Readonly<Record<string, CatalogueEntry>>;

const permission =
  'The function needs an active user of level 8 or more with "Agent API Access" and "AST Admin Access" (Admin > Users > the user > Modify).';

/** What is declared cannot be stored as it is, or should not be. */
const values = {
  'value-characters': {
    summary: 'Value with characters that VICIdial strips',
    cause:
      'VICIdial removes these characters without a word and answers SUCCESS, so that something else would be stored than what is declared.',
    remedy: 'Write the value with the characters that survive.',
  },
  'value-length': {
    summary: 'Value of a length that VICIdial does not store',
    cause:
      'VICIdial refuses, ignores or cuts values outside these bounds; it ignores and cuts without a word. Adding and changing a phone have bounds of their own.',
    remedy: 'Write a value within the bounds.',
  },
  'value-choice': {
    summary: 'Value that VICIdial does not know',
    cause: 'The field takes a fixed set of values; any other is refused, or ignored without a word.',
    remedy: 'Write one of the values listed, letter for letter.',
  },
  'value-range': {
    summary: 'Number outside the bounds of VICIdial',
    cause: 'The field takes whole numbers within fixed bounds.',
    remedy: 'Write a whole number within the bounds.',
  },
  'value-not-numeric': {
    summary: 'Value that is not a number',
    cause: 'The field is a telephone number; letters would survive the server but not dial.',
    remedy: 'Write digits only.',
  },
  'value-email': {
    summary: 'Email address that VICIdial breaks',
    cause: 'VICIdial stores a space for each plus sign, and its SQL fails on an apostrophe.',
    remedy: 'Use an address without plus sign and apostrophe.',
  },
  'value-empty': {
    summary: 'Field that cannot be empty',
    cause: 'The empty string asks for an empty field, and VICIdial has no way to empty this one.',
    remedy: 'Write a value, or leave the argument out to stop managing the field.',
  },
  'field-unknown-to-build': {
    summary: 'Field that this build of VICIdial does not know',
    cause: 'An older build ignores fields that came later, and answers SUCCESS.',
    remedy: 'Take the argument out of the configuration, or update VICIdial.',
  },
  'password-default': {
    summary: 'Default password',
    cause: 'Whoever scans for open phones tries this password first.',
    remedy: 'Choose a long random word of letters and digits.',
    severity: 'warning',
  },
  'password-is-extension': {
    summary: 'Password that anybody can guess',
    cause: 'Whoever scans for open phones tries the number of the phone as its password.',
    remedy: 'Choose a long random word of letters and digits.',
    severity: 'warning',
  },
  'password-may-be-truncated': {
    summary: 'Password that an old schema may cut',
    cause:
      'Older databases of VICIdial hold fewer characters of a password and cut the rest without a word; the build does not tell which the server has.',
    remedy:
      'Choose a shorter password, or make sure that the columns pass and conf_secret of the table phones hold it.',
    severity: 'warning',
  },
  'value-reserved': {
    summary: 'The word --BLANK-- as a value',
    cause: 'The API uses --BLANK-- to empty a field. Where it cannot, it would store what is left of the word.',
    remedy: 'Write "" to empty the field, or leave the argument out to stop managing it.',
  },
  'required-arguments-missing': {
    summary: 'Arguments that a creation needs are missing',
    cause:
      'VICIdial refuses to add an object without them. They may be left out only for one that exists already and was imported.',
    remedy: 'Declare the arguments, or import the object if it exists.',
  },
  'import-id': {
    summary: 'Import id that names nothing',
    cause: 'A phone is identified by its dialer and extension, an alias by its id.',
    remedy: 'Import a phone by SERVER_IP/EXTENSION, an alias by its alias_id.',
  },
} as const satisfies Group;

/** The provider block. */
const providerBlock = {
  'provider-argument': {
    summary: 'Provider argument that cannot work',
    cause: 'The provider cannot reach VICIdial without it being right.',
    remedy: 'Correct the argument in the provider block, or the environment variable that stands for it.',
  },
} as const satisfies Group;

/** What the API user may do. */
const rights = {
  'login-incorrect': {
    summary: 'VICIdial refused the login',
    cause:
      'The user is unknown or inactive, its level is below 7, or the password is wrong. Ten bad logins lock the user for 15 minutes.',
    remedy:
      'Check VICIDIAL_USER and VICIDIAL_PASSWORD (or user and password of the provider), and the user in Admin > Users.',
  },
  'login-locked': {
    summary: 'The API user is locked',
    cause:
      'VICIdial locks a user for 15 minutes after ten bad logins, from whichever program they came; a good password is refused too.',
    remedy: 'Wait 15 minutes without any login of this user, find what logs in with a wrong password, then run again.',
  },
  'login-address': {
    summary: 'VICIdial does not accept this address',
    cause: 'The user or the system has an IP list, and the address that the call came from is not on it.',
    remedy: 'Add the address of this machine to the IP list in Admin > IP Lists.',
  },
  'login-second-factor': {
    summary: 'VICIdial asks for a second factor',
    cause: 'The user has two-factor authentication, which an API call cannot pass.',
    remedy: 'Use an API user without two-factor authentication.',
  },
  'login-source': {
    summary: 'VICIdial refused the source of the call',
    cause: 'A call names its source with two or more letters or digits, for the API log.',
    remedy: 'Set the provider argument source to a word of 2 to 20 letters or digits.',
  },
  'function-not-allowed': {
    summary: 'The API user may not call this function',
    cause: 'The list of allowed API functions of the user does not hold it.',
    remedy:
      'Add the function to "Allowed API Functions" of the user (Admin > Users > the user > Modify), or choose ALL_FUNCTIONS.',
  },
  'permission-missing': {
    summary: 'The API user lacks a permission',
    cause: permission,
    remedy: 'Give the user these rights, or use an API user that has them.',
  },
  'permission-delete': {
    summary: 'The API user may not delete phones and aliases',
    cause: 'Deleting needs the user setting "Delete Phones" (ast_delete_phones) besides the right to modify.',
    remedy:
      'Give the user "AST Delete Phones" (Admin > Users > the user > Modify), or run as a user that has it. The object still exists and stays in state.',
  },

  'permission-to-plan': {
    summary: 'The API user lacks the right that planning needs',
    cause:
      'The API of VICIdial reads nothing back. Phonestate looks whether an object exists by an update that is always refused, which takes the right to update; nothing is changed by it.',
    remedy:
      'Give the user that plans the functions update_phone and update_phone_alias (level 8, "Agent API Access", "AST Admin Access", and the functions among its allowed API functions), or plan with -refresh=false.',
  },
  'delete-unchecked': {
    summary: 'Whether deleting is permitted could not be checked',
    cause:
      'No harmless call of the API tells whether the user has "AST Delete Phones". If it has not, the apply stops at the deletion; the object stays on the server and in state.',
    remedy:
      'Make sure that the user has the right, or set the provider argument delete_permission_check = "canary" to have it found out by a throw-away alias.',
    severity: 'warning',
  },
  'delete-denied': {
    summary: 'Deleting is denied by the provider',
    cause:
      'The provider argument delete_permission_check is "deny": this configuration must never delete a phone or an alias.',
    remedy:
      'Put the object back into the configuration, take it out of the state with a removed block to keep it on the server, or run where deleting is allowed.',
  },
} as const satisfies Group;

/** What the server said of an object. */
const objects = {
  'partially-created': {
    summary: 'Created, but not complete',
    cause: 'Some fields take a second call, and that call failed. The state holds what was added.',
    remedy:
      'Mend what failed. Terraform has marked the object as tainted and would replace it: run terraform untaint with its address to keep it, and the next plan sets only what is missing.',
  },
  'server-not-found': {
    summary: 'No such dialer',
    cause: 'VICIdial lists no server with this server_ip.',
    remedy: 'Check server_ip against Admin > Servers.',
  },
  'phone-exists': {
    summary: 'The phone exists already',
    cause:
      'Phonestate adopts nothing silently: a phone that was made by hand, or by another configuration, is not taken over.',
    remedy: 'Import the phone, or choose another extension.',
  },
  'phone-hidden': {
    summary: 'The phone is hidden from the API user',
    cause: 'The phone exists, but it belongs to a user group that the user group of the API user may not see.',
    remedy:
      'Let the user group of the API user see the group of the phone (Admin > User Groups > Allowed Viewable Groups).',
  },
  'existing-object-adopted': {
    summary: 'Something that exists is taken over',
    cause:
      'The provider argument adopt_existing is true: in place of a creation, one update gives the object every declared field.',
    remedy: 'Check that it is the object you mean; what is not declared keeps what the server has.',
    severity: 'warning',
  },
  'phone-visibility-unknown': {
    summary: 'Whether the phone was deleted or is hidden cannot be told',
    cause:
      'For both, update_phone says the same; only add_phone tells a deleted phone from one that the user group hides. Phonestate drops no phone from state in doubt.',
    remedy: 'Give the user add_phone as well, or let its user group see the group of the phone.',
  },
  'duplicate-in-plan': {
    summary: 'Two objects of this plan are one',
    cause:
      'Two resources would create the same phone or alias, or give two phones one login; letters count the same in either case.',
    remedy:
      'Remove one of the two resources, or give one of them another key or login. Terraform does not tell a provider the names of resources: look for the value.',
  },
  'phone-not-found': {
    summary: 'The phone does not exist on its dialer',
    cause: "It was deleted or moved behind Terraform's back, or the API user may not see it.",
    remedy: 'Plan again: a phone that is gone is planned for creation.',
  },
  'login-taken': {
    summary: 'The phone login is in use by another phone',
    cause: 'A login belongs to one phone across all servers.',
    remedy: 'Choose another phone_login, or free the login of the other phone first.',
  },
  'template-not-found': {
    summary: 'No such configuration template',
    cause: 'VICIdial lists no template with this template_id.',
    remedy: 'Check template_id against Admin > Templates.',
  },
  'value-refused': {
    summary: 'VICIdial refused a value',
    cause: 'The server checks the field more strictly than Phonestate knows; nothing was changed by the call.',
    remedy: 'Write a value that this server accepts.',
  },
  'no-updates-defined': {
    summary: 'VICIdial saw nothing to update',
    cause: 'This build does not know the fields that were sent, and ignores what it does not know.',
    remedy: 'Take the fields out of the configuration, or update VICIdial.',
  },
  'field-not-clearable': {
    summary: 'This build of VICIdial cannot empty the field',
    cause: 'It read --BLANK-- as a value and refused it; nothing was changed by the call.',
    remedy: 'Write a value, or leave the argument out to stop managing the field.',
  },
  'alias-exists': {
    summary: 'The phone alias exists already',
    cause: 'Phonestate adopts nothing silently: an alias that was made by hand is not taken over.',
    remedy: 'Import the alias, or choose another alias_id.',
  },
  'alias-not-found': {
    summary: 'The phone alias does not exist',
    cause: "It was deleted behind Terraform's back.",
    remedy: 'Plan again: an alias that is gone is planned for creation.',
  },
  'alias-login-unknown': {
    summary: 'The alias lists a login that no phone has',
    cause: 'Each login of an alias must be the phone_login of a phone that exists.',
    remedy:
      'Create the phone first (refer to its phone_login, so that Terraform keeps the order), or take the login out.',
  },
} as const satisfies Group;

/** The server as a whole. */
const server = {
  'server-unreachable': {
    summary: 'VICIdial could not be reached',
    cause: 'No connection could be made or it broke before an answer came.',
    remedy: 'Check VICIDIAL_URL, the network and the web server of the dialer.',
  },
  'tls-failed': {
    summary: 'The connection to VICIdial is not trusted',
    cause: 'The certificate of the server is not signed by a known authority, is out of date, or is for another name.',
    remedy: 'Install a valid certificate, or give the authority in ca_certificate.',
  },
  'request-timeout': {
    summary: 'VICIdial did not answer in time',
    cause: 'The server was too slow or the reply got lost; whether the call was carried out is not known.',
    remedy: 'Look at the load of the server, raise request_timeout_seconds, and plan again to see what was done.',
  },
  'connection-lost': {
    summary: 'The connection to VICIdial broke',
    cause: 'The connection ended before the whole answer was there; whether the call was carried out is not known.',
    remedy: 'Look at the web server of the dialer, and plan again to see what was done.',
  },
  'run-interrupted': {
    summary: 'Not done: the run was interrupted',
    cause: 'After an interruption the calls under way are finished and no others start.',
    remedy: 'Run again; what was done is in state.',
  },
  redirected: {
    summary: 'VICIdial redirects to another address',
    cause: 'A redirect is not followed: it would send the password to an address that nobody configured.',
    remedy: 'Give the final address as the url of the provider.',
  },
  'server-busy': {
    summary: 'VICIdial is not available at the moment',
    cause: 'The web server or a proxy before it asks to try again later.',
    remedy: 'Try again later; look at the load of the server if it lasts.',
  },
  'write-not-applied': {
    summary: 'VICIdial answered SUCCESS and did nothing',
    cause:
      'After a creation or deletion a harmless look at the server confirms it; this one was not there, although the answer said so.',
    remedy:
      'Look at the database of the dialer (a replica that is read-only, a full disk, a crashed table), and plan again.',
  },
  'unexpected-response': {
    summary: 'The answer is not one of the VICIdial API',
    cause: 'A login page, a proxy or another application answered, or the URL is not that of non_agent_api.php.',
    remedy: 'Check that VICIDIAL_URL ends in /vicidial/non_agent_api.php and that nothing stands between.',
  },
  'server-failed': {
    summary: 'VICIdial failed',
    cause: 'The web server or PHP reported an error of its own; whether the call was carried out is not known.',
    remedy: 'Look into the error log of the web server, then plan again to see what was done.',
  },
  'unrecognized-reply': {
    summary: 'An answer that Phonestate does not know',
    cause: 'The server answered in the form of the API with a message that is not among the known ones.',
    remedy: 'Look up the message in the VICIdial documentation and report it to the project.',
  },
} as const satisfies Group;

/** The catalogue by what its entries are about, for the docs. */
export const groups = {
  Values: values,
  'The provider block': providerBlock,
  'Login and permission': rights,
  'Phones and aliases on the server': objects,
  'The server as a whole': server,
} as const satisfies Readonly<Record<string, Group>>;

export const catalogue = { ...values, ...providerBlock, ...rights, ...objects, ...server } as const satisfies Group;
