import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { knownBuilds } from '../../../scripts/docs/versions-page';
import { builds } from '../../../src/model/builds';

test('the builds that were compared with a running server are those of the recordings, which the emulator replays', () => {
  const recordings = readdirSync(join(__dirname, '../../emulator/recordings'));
  const dates = recordings.map((file) => /^build-(\d+)/u.exec(file)?.[1]);
  const compared = knownBuilds.filter(({ how }) => how.startsWith('compared')).map(({ build }) => build.slice(0, 6));
  expect(new Set(compared)).toEqual(new Set(dates));
});

test('the first and the last of the builds are those between which the behaviour is known', () => {
  const numbers = knownBuilds.map(({ build }) => Number(build.slice(0, 6)));
  expect([Math.min(...numbers), Math.max(...numbers)]).toEqual([builds.oldest, builds.newest]);
});
