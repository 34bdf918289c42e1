import { slowReading, type AnyReader } from '../../src/provider/reader-choice';
import { AdminReader } from '../../src/vicidial/admin/admin-reader';
import { inState, ReadSystem } from './readers';

const system = new ReadSystem('admin');
beforeAll(() => system.open());
afterEach(() => {
  jest.restoreAllMocks();
  return system.end();
});
afterAll(() => system.close());

// Only what the function reads of a reader.
const reader = (source: string, secondsReading: number) =>
  ({ source, secondsReading, pagesRead: 371 }) as unknown as AnyReader;

test('reading that took 30 seconds is slow: the warning says how many pages it was, and what is fast', () => {
  const { code, detail } = slowReading(reader('admin', 30)) ?? {};
  expect(code).toBe('reading-slow');
  expect(detail).toContain('371 admin pages were read in 30 seconds so far.');
  expect(detail).toContain('database_url');
});

test('shorter reading is not, and the database is never slow', () => {
  expect(slowReading(reader('admin', 29.9))).toBeUndefined();
  expect(slowReading(reader('database', 300))).toBeUndefined();
  expect(slowReading(undefined)).toBeUndefined();
});

test('a run says it once, with the first object that is read after 30 seconds', async () => {
  const extensions = ['55000', '55001', '55002', '55003'];
  for (const extension of extensions) system.store(extension, {});
  const walk = await system.start();
  const read = async (extension: string) => (await walk.read('vicidial_phone', inState(extension))).codes;
  expect(await read('55000')).toEqual([]);
  jest.spyOn(AdminReader.prototype, 'secondsReading', 'get').mockReturnValue(31);
  expect(await read('55001')).toEqual(['reading-slow']);
  expect(await Promise.all([read('55002'), read('55003')])).toEqual([[], []]);
});
