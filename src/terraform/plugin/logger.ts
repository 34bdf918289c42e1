/**
 * Log lines that Terraform understands: one JSON object a line on standard error (protocol facts, section 1).
 * Terraform filters them again by TF_LOG_PROVIDER or TF_LOG; what it would throw away is not written at all.
 */
const levels = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof levels)[number];

export type LogFields = Readonly<Record<string, string | number | boolean>>;
export type Log = Readonly<Record<Level, (message: string, fields?: LogFields) => void>>;

/** Terraform cuts a line of more than 64 KiB into pieces that are no JSON. */
const maxLineBytes = 60_000;
const maxTextLength = 8_000;

/** The least level that is kept, from the variables that Terraform itself goes by. */
export function minLevel(environment: NodeJS.ProcessEnv): number {
  const wanted = (environment.TF_LOG_PROVIDER || environment.TF_LOG || 'error').toLowerCase();
  if (wanted === 'off') return levels.length;
  const level = levels.findIndex((name) => name === wanted);
  // Terraform takes JSON, and whatever it does not know, for trace.
  return level === -1 ? 0 : level;
}

/**
 * Makes a log.
 *
 * @param write takes a whole line
 */
export function createLog(environment: NodeJS.ProcessEnv, write: (line: string) => void): Log {
  const least = minLevel(environment);
  const at =
    (level: Level, index: number) =>
    (message: string, fields: LogFields = {}) => {
      if (index < least) return;
      // Terraform itself crashes on a message, level or time that is not a text.
      const own = Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith('@')));
      write(
        bounded({ ...own, '@level': level, '@message': message, '@module': 'phonestate', '@timestamp': timestamp() }),
      );
    };
  const [trace, debug, info, warn, error] = levels;
  return { trace: at(trace, 0), debug: at(debug, 1), info: at(info, 2), warn: at(warn, 3), error: at(error, 4) };
}

/** Six digits of a second, no more and no less: any other number turns the whole line into plain text. */
function timestamp(): string {
  return new Date().toISOString().replace('Z', '000Z');
}

function bounded(entry: Readonly<Record<string, unknown>>, longest = maxTextLength): string {
  const line = `${JSON.stringify(entry, (_key, value: unknown) => (typeof value === 'string' ? value.slice(0, longest) : value))}\n`;
  // One character takes up to six bytes, and there may be many fields.
  return Buffer.byteLength(line) <= maxLineBytes || longest === 0 ? line : bounded(entry, longest >> 1);
}

/** The log of this process. */
export const log = createLog(process.env, (line) => process.stderr.write(line));
