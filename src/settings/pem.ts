/** Certificates and keys as PEM text. OpenSSL passes over what it cannot read, so each block is read here before. */
import { createPrivateKey, X509Certificate } from 'node:crypto';

const block = /-----BEGIN CERTIFICATE-----(?:(?!-----BEGIN)[\s\S])*?-----END CERTIFICATE-----/gu;

/** The certificates in a text, which may have comments between them. */
export function certificateBlocks(text: string): readonly string[] {
  return text.match(block) ?? [];
}

/** What is wrong with a text of one or more certificates; undefined where each of them can be read. */
export function certificateProblem(value: string): string | undefined {
  const form = formProblem(value, 'CERTIFICATE', 'It must be a certificate as PEM text, for example file("ca.pem").');
  if (form !== undefined) return form;
  const blocks = certificateBlocks(value);
  const damaged = blocks.findIndex((each) => !succeeds(() => new X509Certificate(each)));
  if (damaged === -1) return undefined;
  const which = blocks.length === 1 ? 'The certificate' : `Certificate ${damaged + 1} of ${blocks.length}`;
  return `${which} in it cannot be read: it is damaged or not complete.`;
}

/** What is wrong with the text of a private key; undefined where it can be read. */
export function privateKeyProblem(value: string): string | undefined {
  const [, type = ''] = /-----BEGIN ((?:[A-Z]+ )*PRIVATE KEY)-----/u.exec(value) ?? [];
  const form = formProblem(value, type, 'It must be a private key as PEM text, for example file("client-key.pem").');
  if (form !== undefined) return form;
  if (/ENCRYPTED/u.test(value)) return 'It is encrypted with a passphrase. Set it to the decrypted key.';
  if (succeeds(() => createPrivateKey(value))) return undefined;
  return 'The private key in it cannot be read: it is damaged or not complete.';
}

/** Whether a private key belongs to the first certificate of a text. Both can be read. */
export function isKeyOf(certificate: string, key: string): boolean {
  return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
}

/** What happens to PEM text in variables and secret stores: its line ends are escaped or lost, its end is cut off. */
function formProblem(value: string, type: string, expected: string): string | undefined {
  const count = (word: string) => value.split(`-----${word} ${type}-----`).length - 1;
  if (type === '' || count('BEGIN') === 0) return expected;
  if (value.includes('\\n')) {
    return 'Its line ends are written as \\n, two characters each. Set it to the text with its lines, for example by replace(value, "\\\\n", "\\n").';
  }
  if (count('BEGIN') !== count('END')) return `It is cut off: the line -----END ${type}----- is missing.`;
  const beginsLine = new RegExp(`-----BEGIN ${type}-----[ \\t]*\\r?\\n`, 'gu');
  if ((value.match(beginsLine) ?? []).length === count('BEGIN')) return undefined;
  return 'Its line ends are lost: each line of PEM text must be a line.';
}

function succeeds(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
