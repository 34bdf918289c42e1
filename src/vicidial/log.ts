/** Where the client logs to. */
export interface LogSink {
  debug(message: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
  warn(message: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
}

export const silentLog: LogSink = { debug: () => {}, warn: () => {} };
