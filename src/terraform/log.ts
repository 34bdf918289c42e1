/**
 * Log lines that Terraform understands: one JSON object a line on standard error (protocol facts, section 1).
 * Terraform filters them again by TF_LOG_PROVIDER or TF_LOG; what it would throw away is not written at all.
 */
const levels = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof levels)[number];

export type LogFields = Readonly<Record<string, string | number | boolean>>;
export type Log = Readonly<Record<Level, (message: string, fields?: LogFields) => void>>;

/** Terraform cuts a line of more than 64 KiB into pieces that are no JSON. */
const longestText = 8_000;

/** The least level that is kept, from the variables that Terraform itself goes by. */
export function leastLevel(environment: NodeJS.ProcessEnv): number {
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
export function makeLog(environment: NodeJS.ProcessEnv, write: (line: string) => void): Log {
  const least = leastLevel(environment);
  const at = (level: Level, index: number) => (message: string, fields: LogFields = {}) => {
    if (index < least) return;
    // Terraform itself crashes on a message or level that is not a text.
    const entry = { ...fields, '@level': level, '@message': message, '@module': 'phonestate' };
    write(`${JSON.stringify(entry, (_key, value: unknown) => (typeof value === 'string' ? value.slice(0, longestText) : value))}\n`);
  };
  const [trace, debug, info, warn, error] = levels;
  return { trace: at(trace, 0), debug: at(debug, 1), info: at(info, 2), warn: at(warn, 3), error: at(error, 4) };
}

/** The log of this process. */
export const log = makeLog(process.env, (line) => process.stderr.write(line));
