/** The ways in which a reply is garbled on its way, each with how often it is chosen. */
import { gzipSync } from 'node:zlib';

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What reaches the client. */
export interface Delivery {
  readonly bytes: Buffer;
  readonly delayMs?: number;
  /** What happens to the connection afterwards; it stays open by default. */
  readonly end?: 'close' | 'reset';
}

export interface GarblingTools {
  /** The next number from 0 up to 1. */
  readonly random: () => number;
  /** An answer to another call that wrote, if there was one. */
  readonly stale: Answer | undefined;
  /** The time limit of the client. */
  readonly timeoutMs: number;
}

interface Garble {
  readonly weight: number;
  /** False where the call never reaches the server. */
  readonly forwards?: false;
  readonly deliver: (answer: Answer, tools: GarblingTools) => Delivery;
}

/** A response as a server sends it. */
export function plain({ status, body }: Answer, headers: readonly string[] = [], content?: Buffer): Buffer {
  const bytes = content ?? Buffer.from(body);
  const head = [`HTTP/1.1 ${status} X`, 'content-type: text/html; charset=utf-8', ...headers];
  return Buffer.concat([Buffer.from([...head, `content-length: ${bytes.length}`, '', ''].join('\r\n')), bytes]);
}

const page = (status: number): Answer => ({ status, body: `<html><title>${status}</title>Error</html>\n` });
const statuses = [201, 202, 204, 206, 301, 302, 304, 400, 401, 403, 404, 413, 418, 429, 500, 501, 502, 503, 504, 599];
const warnings =
  '<br />\n<b>Warning</b>: Undefined array key in <b>/srv/www/functions.php</b> on line <b>9</b><br />\n';
const appended = '<!-- cached -->\n<script>var x = "SUCCESS: ";</script>\n';

