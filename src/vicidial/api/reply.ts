/** Parses the replies of the API (vicidial-api.md, section 2). */

export interface Reply {
  readonly outcome: 'SUCCESS' | 'ERROR' | 'NOTICE';
  /** The function that answered; empty where the call was refused before any function. */
  readonly function: string;
  /** Such as `PHONE HAS BEEN ADDED`. */
  readonly message: string;
  /** The user and what was sent, **passwords included**. Never shown. */
  readonly data: readonly string[];
}

/**
 * Finds the reply in a body, in either printed form, ` - USER|DATA` or `: |USER|DATA`. PHP may print warnings before it,
 * and a hoster may append something after it; a reply is one whole line. Some replies have two lines with the same
 * content: the first one counts.
 *
 * @returns undefined where there is no whole reply of the API
 */
export function parseReply(body: string): Reply | undefined {
  for (const line of body.split('\n')) {
    const reply = parseLine(line);
    if (reply) return reply;
  }
  return undefined;
}

/** What the API prints in place of any reply where it cannot open its database: nothing was carried out. */
export function parseDatabaseError(body: string): string | undefined {
  return /^\s*MySQL connect ERROR:\s*([^\n<]*)/mu.exec(body)?.[1]?.trim();
}

function parseLine(line: string): Reply | undefined {
  const [, outcome, rest = ''] = /^(SUCCESS|ERROR|NOTICE): (.*)$/u.exec(line.trim()) ?? [];
  if (outcome !== 'SUCCESS' && outcome !== 'ERROR' && outcome !== 'NOTICE') return undefined;
  if (rest === 'NO FUNCTION SPECIFIED') return { outcome, function: '', message: rest, data: [] };
  const [text, data] = splitOnce(rest, [': |', ' - ']);
  if (data === undefined) return undefined;
  const [, name = '', message = ''] = /^(?:([a-z_]+) )?(.*)$/u.exec(text) ?? [];
  return { outcome, function: name, message, data: data.split('|') };
}

/** Splits at the separator that comes first; the message before it contains none of them. */
function splitOnce(text: string, separators: readonly string[]): [string, string | undefined] {
  const found = separators
    .map((separator) => ({ separator, at: text.indexOf(separator) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)[0];
  return found ? [text.slice(0, found.at), text.slice(found.at + found.separator.length)] : [text, undefined];
}

export interface Version {
  /** `2.14-194`. */
  readonly version: string;
  /** `241004-1518`. */
  readonly build: string;
}

/** Parses the reply to `version`, which has a form of its own; other lines may stand around it, as in any reply. */
export function parseVersion(body: string): Version | undefined {
  const [, version, build] = /^[ \t]*VERSION: ([^|\n]+)\|BUILD: ([^|\n]+)\|/mu.exec(body) ?? [];
  return version && build ? { version, build } : undefined;
}
