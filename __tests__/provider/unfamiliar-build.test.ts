/** A system that is no VICIdial of a known build is a warning, once in a run, wherever its version is read. */
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { PlanWalk, type Arguments } from './plan-walk';
import { details, phone } from './server';

let emulator: Emulator | undefined;
afterEach(() => emulator?.close());

async function start(build: string, version?: string, settings: Arguments = {}): Promise<PlanWalk> {
  emulator = await startEmulator({ build, names: { version } });
  return PlanWalk.start(emulator, settings);
}

test('a plan warns of it with its first create, and not again', async () => {
  const walk = await start('20201226-1', '4.0-fork');
  const first = await walk.plan('vicidial_phone', phone('55000'));
  expect(first.codes).toEqual(['build-unfamiliar']);
  expect(details(first)).toContain('The version "4.0-fork" is none of VICIdial.');
  expect((await walk.plan('vicidial_phone', phone('55001'))).codes).toEqual([]);
});

test.each<[string, Arguments]>([
  ['api', { read_from: 'api' }],
  ['admin', { read_from: 'admin' }],
])('the data source of the system warns of it, read from %s, and the plan then does not', async (_reader, settings) => {
  const walk = await start('130701', undefined, settings);
  const read = await walk.readData('vicidial_system');
  expect(read.codes).toEqual(['build-unfamiliar']);
  expect(details(read)).toContain('behaves like build 150217');
  expect((await walk.plan('vicidial_phone', phone('55000'))).codes).not.toContain('build-unfamiliar');
});

test('the build of a fork that is a date is that date: what came later is refused', async () => {
  const walk = await start('20180301-1');
  const planned = await walk.plan('vicidial_phone', phone('55000', { template_id: 'SIP_generic' }));
  expect(planned.codes).toContain('field-unknown-to-build');
});

test('a known build is no warning', async () => {
  const walk = await start('241004');
  expect((await walk.readData('vicidial_system')).codes).toEqual([]);
  expect((await walk.plan('vicidial_phone', phone('55000'))).codes).toEqual([]);
});