export const garbles: Readonly<Record<string, Garble>> = {
  'bytes-of-the-body': {
    weight: 8,
    deliver: ({ status, body }, { random }) => ({
      bytes: plain({ status, body }, [], scramble(Buffer.from(body), random)),
    }),
  },
  'bytes-of-the-head': {
    weight: 6,
    deliver: (answer, { random }) => {
      const whole = plain(answer);
      const end = whole.indexOf('\r\n\r\n');
      return { bytes: Buffer.concat([scramble(whole.subarray(0, end), random), whole.subarray(end)]), end: 'close' };
    },
  },
  'any-bytes': {
    weight: 4,
    deliver: (answer, { random }) => ({ bytes: scramble(plain(answer), random), end: 'close' }),
  },
  'cut-anywhere': {
    weight: 8,
    deliver: (answer, { random }) => {
      const whole = plain(answer);
      const end = random() < 0.5 ? 'close' : 'reset';
      return { bytes: whole.subarray(0, Math.floor(random() * whole.length)), end };
    },
  },
  'cut-without-length': {
    weight: 4,
    deliver: ({ body }, { random }) => {
      const start = body.slice(0, Math.floor(random() * body.length));
      return { bytes: Buffer.from(`HTTP/1.1 200 OK\r\n\r\n${start}`), end: 'close' };
    },
  },
  'bad-chunk': {
    weight: 3,
    deliver: ({ body }, { random }) => {
      const size = ['zz', '-1', 'FFFFFFFFFFFFFFFFFF', (body.length + 40).toString(16), '', '1'][pick(6, random)] ?? '';
      const head = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
      return { bytes: Buffer.from(`${head}${size}\r\n${body}\r\n0\r\n\r\n`), end: 'close' };
    },
  },
  'other-protocol': {
    weight: 3,
    deliver: (answer, { random }) => {
      const line = ['HTTP/9.9 200 OK', 'SSH-2.0-x', 'HTTP/1.1 20 OK', 'HTTP/1.1 2000 OK', 'ICY 200 OK'][
        pick(5, random)
      ];
      return {
        bytes: Buffer.from(
          plain(answer)
            .toString()
            .replace(/^[^\r]*/u, line ?? ''),
        ),
        end: 'close',
      };
    },
  },
  'bare-line-feeds': {
    weight: 3,
    deliver: (answer) => ({ bytes: Buffer.from(plain(answer).toString().replaceAll('\r\n', '\n')), end: 'close' }),
  },
  'two-lengths': {
    weight: 3,
    deliver: (answer, { random }) => ({
      bytes: plain(answer, [`content-length: ${pick(90, random)}`]),
      end: 'close',
    }),
  },
  'length-and-chunks': {
    weight: 2,
    deliver: (answer) => ({ bytes: plain(answer, ['transfer-encoding: chunked']), end: 'close' }),
  },
  'wrong-encoding': {
    weight: 4,
    deliver: (answer, { random }) => ({
      bytes: plain(answer, [`content-encoding: ${['gzip', 'br', 'deflate', 'GZIP', 'x-what'][pick(5, random)]}`]),
    }),
  },
  'packed-and-damaged': {
    weight: 4,
    deliver: (answer, { random }) => {
      const packed = gzipSync(answer.body);
      const damaged = random() < 0.5 ? packed.subarray(0, pick(packed.length, random)) : scramble(packed, random);
      return { bytes: plain(answer, ['content-encoding: gzip'], damaged) };
    },
  },
  packed: {
    weight: 2,
    deliver: (answer) => ({ bytes: plain(answer, ['content-encoding: gzip'], gzipSync(answer.body)) }),
  },
  'reset-before': { weight: 4, forwards: false, deliver: () => ({ bytes: Buffer.alloc(0), end: 'reset' }) },
  'reset-after': { weight: 6, deliver: () => ({ bytes: Buffer.alloc(0), end: 'reset' }) },
  'closed-after': { weight: 3, deliver: () => ({ bytes: Buffer.alloc(0), end: 'close' }) },
  slow: { weight: 4, deliver: (answer, { random }) => ({ bytes: plain(answer), delayMs: 20 + pick(60, random) }) },
  'too-slow': {
    weight: 0.3,
    deliver: (answer, { timeoutMs }) => ({ bytes: plain(answer), delayMs: timeoutMs + 150 }),
  },
  informational: {
    weight: 3,
    deliver: (answer, { random }) => {
      const status = [100, 101, 102, 103, 199][pick(5, random)];
      return { bytes: Buffer.concat([Buffer.from(`HTTP/1.1 ${status} X\r\nx-a: b\r\n\r\n`), plain(answer)]) };
    },
  },
  glued: {
    weight: 4,
    deliver: (answer, { stale = answer }) => ({ bytes: Buffer.concat([plain(answer), plain(stale)]) }),
  },
  'glued-before': {
    weight: 3,
    deliver: (answer, { stale = answer }) => ({ bytes: Buffer.concat([plain(stale), plain(answer)]) }),
  },
  'two-lines': {
    weight: 3,
    deliver: (answer, { stale = answer }) => ({ bytes: plain({ status: 200, body: stale.body + answer.body }) }),
  },
  stale: { weight: 5, deliver: (answer, { stale = answer }) => ({ bytes: plain(stale) }) },
  'stale-in-place': {
    weight: 3,
    forwards: false,
    deliver: (_answer, { stale = page(502) }) => ({ bytes: plain(stale) }),
  },
  appended: { weight: 3, deliver: ({ status, body }) => ({ bytes: plain({ status, body: body + appended }) }) },
  warnings: { weight: 3, deliver: ({ status, body }) => ({ bytes: plain({ status, body: `${warnings}\n${body}` }) }) },
  status: {
    weight: 8,
    deliver: ({ body }, { random }) => {
      const status = statuses[pick(statuses.length, random)] ?? 500;
      const refusing = status === 401 ? ['www-authenticate: Basic realm="x"'] : ['retry-after: 0'];
      return { bytes: plain({ status, body }, status < 400 ? ['location: /elsewhere?user=x'] : refusing) };
    },
  },
  'page-after': { weight: 5, deliver: (_answer, tools) => ({ bytes: plain(anyPage(tools)) }) },
  'login-after': { weight: 3, deliver: () => ({ bytes: plain(page(401), ['www-authenticate: Basic realm="x"']) }) },
  'page-before': { weight: 4, forwards: false, deliver: (_answer, tools) => ({ bytes: plain(anyPage(tools)) }) },
  empty: {
    weight: 3,
    deliver: (_answer, { random }) => ({ bytes: plain({ status: random() < 0.5 ? 200 : 500, body: '' }) }),
  },
  'database-full': {
    weight: 3,
    forwards: false,
    deliver: () => ({ bytes: plain({ status: 200, body: 'MySQL connect ERROR:  Too many connections\n' }) }),
  },
};

function anyPage({ random }: GarblingTools): Answer {
  return page(statuses[pick(statuses.length, random)] ?? 500);
}

/** A whole number from 0 up to a limit. */
export function pick(limit: number, random: () => number): number {
  return Math.floor(random() * limit);
}

/** Changes, inserts or removes one to five bytes. */
function scramble(bytes: Buffer, random: () => number): Buffer {
  const scrambled = [...bytes];
  for (let left = 1 + pick(5, random); left > 0; left -= 1) {
    const at = pick(scrambled.length, random);
    const added = pick(256, random);
    const kind = pick(3, random);
    scrambled.splice(at, kind === 0 ? 0 : 1, ...(kind === 1 ? [] : [added]));
  }
  return Buffer.from(scrambled);
}
