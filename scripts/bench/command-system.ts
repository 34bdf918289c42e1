/** The system that commands read: an emulator for the API, and a database with the same phones. */
import { startEmulator } from '../../src/emulator/emulator';
import { sampleSystem, type SystemInput } from '../../src/emulator/system-data';
import { MariaDb, mariaDbMissing } from '../../testing/mariadb';
import { fleet, type Phone } from './providers';

export interface CommandSystem {
  /** The address of the API. */
  readonly url: string;
  readonly hasDatabase: boolean;
  /** The variables with which commands read the system, from the database where there is one. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Each tenth phone is another than the files have it. */
const phonesPerChange = 10;

export async function openCommandSystem(phones: number): Promise<CommandSystem> {
  const data: SystemInput = { ...sampleSystem, phones: fleet(phones).map(storedRow) };
  const emulator = await startEmulator({ data });
  const database = mariaDbMissing === undefined ? await MariaDb.start() : undefined;
  await database?.load(data);
  return {
    url: emulator.url,
    hasDatabase: database !== undefined,
    environment: {
      VICIDIAL_URL: emulator.url,
      VICIDIAL_USER: '6666',
      VICIDIAL_PASSWORD: 'admin1234',
      ...(database ? { VICIDIAL_READ_FROM: 'database', VICIDIAL_DATABASE_URL: database.url() } : {}),
    },
    close: async () => {
      await emulator.close();
      await database?.stop();
    },
  };
}

function storedRow(phone: Phone, index: number): NonNullable<SystemInput['phones']>[number] {
  const row = Object.fromEntries(Object.entries(phone).map(([name, value]) => [name, String(value)]));
  const own = index % phonesPerChange === 0 ? { outbound_cid: '7275559999', phone_full_name: 'Changed by hand' } : {};
  // The fields of a phone, which are the columns of its row.
  return { ...row, ...own } as NonNullable<SystemInput['phones']>[number];
}
