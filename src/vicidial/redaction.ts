/** Takes secrets out of a text that came from the server, before anybody sees it. */
import { allowedCharacters, stripCharacters } from '../model/characters';
import type { FormParameters } from '../model/diff';
import { Secret } from '../model/secret';

/** The same text without any of the secrets, nor what the server's stripping leaves of them. */
export function redact(text: string, secrets: readonly Secret[]): string {
  return secrets
    .flatMap((secret) => [secret.open(), stripCharacters(secret.open(), allowedCharacters.word)])
    .filter((value) => value !== '')
    .reduce((shown, value) => shown.replaceAll(value, '(sensitive)'), text);
}

/** The secrets among the fields of a call. */
export function secretsIn(fields: FormParameters): Secret[] {
  return Object.values(fields).filter((value) => value instanceof Secret);
}
