import { describeDatabase, system, useDatabase } from './database';

describeDatabase('whether the database is a replica', () => {
  const database = useDatabase();
  beforeAll(() => database.db.load(system));
  const status = (settings = {}) => database.reader(settings).replica();
  const grantStatus = "grant slave monitor on *.* to reader@'%'";

  test('a server that shows no sign of a replication is a primary, with the privilege to ask and without', async () => {
    expect(await status()).toBe('primary');
    await database.db.sql(grantStatus);
    expect(await status()).toBe('primary');
  });

  test('a server that accepts no writes is a replica', async () => {
    await database.db.sql('set global read_only = on');
    expect(await status()).toBe('replica');
    await database.db.sql('set global read_only = off');
  });

  test('a server that replicates, or would when it is started, is a replica', async () => {
    await database.db.sql("change master to master_host = '127.0.0.1', master_port = 1, master_user = 'nothing'");
    expect(await status()).toBe('replica');
    await database.db.sql("revoke slave monitor on *.* from reader@'%'; start slave sql_thread");
    expect(await status()).toBe('replica');
    await database.db.sql('stop slave; reset slave all');
  });

  test('a server that has replicated is unknown without the privilege to ask, and a primary with it', async () => {
    await database.db.sql("set global gtid_slave_pos = '0-1-100'");
    expect(await status()).toBe('unknown');
    await database.db.sql(grantStatus);
    expect(await status()).toBe('primary');
    await database.db.sql("set global gtid_slave_pos = ''; revoke slave monitor on *.* from reader@'%'");
  });

  test('database_is_replica decides without a query', async () => {
    const statements = await database.db.statements(async () => {
      expect(await status({ database_is_replica: true })).toBe('replica');
      expect(await status({ database_is_replica: false })).toBe('primary');
    });
    expect(statements).toEqual([]);
  });

  test('the server is asked once in a run', async () => {
    const reader = database.reader();
    await reader.replica();
    expect(await database.db.statements(() => reader.replica())).toEqual([]);
  });
});
