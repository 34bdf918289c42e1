import { generateKeyPairSync } from 'node:crypto';
import { certificateProblem, isKeyOf, privateKeyProblem } from '../../src/settings/pem';
import { createCertificate } from '../../src/terraform/plugin/certificate';

let certificate = '';
let key = '';
beforeAll(async () => {
  ({ certificate, privateKey: key } = await createCertificate());
});

test('certificates and keys as files have them are right, whatever stands around them', () => {
  const { privateKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pkcs1 = rsa.export({ type: 'pkcs1', format: 'pem' }) as string;
  const texts = [
    certificate,
    certificate.trim(),
    certificate.replaceAll('\n', '\r\n'),
    `# Root\n${certificate}\n\n${certificate}`,
  ];
  expect(texts.map(certificateProblem)).toEqual(texts.map(() => undefined));
  expect([key, key.trim(), pkcs1].map(privateKeyProblem)).toEqual([undefined, undefined, undefined]);
});

/** What secret stores, variables and hands do to a text. */
const damages: readonly (readonly [string, (text: string) => string, RegExp])[] = [
  ['is a path', () => 'ca.pem', /PEM text, for example file\("/u],
  ['is empty', () => '', /PEM text/u],
  ['has escaped line ends', (text) => text.replaceAll('\n', '\\n'), /written as \\n/u],
  ['has spaces for line ends', (text) => text.replaceAll('\n', ' '), /line ends are lost/u],
  ['has lost its line ends', (text) => text.replaceAll('\n', ''), /line ends are lost/u],
  ['is cut off', (text) => text.slice(0, 200), /cut off: the line -----END/u],
  ['is cut off and followed by a whole one', (text) => text.slice(0, 200) + text, /cut off|cannot be read/u],
  ['lacks a line', (text) => text.split('\n').toSpliced(2, 1).join('\n'), /cannot be read: it is damaged/u],
  ['has another letter', (text) => text.replace(/\n[A-Za-z]/u, '\n!'), /cannot be read: it is damaged/u],
];

test.each(damages)('a certificate that %s is refused, and not shown', (_what, damage, problem) => {
  const found = certificateProblem(damage(certificate));
  expect(found).toMatch(problem);
  expect(found).not.toContain(certificate.split('\n')[1]);
});

test.each(damages.filter(([, , { source }]) => source !== 'PEM text'))(
  'a private key that %s is refused, and not shown',
  (_what, damage, problem) => {
    const found = privateKeyProblem(damage(key));
    expect(found).toMatch(problem);
    expect(found).not.toContain(key.split('\n')[1]);
  },
);

test('the damaged one of several is named', () => {
  const damaged = certificate.replace(/\n[A-Za-z]/u, '\n!');
  expect(certificateProblem(`${certificate}${damaged}`)).toMatch(/^Certificate 2 of 2/u);
});

test('a key with a passphrase, and one of another certificate, are recognised', async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const encrypted = privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'x',
  }) as string;
  expect(privateKeyProblem(encrypted)).toContain('encrypted with a passphrase');
  expect(isKeyOf(certificate, key)).toBe(true);
  expect(isKeyOf((await createCertificate()).certificate, key)).toBe(false);
});
