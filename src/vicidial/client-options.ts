/** What the client has to know: checked once, with failures that name the provider argument. */
// The functional half of zod: a bundler leaves out of it whatever is not used here.
import * as z from 'zod/mini';
import { stripCharacters, allowedCharacters } from '../model/characters';
import { fail } from '../model/failures';
import { Secret } from '../model/secret';
import { patient, type RetryPolicy } from './retry';

export interface LogSink {
  debug(message: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
  warn(message: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
}

const silent: LogSink = { debug: () => {}, warn: () => {} };

/** The server strips other characters from user and password before it compares them (API facts, section 6). */
const survives = (text: string) => stripCharacters(text, allowedCharacters.word) === text;
const survivors = 'VICIdial keeps only letters, digits, - and _ of it, so that this one could never log in.';

const wholeNumber = (least: number, most: number) => {
  const bounds = `It must be a whole number from ${least} to ${most}.`;
  return z.int(bounds).check(z.minimum(least, bounds), z.maximum(most, bounds));
};

export const clientOptions = z.strictObject({
  url: z
    .url({
      protocol: /^https?$/u,
      error: 'It must be an http or https address, such as https://dialer.example.com/vicidial/non_agent_api.php.',
    })
    .check(
      z.refine(
        (url) => !/^https?:\/\/[^/]*@/iu.test(url),
        'It must not hold a user or password; these are arguments of their own.',
      ),
    ),
  user: z.string().check(z.minLength(1, 'It must not be empty.'), z.refine(survives, survivors)),
  password: z.pipe(
    z.string().check(z.minLength(1, 'It must not be empty.'), z.refine(survives, survivors)),
    z.transform((text) => new Secret(text)),
  ),
  source: z._default(
    z.string().check(z.regex(/^[0-9a-zA-Z]{2,20}$/u, 'It must be 2 to 20 letters or digits.')),
    'terraform',
  ),
  requestTimeoutSeconds: z._default(wholeNumber(1, 600), 30),
  maxConcurrency: z._default(wholeNumber(1, 64), 8),
  maxRequestsPerSecond: z.optional(wholeNumber(1, 1000)),
  verifyWrites: z._default(z.boolean(), true),
  retry: z._default(z.custom<RetryPolicy>(), patient),
  caCertificate: z.optional(
    z
      .string()
      .check(
        z.includes('-----BEGIN CERTIFICATE-----', {
          error: 'It must be a certificate as PEM text, for example file("ca.pem").',
        }),
      ),
  ),
  log: z._default(z.custom<LogSink>(), silent),
});

export type ClientOptions = z.infer<typeof clientOptions>;

/**
 * Checks options that came from a user.
 *
 * @throws PhonestateError `provider-argument`, about the first argument that is missing or wrong
 */
export function parseClientOptions(
  options: z.input<typeof clientOptions> | Readonly<Record<string, unknown>>,
): ClientOptions {
  const { data, error } = clientOptions.safeParse(options);
  if (data) return data;
  const [issue] = error.issues;
  const option = String(issue?.path[0] ?? '');
  const field = option.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
  const missing = !(option in options);
  const what = missing
    ? `${field} is not set, and the environment variable VICIDIAL_${field.toUpperCase()} neither.`
    : `${field} cannot be used. ${issue?.message}`;
  throw fail('provider-argument', { what, field });
}
