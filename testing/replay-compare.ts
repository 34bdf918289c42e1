/** Compares one call of the emulator with the recorded one, or with that of another server. */
import { isDeepStrictEqual } from 'node:util';
import type { Pair, Row, Step } from './recording';
import { aliasKey, phoneKey, type Rows, type Snapshot } from './replay-rows';
import { parametersOf, type Answer, type Call } from './send-call';

interface Answered extends Answer {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly rebuild: ReadonlySet<string>;
}

export interface Difference {
  /** What the calls with the same difference have in common. */
  readonly kind: string;
  /** The call and both sides, without passwords. */
  readonly example: string;
  readonly at?: string;
}

interface Changes {
  readonly stored: readonly Row[];
  readonly removed: readonly string[];
}

const none: Changes = { stored: [], removed: [] };
const secretNames = ['pass', 'phone_pass', 'registration_password'];

/** What one of two servers answered to a call, and what it changed. */
interface Side {
  readonly status: number;
  readonly reply: string;
  readonly phones: Changes;
  readonly aliases: Changes;
  /** The servers that wait for a rebuild. */
  readonly rebuild: readonly string[];
}

/** The difference between a call and its recording, if any. */
export function compareStep(step: Step, answered: Answered, waiting: readonly string[]): Difference | undefined {
  const { before, after } = answered;
  const expected = {
    status: step.status,
    reply: withoutTime(step.reply),
    phones: inOrder(step.phones ?? none, phoneKey),
    aliases: inOrder(step.aliases ?? none, aliasKey),
    rebuild: [...waiting].sort(),
  };
  const emulated = {
    status: answered.status,
    reply: withoutTime(answered.reply),
    phones: inOrder(changesBetween(before.phones, after.phones, ['server_ip', 'extension']), phoneKey),
    aliases: inOrder(changesBetween(before.aliases, after.aliases, ['alias_id']), aliasKey),
    rebuild: [...answered.rebuild].sort(),
  };
  return compareSides(step, ['recorded', expected], ['emulated', emulated]);
}

/** The difference between what two servers answered to the same call, if any. Each may have a clock and a zone of its own. */
export function compareAnswers(call: Call, server: Answer, emulator: Answer): Difference | undefined {
  const asSide = ({ status, reply }: Answer): Side => ({
    status,
    reply: withoutZone(withoutTime(reply)),
    phones: none,
    aliases: none,
    rebuild: [],
  });
  return compareSides(call, ['server', asSide(server)], ['emulator', asSide(emulator)]);
}

type Named = readonly [name: string, side: Side];

function compareSides(call: Call, ...sides: readonly [Named, Named]): Difference | undefined {
  const [[, one], [, other]] = sides;
  const parts = (['status', 'reply', 'phones', 'aliases', 'rebuild'] as const).filter(
    (part) => !isDeepStrictEqual(one[part], other[part]),
  );
  if (parts.length === 0) return undefined;
  const sent = parametersOf(call);
  const mask = masker(sent);
  const lines = [
    `${call.method} ${sent.map(([name, value]) => `${name}=${mask(value, name)}`).join('&')}${call.raw_body === undefined ? '' : ` (body of type ${call.type ?? 'none'})`}`,
    ...parts.flatMap((part) => sides.map(([name, side]) => `  ${name} ${part}: ${mask(JSON.stringify(side[part]))}`)),
  ];
  return { kind: kindOf(parts, one, other), example: lines.join('\n') };
}

/** A class: the messages of both sides where they differ, or else what differs, with the columns of rows. */
function kindOf(parts: readonly string[], expected: Side, emulated: Side): string {
  const messages = [expected, emulated].map(({ reply }) => messageOf(reply));
  if (messages[0] !== messages[1]) return `${messages[0]} / ${messages[1]}`;
  const columns = [
    ...new Set((['phones', 'aliases'] as const).flatMap((table) => differing(expected[table], emulated[table]))),
  ];
  return `${messages[0]}: ${parts.join(', ')}${columns.length === 0 ? '' : ` (${columns.sort().join(', ')})`}`;
}

/** The columns in which the stored rows of two sides differ. */
function differing(one: Changes, other: Changes): string[] {
  return Array.from({ length: Math.max(one.stored.length, other.stored.length) }, (_, index) => index).flatMap(
    (index) => {
      const [left = {}, right = {}] = [one.stored[index], other.stored[index]];
      return [...new Set([...Object.keys(left), ...Object.keys(right)])].filter((name) => left[name] !== right[name]);
    },
  );
}

/** A reply without its data. */
export function messageOf(reply: string): string {
  return reply === '' ? '(empty)' : (reply.split('\n', 1)[0]?.replace(/(: \||\|| - ).*$/u, '') ?? '');
}

/** The version line without the time; other replies as they are. */
function withoutTime(reply: string): string {
  return reply.startsWith('VERSION:') ? reply.replace(/\|(DATE|EPOCH): [^|]*/gu, '|$1: …') : reply;
}

/** The version line without what it says of the time zone. */
function withoutZone(reply: string): string {
  return reply.startsWith('VERSION:') ? reply.replace(/\|(DST|TZ|TZNOW): [^|]*/gu, '|$1: …') : reply;
}

/** What a call changed: new rows with all columns, changed rows with the key and what changed. */
function changesBetween(before: Rows, after: Rows, key: readonly string[]): Changes {
  const stored = [...after].flatMap(([name, row]) => {
    const old = before.get(name);
    if (!old) return [row];
    const changed = Object.keys(row).filter((column) => row[column] !== old[column]);
    if (changed.length === 0) return [];
    return [Object.fromEntries([...key, ...changed].map((column) => [column, row[column] ?? null]))];
  });
  return { stored, removed: [...before.keys()].filter((name) => !after.has(name)) };
}

function inOrder({ stored, removed }: Changes, keyOf: (row: Row) => string): Changes {
  return {
    stored: [...stored].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)),
    removed: [...removed].sort(),
  };
}

/** Hides the passwords of a call, by the names of the parameters, in texts that may repeat them. */
function masker(sent: readonly Pair[]): (text: string, name?: string) => string {
  const isSecret = (name: string) =>
    secretNames.includes(name.trim().toLowerCase().replace(/[ .]/gu, '_').replace(/\[.*$/u, ''));
  const secrets = sent
    .filter(([name, value]) => isSecret(name) && value.length > 1)
    .flatMap(([, value]) => [value, value.replace(/[^-_0-9\p{L}]/giu, ''), value.replace(/[^-_0-9a-z]/giu, '')])
    .filter((secret) => secret.length > 1)
    .sort((one, other) => other.length - one.length);
  return (text, name) => {
    if (name !== undefined) return isSecret(name) ? '***' : text;
    const columns = text.replace(/("(?:phone_pass|registration_password)":)"(?:[^"\\]|\\.)*"/gu, '$1"***"');
    return secrets.reduce((masked, secret) => masked.replaceAll(secret, '***'), columns);
  };
}
