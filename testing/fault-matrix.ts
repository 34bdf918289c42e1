/**
 * What happens to a phone when the server, or the connection to it, fails once during an apply or a refresh. Each row is a
 * line of `docs/guides/faults.md` and a test of the whole way, from the configuration to the server, with a real engine
 * (`__tests__/e2e/fault-tolerance.test.ts`). Every run of the tests takes the rows that `isRepresentative` picks: for each
 * operation one fault that is recovered and one that is not. With PHONESTATE_FULL_MATRIX=1, as in a nightly run, it takes
 * them all. The client alone is tested with all kinds of faults in every run (`__tests__/vicidial/api/execute.test.ts`).
 */
import type { FaultRule } from '../src/emulator/faults';
import type { FailureCode } from '../src/model/failures';

type FaultKind = FaultRule['kind'];

export interface FaultRow {
  /** What goes wrong, for a reader. */
  readonly fault: string;
  readonly kind: FaultKind;
  /** Whether it happens to every call, not only to the one that writes. */
  readonly every?: true;
  readonly at: 'create' | 'update' | 'delete' | 'refresh';
  /** Whether the system can be read: with the API alone some faults are not seen. */
  readonly readFrom: 'api' | 'admin';
  /** What the run ends with; undefined where the provider recovers within the run. */
  readonly error?: FailureCode;
  /** What the state says of the phone after the run. */
  readonly state: 'the new phone' | 'no phone' | 'the phone as it was' | 'the changed phone';
  /** What the next plan would do. */
  readonly next: 'nothing' | 'create' | 'update' | 'delete';
}

const representatives: Readonly<Record<FaultRow['at'], readonly FaultKind[]>> = {
  create: ['reset-after', 'success-without-work', 'error-with-reply'],
  update: ['reset-after', 'error-after'],
  delete: ['reset-after', 'success-without-work'],
  refresh: ['html', 'cut-page'],
};

/** Whether a row is tested with a real engine in every run. */
export function isRepresentative({ at, kind, readFrom }: FaultRow): boolean {
  return representatives[at].includes(kind) || (at === 'update' && readFrom === 'admin');
}

const names: Partial<Record<FaultKind, string>> = {
  refuse: 'the connection is closed at once',
  'reset-before': 'the connection breaks before the work is done',
  'reset-after': 'the connection breaks after the work is done',
  'half-reply': 'half of the reply arrives, the work is done',
  'error-before': 'HTTP 500, the work is not done',
  'error-after': 'HTTP 500, the work is done',
  'bad-gateway': 'HTTP 502 from a proxy',
  busy: 'HTTP 503 with Retry-After',
  empty: 'HTTP 200 with an empty body, the work is not done',
  html: 'an HTML page from a proxy',
  'success-without-work': 'SUCCESS, but the work is not done',
  'cut-page': 'half of an admin page',
  'too-many-connections': 'the database takes no more connections',
  'php-warnings': 'PHP displays warnings before the reply',
  'error-with-reply': 'HTTP 500 with the whole reply, the work is done',
  'other-application': 'a page of another application',
};

type Outcome = Pick<FaultRow, 'state' | 'next'>;

const name = (kind: FaultKind) => names[kind] ?? kind;

/**
 * @param recovered faults that the provider recovers from, with the outcome `good`
 * @param failing faults that end the run with an error, with the outcome `bad`
 */
function rows(
  at: FaultRow['at'],
  recovered: readonly FaultKind[],
  failing: readonly (readonly [FaultKind, FailureCode])[],
  good: Outcome,
  bad: Outcome,
): FaultRow[] {
  return [
    ...recovered.map((kind) => ({ fault: name(kind), kind, at, readFrom: 'api' as const, ...good })),
    ...failing.map(([kind, error]) => ({ fault: name(kind), kind, at, readFrom: 'api' as const, error, ...bad })),
  ];
}

/** What is different where the system can be read: an update is verified, and a lost one is seen by the next plan. */
const readRows: readonly FaultRow[] = [
  {
    fault: name('success-without-work'),
    kind: 'success-without-work',
    at: 'update',
    readFrom: 'admin',
    error: 'stored-differently',
    state: 'the phone as it was',
    next: 'update',
  },
  {
    fault: name('error-after'),
    kind: 'error-after',
    at: 'update',
    readFrom: 'admin',
    error: 'server-failed',
    state: 'the phone as it was',
    next: 'nothing',
  },
  ...(['cut-page', 'other-application'] as const).map((kind): FaultRow => ({
    fault: `every page: ${name(kind)}`,
    kind,
    every: true,
    at: 'refresh',
    readFrom: 'admin',
    error: 'admin-pages-unreadable',
    state: 'the phone as it was',
    next: 'nothing',
  })),
];

const recovered: readonly FaultKind[] = [
  'refuse',
  'reset-before',
  'reset-after',
  'half-reply',
  'bad-gateway',
  'busy',
  'too-many-connections',
  'php-warnings',
  'error-with-reply',
];

export const faultMatrix: readonly FaultRow[] = [
  ...rows(
    'create',
    [...recovered, 'error-after'],
    [
      ['error-before', 'server-failed'],
      ['empty', 'server-failed'],
      ['html', 'unexpected-response'],
      ['success-without-work', 'write-not-applied'],
    ],
    { state: 'the new phone', next: 'nothing' },
    { state: 'no phone', next: 'create' },
  ),
  ...rows(
    'update',
    recovered,
    [
      ['error-before', 'server-failed'],
      ['error-after', 'server-failed'],
      ['empty', 'server-failed'],
      ['html', 'unexpected-response'],
    ],
    { state: 'the changed phone', next: 'nothing' },
    { state: 'the phone as it was', next: 'update' },
  ),
  // The API cannot show that it did nothing.
  {
    fault: name('success-without-work'),
    kind: 'success-without-work',
    at: 'update',
    readFrom: 'api',
    state: 'the changed phone',
    next: 'nothing',
  },
  ...rows(
    'delete',
    [...recovered, 'error-after'],
    [
      ['error-before', 'server-failed'],
      ['empty', 'server-failed'],
      ['html', 'unexpected-response'],
      ['success-without-work', 'write-not-applied'],
    ],
    { state: 'no phone', next: 'nothing' },
    { state: 'the phone as it was', next: 'delete' },
  ),
  ...(['html', 'empty', 'error-before'] as const).map((kind): FaultRow => ({
    fault: `every reply: ${names[kind]}`,
    kind,
    every: true,
    at: 'refresh',
    readFrom: 'api',
    error: kind === 'html' ? 'unexpected-response' : 'server-failed',
    state: 'the phone as it was',
    next: 'nothing',
  })),
  ...readRows,
];
