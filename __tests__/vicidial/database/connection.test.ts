import { describeDatabase, failureOf, phone, system, useDatabase } from './database';

describeDatabase('the connection to the database', () => {
  const database = useDatabase();
  beforeAll(() => database.db.load(system));

  test('a wrong password is refused, and shown nowhere', async () => {
    const url = database.db.url({ user: 'reader', password: 'wrongword' });
    const failure = await failureOf(database.reader({ database_url: url }).read(phone('55000')));
    expect(failure).toMatchObject({ code: 'database-refused' });
    expect(failure.what).toContain('refused the login of user reader');
    expect(JSON.stringify(failure)).not.toContain('wrongword');
  });
});
