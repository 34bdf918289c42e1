/**
 * How PHP reads the parameters of a request (vicidial-api.md, section 1). A parameter in the query string wins over one
 * of the same name in the body.
 */

/** What a parameter sent as a list, `x[]=1`, stands for. No text that was sent is equal to it: it is no valid Unicode. */
export const listValue = '\uD800';

const maxBodyBytes = 8 * 1024 * 1024;
const maxParameters = 1000;
const formType = 'application/x-www-form-urlencoded';

export interface SentParameters {
  /** By name, as the API reads them. */
  readonly all: ReadonlyMap<string, string>;
  /** The last parameter of the body; undefined where there is none. */
  readonly lastOfBody: string | undefined;
}

export interface SentRequest {
  readonly method: string;
  /** The query string, encoded as it was sent. */
  readonly query: string;
  readonly contentType?: string | undefined;
  readonly body: Buffer;
}

/** The parameters of a request. A body counts only for POST, in one of the two types of a form. */
export async function readParameters({ method, query, contentType = '', body }: SentRequest): Promise<SentParameters> {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase();
  const counts = method === 'POST' && body.length <= maxBodyBytes;
  const sent =
    counts && type === formType
      ? decodeForm(body.toString('latin1'))
      : counts && type === 'multipart/form-data'
        ? await decodeMultipart(contentType, body)
        : [];
  return { all: new Map([...named(sent), ...named(decodeForm(query))]), lastOfBody: sent.at(-1)?.[1] };
}

type Pair = readonly [name: string, value: string];

/** The pairs of a form; what exceeds the limit of PHP is dropped. */
function decodeForm(text: string): Pair[] {
  return text
    .split('&')
    .filter((part) => part !== '')
    .slice(0, maxParameters)
    .map((part) => {
      const equals = part.indexOf('=');
      return equals === -1 ? [decode(part), ''] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
    });
}

/**
 * Decodes a name or a value. Bytes that are no UTF-8 become lone surrogates, which no text has: they are stripped where
 * characters are stripped, and can be found where the server rejects the value.
 */
function decode(text: string): string {
  const bytes = Buffer.from(
    text
      .replaceAll('+', ' ')
      .replace(/%([0-9a-f]{2})/giu, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    'latin1',
  );
  const decoded = bytes.toString('utf8');
  if (Buffer.from(decoded, 'utf8').equals(bytes)) return decoded;
  return bytes.toString('latin1').replace(/[\x80-\xff]/gu, (byte) => String.fromCharCode(0xdc00 + byte.charCodeAt(0)));
}

/** The text fields of a multipart body; PHP keeps files apart. */
async function decodeMultipart(contentType: string, body: Buffer): Promise<Pair[]> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    const pairs: Pair[] = [];
    form.forEach((value, name) => {
      if (typeof value === 'string') pairs.push([name, value]);
    });
    return pairs.slice(0, maxParameters);
  } catch {
    // PHP, too, reads nothing of a body that it cannot parse.
    return [];
  }
}

/** Names as PHP makes them: a dot or a space becomes `_`, and brackets make a list. */
function named(pairs: readonly Pair[]): Pair[] {
  return pairs.flatMap(([sent, value]) => {
    // A name ends at a null byte.
    const trimmed = (sent.split('\0', 1)[0] ?? '').replace(/^ +/u, '');
    if (trimmed === '') return [];
    const bracket = trimmed.indexOf('[');
    const isList = bracket > 0 && trimmed.includes(']', bracket);
    const name = (isList ? trimmed.slice(0, bracket) : trimmed).replace(/[ .[]/gu, '_');
    return [[name, isList ? listValue : value] as const];
  });
}
