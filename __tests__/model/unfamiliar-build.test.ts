import { unfamiliarBuild } from '../../src/model/unfamiliar-build';
import { buildNumber } from '../../src/model/validate-build';

const texts = (version: string, build: string) => unfamiliarBuild({ version, build }).map(({ what }) => what);

test.each([
  ['2.14-194', '241004-1518'],
  ['2.10-69', '150217-1404'],
  ['2.14-202', '250720-1234'],
  ['2.14-128', '20201226-1'],
])('version %s and build %s are known', (version, build) => {
  expect(texts(version, build)).toEqual([]);
});

test.each<[string, string, string]>([
  ['GOautodial 4.0', '20201226-1', 'The version "GOautodial 4.0" is none of VICIdial'],
  ['3.0-1', '241004-1518', 'The build is taken for the one of VICIdial of its date.'],
  ['2.14-194', '130616-0000', 'It is taken for one that behaves like build 150217'],
  ['2.14-194', 'master', 'The build "master" has no date. It is taken for build 250720'],
  ['2.14-194', '4.0.1', 'has no date'],
])('of version %s and build %s it is said what is assumed', (version, build, text) => {
  expect(texts(version, build)).toEqual([expect.stringContaining(text)]);
});

test('what is assumed of version and build stands in one warning', () => {
  expect(texts('x', '130616-0000')).toEqual([expect.stringMatching(/version "x".*build "130616-0000"/u)]);
});

test.each([
  ['20201226-1', 201226],
  ['201226-1', 201226],
  ['20130101', 130101],
  ['241004-1518', 241004],
  ['2020122', 250720],
])('build %s counts as %i', (build, number) => {
  expect(buildNumber(build)).toBe(number);
});
