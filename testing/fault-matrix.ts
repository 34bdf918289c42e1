/**
 * What becomes of a phone when the server, or the line to it, fails once: each row is a test with the real terraform
 * (`__tests__/e2e/nothing-lost.test.ts`) and a line of `docs/faults.md`.
 */
import type { FaultKind } from '../src/emulator/faults';
import type { FailureCode } from '../src/model/failures';

export interface FaultRow {
  /** What goes wrong, for a reader. */
  readonly fault: string;
  readonly kind: FaultKind;
  /** Whether every call meets it, in place of the one that writes. */
  readonly every?: true;
  readonly at: 'creation' | 'update' | 'deletion' | 'refresh';
  /** What the run ends with; nothing where it is put right within the run. */
  readonly error?: FailureCode;
  /** What the state says of the phone after the run. */
  readonly state: 'the new phone' | 'no phone' | 'the phone as it was' | 'the changed phone';
  /** What the next plan would do. */
  readonly next: 'nothing' | 'create' | 'update' | 'delete';
}

const names: Partial<Record<FaultKind, string>> = {
  refuse: 'the connection is closed at once',
  'reset-before': 'the connection breaks before the work is done',
  'reset-after': 'the connection breaks after the work is done',
  'half-reply': 'half of the reply arrives, the work is done',
  'error-before': 'HTTP 500, the work is not done',
  'error-after': 'HTTP 500, the work is done',
  'bad-gateway': 'HTTP 502 of a proxy',
  busy: 'HTTP 503 with Retry-After',
  empty: '200 with nothing in it, the work is not done',
  html: 'a page of a proxy',
  'success-without-work': 'SUCCESS, and nothing is done',
};

function rows(
  at: FaultRow['at'],
  overcome: readonly FaultKind[],
  failing: readonly (readonly [FaultKind, FailureCode])[],
  good: Pick<FaultRow, 'state' | 'next'>,
  bad: Pick<FaultRow, 'state' | 'next'>,
): FaultRow[] {
  const name = (kind: FaultKind) => names[kind] ?? kind;
  return [
    ...overcome.map((kind) => ({ fault: name(kind), kind, at, ...good })),
    ...failing.map(([kind, error]) => ({ fault: name(kind), kind, at, error, ...bad })),
  ];
}

const transient: readonly FaultKind[] = ['refuse', 'reset-before', 'reset-after', 'half-reply', 'bad-gateway', 'busy'];

export const faultMatrix: readonly FaultRow[] = [
  ...rows(
    'creation',
    [...transient, 'error-after'],
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
    transient,
    [
      ['error-before', 'server-failed'],
      ['error-after', 'server-failed'],
      ['empty', 'server-failed'],
      ['html', 'unexpected-response'],
    ],
    { state: 'the changed phone', next: 'nothing' },
    { state: 'the phone as it was', next: 'update' },
  ),
  ...rows(
    'deletion',
    [...transient, 'error-after'],
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
    fault: `every answer: ${names[kind]}`,
    kind,
    every: true,
    at: 'refresh',
    error: kind === 'html' ? 'unexpected-response' : 'server-failed',
    state: 'the phone as it was',
    next: 'nothing',
  })),
];
