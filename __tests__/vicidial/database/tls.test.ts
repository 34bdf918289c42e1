import { createCertificate } from '../../../src/terraform/plugin/certificate';
import { MariaDb } from '../../../testing/mariadb';
import { useTemporaryFolder } from '../../temporary-folder';
import { authorityMissing, signCertificate, type SignedCertificate } from './authority';
import { describeDatabase, failureOf, phone, system, useDatabase } from './database';

const describeTls = (name: string, tests: () => void) =>
  authorityMissing === undefined
    ? describeDatabase(name, tests)
    : describe.skip(`${name} (skipped: ${authorityMissing})`, tests);

describeTls('TLS to the database', () => {
  const folder = useTemporaryFolder('file');
  let signed: SignedCertificate;
  let db: MariaDb;
  const plain = useDatabase();
  beforeAll(async () => {
    signed = signCertificate(folder.path, 'DNS:localhost,DNS:db.example.com,IP:127.0.0.1');
    db = await MariaDb.start({ tls: signed });
    await db.load({ ...system, phones: [{ extension: '55000', server_ip: '10.0.0.11' }] });
    await db.sql("create user tls@'%' identified by 'tlsword' require ssl; grant select on asterisk.* to tls@'%'");
  });
  afterAll(() => db.stop());
  const login = { user: 'tls', password: 'tlsword' };
  const read = (database_url: string, authority?: string) =>
    plain.reader({ database_url, database_ca_certificate: authority }).read(phone('55000'));
  const problem = async (database_url: string, authority?: string) => {
    const { code, what } = await failureOf(read(database_url, authority));
    return `${code}: ${what}`;
  };

  test('is used with an authority, for names and for addresses', async () => {
    // This user is refused without TLS.
    for (const host of ['localhost', '127.0.0.1'])
      expect(await read(db.url({ ...login, host }), signed.authority)).toMatchObject({ status: 'found' });
    expect(await problem(db.url(login))).toContain('or only with TLS (ER_ACCESS_DENIED_ERROR)');
  });

  test('through a socket, the name of the URL is verified', async () => {
    const url = (host: string) => `mysql://tls:tlsword@${host}/asterisk?socket=${encodeURIComponent(db.socket)}`;
    expect(await read(url('db.example.com'), signed.authority)).toMatchObject({ status: 'found' });
    expect(await problem(url('other.example.com'), signed.authority)).toContain('database-tls-failed');
    // An address that the certificate does not have.
    expect(await problem(url('127.0.0.2'), signed.authority)).toContain('database-tls-failed');
  });

  test('a certificate of another authority, or for another name, is refused before the login', async () => {
    const own = await createCertificate();
    const other = await MariaDb.start({ tls: { key: own.privateKey, certificate: own.certificate } });
    await other.load(system);
    const reason = 'was reached, but its certificate was not accepted';
    const entries = await other.log(async () => {
      expect(await problem(other.url({ host: 'localhost' }), signed.authority)).toContain(reason);
      expect(await problem(other.url({ host: '127.0.0.1' }), own.certificate)).toContain(reason);
    });
    expect(entries.filter(({ command }) => command === 'Connect')).toEqual([]);
    expect(await read(other.url({ host: 'localhost' }), own.certificate)).toEqual({ status: 'not-found' });
    await other.stop();
  });

  test('a server without TLS is refused', async () => {
    expect(await problem(plain.db.url(), signed.authority)).toContain(
      'it has no TLS, which database_ca_certificate asks for',
    );
  });

  test('a server that requires TLS refuses others', async () => {
    await db.sql('set global require_secure_transport = on');
    expect(await problem(db.url())).toContain('or only with TLS');
    await db.sql('set global require_secure_transport = off');
  });
});
