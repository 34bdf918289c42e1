/** Removes secrets from a string that came from the server, before anyone sees it. */
import { allowedCharacters, stripCharacters } from '../model/characters';
import type { FormParameters } from '../model/operation';
import { Secret } from '../model/secret';

/**
 * The string without any of the secrets, and without what the server's stripping leaves of them: all but `a-z`, or all
 * but letters of every script where `use_non_latin` is on.
 */
export function redact(text: string, secrets: readonly Secret[]): string {
  return (
    secrets
      .flatMap((secret) => [
        secret.open(),
        stripCharacters(secret.open(), allowedCharacters.word),
        stripCharacters(secret.open(), allowedCharacters.word, { nonLatin: true }),
      ])
      .filter((value) => value !== '')
      // The longest first: to mask one that is the beginning of another would leave the rest of the other readable.
      .sort((one, other) => other.length - one.length)
      .reduce((redacted, value) => redacted.replaceAll(value, '(sensitive)'), text)
  );
}

/** The secrets among the parameters of a call. */
export function secretsIn(parameters: FormParameters): Secret[] {
  return Object.values(parameters).filter((value) => value instanceof Secret);
}
