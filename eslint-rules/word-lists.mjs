/**
 * Words that this repository does not use, with what it says instead. DESIGN.md has the glossary.
 *
 * Only words that are wrong wherever they stand are listed. A word with a legitimate second meaning ("call", "kind",
 * "column", "text") is left to the reviewer.
 *
 * @typedef {object} Row
 * @property {string[]} words Each matches whole, in any case of letters. A space separates the words of a phrase.
 * @property {string} say What to write instead.
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
  { words: ['dialer', 'dialers'], say: 'server, emulator', why: ambiguous },
  { words: ['tell', 'tells', 'told'], say: 'report, state, warn', why: person },
  { words: ['say', 'says', 'said'], say: 'describe, format', why: person },
  { words: ['whoever', 'nobody'], say: 'the role: user, caller, unusedValue', why: person },
  { words: ['patient', 'impatient', 'patience'], say: 'defaultRetryPolicy, noRetry', why: person },
  { words: ['knock', 'knocks'], say: 'attempt, authenticate', why: person },
  { words: ['complain', 'complains', 'complaint', 'complaints'], say: 'error, errors', why: person },
  { words: ['learn', 'learned', 'learns'], say: 'set, update', why: person },
  { words: ['lie', 'lies'], say: 'falseSuccess', why: person },
  { words: ['farewell'], say: 'shutdown', why: person },
  { words: ['stranger', 'strangers', 'strange'], say: 'missing, unexpected', why: person },
  { words: ['twin', 'twins'], say: 'duplicate, counterpart', why: metaphor },
  { words: ['misfit', 'misfits'], say: 'typeMismatch', why: metaphor },
  { words: ['fate', 'fates'], say: 'storedValue, outcome', why: metaphor },
  { words: ['salvage', 'salvaged'], say: 'partialState', why: metaphor },
  { words: ['mend', 'mends', 'mended'], say: 'fix, repair', why: metaphor },
  { words: ['deed', 'deeds'], say: 'action', why: metaphor },
  { words: ['danger', 'dangers'], say: 'warning, warnings', why: metaphor },
  { words: ['carrier', 'carried'], say: 'writeCall', why: `${metaphor}; in telephony a carrier is a trunk` },
  { words: ['alphabet', 'alphabets'], say: 'characterOptions, allowedCharacters', why: metaphor },
  { words: ['filler'], say: 'what it is: unusedValue', why: metaphor },
  { words: ['wording', 'wordings'], say: 'messages', why: plainer },
  { words: ['meaning', 'meanings'], say: 'replyCode, classification', why: plainer },
  { words: ['presence'], say: 'lookup', why: plainer },
  { words: ['doubtful', 'doubt', 'leaves open'], say: 'outcomeUnknown', why: plainer },
  { words: ['passing'], say: 'transient', why: plainer },
  {
    words: ['keep', 'keeps', 'kept'],
    say: 'allowedCharacters, persist, retain',
    why: ambiguous,
    allow: ['keepAlive'],
  },
  { words: ['any case', 'either case', 'whichever case'], say: 'caseInsensitive', why: plainer },
  { words: ['is there'], say: 'exists, isAlreadyExists', why: plainer },
  { words: ['gone'], say: 'notFound', why: plainer },
  { words: ['least'], say: 'min', why: plainer },
  { words: ['most', 'longest'], say: 'max', why: plainer },
  { words: ['harmless'], say: 'readOnly', why: plainer },
  { words: ['rights'], say: 'permissions', why: plainer },
  { words: ['recorded'], say: 'prior, inState', why: notTheTerm },
  { words: ['pending'], say: 'unknown; unresolved in CDKTF', why: notTheTerm },
  { words: ['because'], say: 'requiresReplace, changedKeys', why: notTheTerm },
  { words: ['creation', 'creations'], say: 'create', why: notTheTerm },
  { words: ['removal', 'removals'], say: 'delete, destroy', why: notTheTerm },
  { words: ['take over', 'takes over', 'taking over', 'taken over'], say: 'adopt, adopted', why: notTheTerm },
];

/**
 * Refused in strings, template strings, comments, Markdown, HCL and YAML.
 *
 * @type {Row[]}
 */
export const texts = [
  { words: ['dialer', 'dialers'], say: 'server, emulator, VICIdial', why: ambiguous },
  // "cannot tell whether" is standard.
  { words: ['told', 'tells'], say: 'reported, shows, states', why: person },
  { words: ['whoever', 'nobody'], say: 'the role: a user, the caller; no one', why: person },
  { words: ['patient', 'impatient', 'patiently'], say: 'with retries, without retries', why: person },
  { words: ['knock', 'knocks', 'knocked'], say: 'attempt, authenticate', why: person },
  { words: ['complain', 'complains', 'complained', 'complaint', 'complaints'], say: 'report, error', why: person },
  { words: ['stranger', 'strangers'], say: 'unknown', why: person },
  { words: ['farewell'], say: 'shutdown', why: person },
  { words: ['misfit', 'misfits'], say: 'type mismatch', why: metaphor },
  { words: ['twin', 'twins'], say: 'duplicate, counterpart', why: metaphor },
  { words: ['fate', 'fates'], say: 'stored value, outcome', why: metaphor },
  { words: ['salvage', 'salvages', 'salvaged'], say: 'partial state; save', why: metaphor },
  { words: ['mend', 'mends', 'mended'], say: 'fix', why: metaphor },
  { words: ['behind the back', "behind Terraform's back", 'behind its back'], say: 'outside Terraform', why: metaphor },
  { words: ['a look', 'looks at'], say: 'a read, a lookup; reads', why: metaphor, allow: ['a look-up'] },
  { words: ['without a word'], say: 'silently', why: metaphor },
  { words: ['harmless', 'harmlessly'], say: 'read-only, without effect', why: plainer },
  { words: ['doubtful'], say: 'unknown', why: plainer },
  { words: ['whichever case', 'case of letters', 'case of the letters'], say: 'case-insensitive', why: plainer },
  { words: ['rights'], say: 'permissions', why: plainer },
  { words: ['take over', 'takes over', 'taking over', 'taken over', 'took over'], say: 'adopt', why: notTheTerm },
  {
    words: ['facts, section', 'facts, sections', 'shared/facts', 'shared/design.md', 'shared/review-structure.md'],
    say: 'the page and section of docs/internals',
    why: 'it cites a page outside the repository',
  },
];
