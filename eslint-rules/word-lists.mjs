/**
 * Words that this repository does not use, with what it says instead. DESIGN.md has the glossary.
 *
 * Only words that are wrong wherever they stand are listed. A word with a legitimate second meaning ("call", "kind",
 * "column", "text") is left to the reviewer.
 *
 * @typedef {object} Row
 * @property {string[]} words Each matches whole, case-insensitive. A space separates the words of a phrase.
 * @property {string} instead What to write instead.
 * @property {string} why Why the word is refused.
 * @property {string[]} [allow] Names or phrases that contain the word and are right.
 */

const metaphor = 'a metaphor: its meaning has to be guessed';
const person = 'programs are not persons';
const ambiguous = 'it stood for several things';
const notTheTerm = 'Terraform has another term for it';
const plainer = 'there is a plainer, standard word';

/**
 * Refused in identifiers, property names and file names, where words are the parts of camelCase, snake_case and
 * kebab-case: `atLeast` contains "least", `almost` does not contain "most".
 *
 * @type {Row[]}
 */
export const names = [
  { words: ['dialer', 'dialers'], instead: 'server, emulator', why: ambiguous },
  { words: ['tell', 'tells', 'told'], instead: 'report, state, warn', why: person },
  { words: ['say', 'says', 'said'], instead: 'describe, format', why: person },
  { words: ['whoever', 'nobody'], instead: 'the role: user, caller, unusedValue', why: person },
  { words: ['patient', 'impatient', 'patience'], instead: 'defaultRetryPolicy, noRetry', why: person },
  { words: ['knock', 'knocks'], instead: 'attempt, authenticate', why: person },
  { words: ['complain', 'complains', 'complaint', 'complaints'], instead: 'error, errors', why: person },
  { words: ['learn', 'learned', 'learns'], instead: 'set, update', why: person },
  { words: ['lie', 'lies'], instead: 'falseSuccess', why: person },
  { words: ['farewell'], instead: 'shutdown', why: person },
  { words: ['stranger', 'strangers', 'strange'], instead: 'missing, unexpected', why: person },
  { words: ['twin', 'twins'], instead: 'duplicate, counterpart', why: metaphor },
  { words: ['misfit', 'misfits'], instead: 'typeMismatch', why: metaphor },
  { words: ['fate', 'fates'], instead: 'storedValue, outcome', why: metaphor },
  { words: ['salvage', 'salvaged'], instead: 'partialState', why: metaphor },
  { words: ['mend', 'mends', 'mended'], instead: 'fix, repair', why: metaphor },
  { words: ['deed', 'deeds'], instead: 'action', why: metaphor },
  { words: ['danger', 'dangers'], instead: 'warning, warnings', why: metaphor },
  { words: ['carrier', 'carried'], instead: 'writeCall', why: `${metaphor}; in telephony a carrier is a trunk` },
  { words: ['alphabet', 'alphabets'], instead: 'characterOptions, allowedCharacters', why: metaphor },
  { words: ['filler'], instead: 'what it is: unusedValue', why: metaphor },
  { words: ['wording', 'wordings'], instead: 'messages', why: plainer },
  { words: ['meaning', 'meanings'], instead: 'replyCode, classification', why: plainer },
  { words: ['presence'], instead: 'lookup', why: plainer },
  { words: ['doubtful', 'doubt', 'leaves open'], instead: 'outcomeUnknown', why: plainer },
  { words: ['passing'], instead: 'transient', why: plainer },
  {
    words: ['keep', 'keeps', 'kept'],
    instead: 'allowedCharacters, persist, retain',
    why: ambiguous,
    allow: ['keepAlive'],
  },
  { words: ['any case', 'either case', 'whichever case'], instead: 'caseInsensitive', why: plainer },
  { words: ['is there'], instead: 'exists, isAlreadyExists', why: plainer },
  { words: ['gone'], instead: 'notFound', why: plainer },
  { words: ['least'], instead: 'min', why: plainer },
  { words: ['most', 'longest'], instead: 'max', why: plainer },
  { words: ['harmless'], instead: 'readOnly', why: plainer },
  { words: ['rights'], instead: 'permissions', why: plainer },
  { words: ['recorded'], instead: 'prior, inState', why: notTheTerm },
  { words: ['pending'], instead: 'unknown; unresolved in CDKTF', why: notTheTerm },
  { words: ['because'], instead: 'requiresReplace, changedKeys', why: notTheTerm },
  { words: ['creation', 'creations'], instead: 'create', why: notTheTerm },
  { words: ['removal', 'removals'], instead: 'delete, destroy', why: notTheTerm },
  { words: ['take over', 'takes over', 'taking over', 'taken over'], instead: 'adopt, adopted', why: notTheTerm },
];

/**
 * Refused in strings, template strings, comments, Markdown, HCL and YAML.
 *
 * @type {Row[]}
 */
export const texts = [
  { words: ['dialer', 'dialers'], instead: 'server, emulator, VICIdial', why: ambiguous },
  // "cannot tell whether" is standard.
  { words: ['told', 'tells'], instead: 'reported, shows, states', why: person },
  { words: ['whoever', 'nobody'], instead: 'the role: a user, the caller; no one', why: person },
  { words: ['patient', 'impatient', 'patiently'], instead: 'with retries, without retries', why: person },
  { words: ['knock', 'knocks', 'knocked'], instead: 'attempt, authenticate', why: person },
  { words: ['complain', 'complains', 'complained', 'complaint', 'complaints'], instead: 'report, error', why: person },
  { words: ['stranger', 'strangers'], instead: 'unknown', why: person },
  { words: ['farewell'], instead: 'shutdown', why: person },
  { words: ['misfit', 'misfits'], instead: 'type mismatch', why: metaphor },
  { words: ['twin', 'twins'], instead: 'duplicate, counterpart', why: metaphor },
  { words: ['fate', 'fates'], instead: 'stored value, outcome', why: metaphor },
  { words: ['salvage', 'salvages', 'salvaged'], instead: 'partial state; save', why: metaphor },
  { words: ['mend', 'mends', 'mended'], instead: 'fix', why: metaphor },
  {
    words: ['behind the back', "behind Terraform's back", 'behind its back'],
    instead: 'outside Terraform',
    why: metaphor,
  },
  { words: ['a look', 'looks at'], instead: 'a read, a lookup; reads', why: metaphor, allow: ['a look-up'] },
  { words: ['without a word'], instead: 'silently', why: metaphor },
  { words: ['harmless', 'harmlessly'], instead: 'read-only, without effect', why: plainer },
  { words: ['doubtful'], instead: 'unknown', why: plainer },
  { words: ['whichever case', 'case of letters', 'case of the letters'], instead: 'case-insensitive', why: plainer },
  { words: ['rights'], instead: 'permissions', why: plainer },
  { words: ['take over', 'takes over', 'taking over', 'taken over', 'took over'], instead: 'adopt', why: notTheTerm },
  {
    words: ['facts, section', 'facts, sections', 'shared/facts', 'shared/design.md', 'shared/review-structure.md'],
    instead: 'the page and section of docs/internals',
    why: 'it cites a page outside the repository',
  },
];
