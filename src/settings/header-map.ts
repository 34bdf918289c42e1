/** Which headers a user may set. */

/** What the client sets itself, or what would change how a request is read. */
const reserved = [
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** What is wrong with headers; undefined where all of them can be sent. No value is shown. */
export function headersProblem(headers: Readonly<Record<string, string>>): string | undefined {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  for (const [name, value] of Object.entries(headers)) {
    const shown = JSON.stringify(name);
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/iu.test(name)) return `${shown} is not the name of a header.`;
    if (reserved.includes(name.toLowerCase())) return `The header ${name} cannot be set: the HTTP client sets it.`;
    if (names.indexOf(name.toLowerCase()) !== names.lastIndexOf(name.toLowerCase()))
      return `It has the header ${name} twice.`;
    if (!/^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/u.test(value)) {
      return `The value of ${name} must be printable ASCII characters, without line ends and without spaces at its ends.`;
    }
  }
  return undefined;
}
