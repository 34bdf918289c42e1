import { createServer, connect, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { once } from 'node:events';
import { PhonestateError } from '../../../src/model/failures';
import { phoneType } from '../../../src/model/phone-fields';
import { describeDatabase, failureOf, makeReader, phone, server, system, useDatabase } from './database';
import { useTemporaryFolder } from '../../temporary-folder';

const twoAttempts = { maxAttempts: 2, initialDelayMs: 1, maxElapsedMs: 60_000 };
const stored = { extension: '55000', server_ip: server };

/** Forwards connections, as `ssh -L` does, until the test ends. */
async function tunnel(listenOn: object, target: object): Promise<Server> {
  const made = createServer((from) => {
    const to = connect(target as never);
    from.on('error', () => to.destroy()).pipe(to);
    to.on('error', () => from.destroy()).pipe(from);
  });
  await once(made.listen(listenOn), 'listening');
  return made;
}

describeDatabase('the connection to the database', () => {
  const database = useDatabase();
  const folder = useTemporaryFolder('file');
  beforeAll(() => database.db.load({ ...system, phones: [stored] }));
  const read = (database_url: string, settings = {}) =>
    database.reader({ database_url, ...settings }).read(phone('55000'));

  test('goes through a Unix socket, and through tunnels to a port or a socket', async () => {
    const [host, port] = ['127.0.0.1', database.db.port];
    const local = join(folder.path, 'tunnel.sock');
    const tunnels = [
      await tunnel({ host, port: 0 }, { host, port }),
      await tunnel({ path: local }, { host, port }),
      await tunnel({ path: join(folder.path, 'other.sock') }, { path: database.db.socket }),
    ];
    const forwarded = (tunnels[0]?.address() as AddressInfo).port;
    const login = 'mysql://reader:readerword@localhost';
    const urls = [
      `${login}/asterisk?socket=${encodeURIComponent(database.db.socket)}`,
      `mysql://reader:readerword@127.0.0.1:${forwarded}/asterisk`,
      `${login}/asterisk?socket=${local}`,
      `${login}/asterisk?socket=${join(folder.path, 'other.sock')}`,
    ];
    for (const url of urls) expect(await read(url)).toMatchObject({ status: 'found' });
    for (const each of tunnels) each.close();
  });

  test('uses database_password before the password in the URL', async () => {
    const url = database.db.url({ user: 'reader', password: 'wrongword' });
    expect(await read(url, { database_password: 'readerword' })).toMatchObject({ status: 'found' });
  });

  test('decodes user, password and database of the URL', async () => {
    await database.db.sql(
      "create user 'a@b:c/d'@'%' identified by 'p@:/?#%'; grant select on asterisk.* to 'a@b:c/d'@'%'",
    );
    const url = database.db.url({ user: encodeURIComponent('a@b:c/d'), password: 'p@:/?#%' });
    expect(await read(url)).toMatchObject({ status: 'found' });
    expect(() => makeReader({ database_url: 'mysql://reader:50%@localhost/asterisk' })).toThrow('database_url has a %');
  });

  test('refused logins and unknown databases are named, and no password is', async () => {
    const url = (changed: object) => database.db.url({ user: 'reader', password: 'readerword', ...changed });
    await database.db.sql("create user nothing@'%' identified by 'nothingword'");
    const cases: [string, string][] = [
      [url({ password: 'wrongword' }), 'refused the login of user reader'],
      [url({ password: '' }), 'refused the login of user reader'],
      [url({ user: 'unknown' }), 'refused the login of user unknown'],
      [url({}).replace('/asterisk', '/elsewhere'), 'is not accessible to user reader, or does not exist'],
      [url({ user: 'nothing', password: 'nothingword' }), 'is not accessible to user nothing, or does not exist'],
    ];
    for (const [database_url, what] of cases) {
      const failure = await failureOf(read(database_url));
      expect(failure).toMatchObject({ code: 'database-refused' });
      expect(failure.what).toContain(what);
      expect(JSON.stringify(failure)).not.toMatch(/readerword|wrongword|nothingword/u);
    }
    const root = `mysql://root@localhost/elsewhere?socket=${encodeURIComponent(database.db.socket)}`;
    expect((await failureOf(read(root))).what).toBe(
      `The database elsewhere at ${database.db.socket} does not exist (ER_BAD_DB_ERROR).`,
    );
  });

  test('a server that is not reachable, or silent, is unreachable after the attempts of the policy', async () => {
    // It reads, and never answers.
    const silent = createServer((socket) => void socket.resume());
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const { port } = silent.address() as AddressInfo;
    const cases: [string, string][] = [
      ['mysql://reader:readerword@127.0.0.1:1/asterisk', 'it refuses connections (ECONNREFUSED)'],
      ['mysql://reader:readerword@localhost/asterisk?socket=/nowhere.sock', 'its socket does not exist (ENOENT)'],
      [`mysql://reader:readerword@127.0.0.1:${port}/asterisk`, 'it did not accept a connection within 1 s'],
    ];
    for (const [database_url, what] of cases) {
      const reader = database.reader({ database_url, request_timeout_seconds: 1 }, { retryPolicy: twoAttempts });
      const failure = await failureOf(reader.read(phone('55000')));
      expect(failure).toMatchObject({ code: 'database-unreachable' });
      expect(failure.what).toContain(what);
      expect(failure.what).toContain('Gave up after 2 attempts');
      expect(JSON.stringify(failure)).not.toContain('readerword');
    }
    silent.close();
  });

  describe('in the middle of a run', () => {
    /** Starts a reading that waits for the table, and does something meanwhile. */
    async function whileReading(settings: object, options: object, act: () => Promise<unknown>) {
      await database.db.sql('lock tables phones write');
      const reading = database.reader(settings, options).read(phone('55000'));
      // An error is expected only later.
      reading.catch(() => {});
      await waitForQuery();
      await act();
      await database.db.sql('unlock tables');
      return reading;
    }
    async function waitForQuery(): Promise<void> {
      const waiting =
        "select count(*) as n from information_schema.processlist where user = 'reader' and state like '%lock%'";
      for (let tries = 0; tries < 500; tries += 1) {
        if (Number((await database.db.sql(waiting))[0]?.n) > 0) return;
      }
      throw new Error('No query waits.');
    }

    test('a lost connection is opened again, and the query repeated', async () => {
      const kill = () => database.db.killConnections();
      expect(await whileReading({}, { retryPolicy: twoAttempts }, kill)).toMatchObject({ status: 'found' });
      const failure = await failureOf(whileReading({}, {}, kill));
      expect(failure).toMatchObject({ code: 'database-unreachable' });
      expect(failure.what).toContain('the connection was lost');
    });

    test('an idle connection that was lost is replaced', async () => {
      const reader = database.reader({}, { retryPolicy: twoAttempts });
      await reader.read(phone('55000'));
      await database.db.killConnections();
      expect(await reader.readAgain(phone('55000'))).toMatchObject({ status: 'found' });
    });

    test('a query has a time limit', async () => {
      await database.db.sql('lock tables phones write');
      const failure = await failureOf(database.reader({ request_timeout_seconds: 1 }).read(phone('55000')));
      await database.db.sql('unlock tables');
      expect(failure).toMatchObject({ code: 'database-unreachable' });
      expect(failure.what).toContain('a query was not answered within 1 s');
    });

    test('after a stop no query starts, and the reason is thrown', async () => {
      const stopping = new AbortController();
      const reason = PhonestateError.of('run-interrupted', { what: 'Stopped.' });
      const reader = database.reader({}, { signal: stopping.signal });
      await reader.list(phoneType);
      stopping.abort(reason);
      expect(await reader.read(phone('55000'))).toMatchObject({ status: 'found' });
      const statements = await database.db.statements(async () => {
        await expect(reader.readAgain(phone('55000'))).rejects.toBe(reason);
        await expect(reader.servers()).rejects.toBe(reason);
      });
      expect(statements).toEqual([]);
    });
  });
});
