import { startEmulator } from '../../src/emulator/emulator';
import { phoneAliasType } from '../../src/model/phone-alias-fields';
import { connectClient } from '../../testing/client';
import { executeAll } from '../../src/vicidial/api/execute';
import { diff } from '../../src/model/diff';
import { phoneType } from '../../src/model/phone-fields';
import { complete } from '../model/samples';
import { alias, describeDatabase, opened, phone, useDatabase } from '../vicidial/database/database';
import { sampleSystem } from '../../src/emulator/system-data';

describeDatabase('a database that is kept equal to an emulator', () => {
  const database = useDatabase();

  test('has each write when the reply arrives, and nothing after the end', async () => {
    const emulator = await startEmulator({ data: sampleSystem });
    const sync = await database.db.sync(emulator.store, sampleSystem);
    const [client, reader] = [connectClient(emulator.url), database.reader()];
    const named = { ...complete, phone_full_name: 'Back office' };
    const desks = { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000'] };
    try {
      await executeAll(client, diff(phoneType, complete, null));
      await executeAll(client, diff(phoneAliasType, desks, null));
      const created = await reader.readAgain(phone('55000'));
      expect(created.status === 'found' && opened(created.values)).toMatchObject(opened(complete));
      expect(await reader.readAgain(alias('desks'))).toEqual({ status: 'found', values: desks });
      await executeAll(client, diff(phoneType, named, complete));
      expect(await reader.readAgain(phone('55000'))).toMatchObject({ values: { phone_full_name: 'Back office' } });
      await executeAll(client, diff(phoneType, null, named));
      expect(await reader.readAgain(phone('55000'))).toEqual({ status: 'not-found' });
      await sync.stop();
      await executeAll(client, diff(phoneType, complete, null));
      expect(await reader.readAgain(phone('55000'))).toEqual({ status: 'not-found' });
    } finally {
      await client.close();
      await emulator.close();
    }
  });

  test('has what a test changes in the store, when it is refreshed', async () => {
    const emulator = await startEmulator({ data: sampleSystem });
    const sync = await database.db.sync(emulator.store, sampleSystem);
    const user = emulator.store.users.get('6666');
    if (user) user.delete_phones = false;
    expect(await database.reader().mayDelete()).toBe(true);
    sync.refresh();
    expect(await database.reader().mayDelete()).toBe(false);
    const reader = database.reader();
    expect((await reader.servers()).map(({ ip }) => ip)).toEqual(sampleSystem.servers);
    expect((await reader.templates()).map(({ id }) => id)).toEqual(sampleSystem.templates);
    await emulator.close();
  });
});
