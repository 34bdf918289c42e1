/**
 * Log lines that Terraform understands: one JSON object a line on standard error (plugin-protocol.md, section 1).
 * Terraform filters them by TF_LOG_PROVIDER or TF_LOG; what it would drop is not written at all.
 */
const levels = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof levels)[number];

export type LogFields = Readonly<Record<string, string | number | boolean>>;
export type Log = Readonly<Record<Level, (message: string, fields?: LogFields) => void>>;

/** Terraform cuts a line of more than 64 KiB into pieces that are no JSON. */
const maxLineBytes = 60_000;
/** Characters of one string in a line. */
const maxTextLength = 8_000;

/** The index of the lowest level that is written, from the variables by which Terraform filters. */
function minLevel(environment: NodeJS.ProcessEnv): number {
  const wanted = (environment.TF_LOG_PROVIDER || environment.TF_LOG || 'error').toLowerCase();
  if (wanted === 'off') return levels.length;
  const level = levels.findIndex((name) => name === wanted);
  // Terraform treats JSON, and any unknown value, as trace.
  return level === -1 ? 0 : level;
}

/**
 * Creates a log.
 *
 * @param write writes a whole line
 */
export function createLog(environment: NodeJS.ProcessEnv, write: (line: string) => void): Log {
  const minimum = minLevel(environment);
  const at =
    (level: Level, index: number) =>
    (message: string, fields: LogFields = {}) => {
      if (index < minimum) return;
      // Terraform itself crashes on a message, level or time that is not a string.
      const own = Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith('@')));
      write(
        formatLine({ ...own, '@level': level, '@message': message, '@module': 'provider', '@timestamp': timestamp() }),
      );
    };
  const [trace, debug, info, warn, error] = levels;
  return { trace: at(trace, 0), debug: at(debug, 1), info: at(info, 2), warn: at(warn, 3), error: at(error, 4) };
}

/** Exactly six fractional digits: with any other number Terraform shows the line as plain text. */
function timestamp(): string {
  return new Date().toISOString().replace('Z', '000Z');
}

function formatLine(entry: Readonly<Record<string, unknown>>, maxLength = maxTextLength): string {
  const line = `${JSON.stringify(entry, (_key, value: unknown) => (typeof value === 'string' ? value.slice(0, maxLength) : value))}\n`;
  // One character takes up to six bytes, and there may be many fields.
  return Buffer.byteLength(line) <= maxLineBytes || maxLength === 0 ? line : formatLine(entry, maxLength >> 1);
}

/** The log of this process. */
export const log = createLog(process.env, (line) => process.stderr.write(line));
