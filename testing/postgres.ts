/** A private PostgreSQL for the tests of state backends: on loopback, in a temporary folder, with one user. */
import { spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import which from 'which';
import { freePort, startServer, stopServer } from './server-process';

const user = 'states';
const password = 'statesword';

/** Debian has the programs of the server in a folder of each version, and not on the PATH. */
const versions = '/usr/lib/postgresql';
const folders = (existsSync(versions) ? readdirSync(versions) : [])
  .sort((a, b) => Number(b) - Number(a))
  .map((version) => join(versions, version, 'bin'));
const path = [...folders, process.env.PATH ?? ''].join(':');
const server = which.sync('postgres', { nothrow: true, path });
const initdb = which.sync('initdb', { nothrow: true, path });

/** Why no PostgreSQL can be started here; undefined where one can. */
export const postgresMissing =
  server === null || initdb === null ? 'no postgres is installed (Debian: postgresql)' : undefined;

/** It refuses to run as root, so it then runs as the user whom nothing belongs to. */
const unprivileged = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;

export class Postgres {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** Starts a server with an empty database. */
  static async start(): Promise<Postgres> {
    const folder = mkdtempSync(join(tmpdir(), 'phonestate-postgres-'));
    try {
      if (unprivileged) chownSync(folder, unprivileged.uid, unprivileged.gid);
      const data = join(folder, 'data');
      initialise(data, join(folder, 'password'));
      const port = await freePort();
      const child = await startServer({
        command: server ?? '',
        // A test needs no data that outlives the machine.
        args: ['-D', data, '-k', folder, '-h', '127.0.0.1', '-p', String(port), '-F', '-N', '20'],
        readyText: 'ready to accept connections',
        stopSignal: 'INT',
        user: unprivileged,
      });
      return new Postgres(child, folder, port);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** The value of `PG_CONN_STR`, from which a backend of the type `pg` takes its database. */
  get url(): string {
    return `postgres://${user}:${password}@127.0.0.1:${this.port}/postgres?sslmode=disable`;
  }

  async stop(): Promise<void> {
    await stopServer(this.process);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function initialise(data: string, passwordFile: string): void {
  writeFileSync(passwordFile, password);
  if (unprivileged) chownSync(passwordFile, unprivileged.uid, unprivileged.gid);
  const args = ['-D', data, '-U', user, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--no-sync', '--locale=C'];
  const { status, stderr } = spawnSync(initdb ?? '', [...args, '--encoding=UTF8'], {
    encoding: 'utf8',
    // It may not be able to read the folder of this process.
    cwd: tmpdir(),
    timeout: 60_000,
    ...unprivileged,
  });
  if (status !== 0) throw new Error(`initdb failed:\n${stderr}`);
}
