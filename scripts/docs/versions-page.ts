/** The guide that lists what is supported. Builds, Node.js and the packages come from the code, the rest was tried. */
import packageJson from '../../package.json';
import { builds } from '../../src/model/builds';
import type { ObjectType } from '../../src/model/field-definition';
import { phoneAliasType } from '../../src/model/phone-alias-fields';
import { phoneType } from '../../src/model/phone-fields';
import { code, enumeration, frontMatter, page, table } from './markdown';

/** Builds whose behaviour is known (vicidial-api.md, Sources). */
export const knownBuilds = [
  { build: '150217-1404', version: '2.10-69', how: 'compared with a running server' },
  { build: '180301-2301', version: '2.14-107', how: 'compared with a running server' },
  { build: '200622-1609', version: '2.14-128', how: 'compared with a running server' },
  { build: '210113', version: '2.14-136', how: 'its source was read' },
  { build: '241004-1518', version: '2.14-194', how: 'compared with a running server: the reference' },
  { build: '250720', version: '2.14-202', how: 'its source was read' },
];

const packages: Readonly<Record<string, string>> = {
  cdktf: 'CDK for Terraform',
  cdktn: 'CDK Terrain',
  constructs: 'for both',
  '@cdktf/provider-null': 'optional, for CDK for Terraform',
};

/** A range of peers is what an app may have; what is developed with is what the tests run with. */
const { peerDependencies, devDependencies } = packageJson as {
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

export function versionsPage(): string {
  return page([
    frontMatter({
      title: 'Supported versions',
      description: 'Builds of VICIdial, engines, Node.js and packages that work, and what does not.',
    }),
    '# Supported versions',
    table(['what', 'version', 'how it is known'], rows()),
    '## VICIdial',
    `What a server can do follows from its build: \`phonestate doctor\` shows it. From build ${builds.oldest} on the behaviour is known. An older build, one without a date and a version that is none of VICIdial are used with a warning (\`build-unfamiliar\`); a build after ${builds.newest} is assumed to be like it.`,
    'A field that the build lacks is an error on the argument (`field-unknown-to-build`), because VICIdial would ignore it silently:',
    table(['from build', 'arguments'], fieldRows()),
    'With `read_from = "database"`, the columns of the database decide instead. Reading the database is tested with MariaDB.',
    '## Engines',
    'Plans and applies are the same with Terraform and OpenTofu. What a newer engine adds:',
    table(
      ['needs', 'what'],
      [
        ['Terraform 1.7, OpenTofu 1.7', '`removed` blocks; the HCL that `phonestate export` writes'],
        ['Terraform 1.8, OpenTofu 1.7', 'functions (`provider::vicidial::phone_id`)'],
        ['Terraform 1.10, OpenTofu 1.11', '`ephemeral` variables, which environment files use for the provider block'],
        ['Terraform 1.11, OpenTofu 1.11', 'write-only arguments (`phone_pass_wo`, `registration_password_wo`)'],
        ['Terraform 1.12', 'imports by identity'],
        ['Terraform 1.14', 'lists (`terraform query`) and the action `vicidial_server_refresh`'],
      ],
    ),
  ]);
}

function rows(): (readonly string[])[] {
  const { node } = packageJson.engines;
  return [
    ...knownBuilds.map(({ build, version, how }) => [`VICIdial, build ${build}`, version, how]),
    [
      'Forks of VICIdial',
      'by their build',
      'used with a warning where the version is none of VICIdial (`build-unfamiliar`)',
    ],
    [
      'GoAutodial 4',
      'not supported',
      'it keeps phones in the tables of Kamailio too, which the API of VICIdial does not write',
    ],
    ['Terraform', '1.5.7 and later', 'all tests with 1.11.4; the life cycle of a phone with 1.5.7 and 1.15.9'],
    ['OpenTofu', '1.12.6', 'the life cycle of a phone'],
    [
      'Node.js, of the provider and the command',
      node.replace('>=', '') + ' and later',
      'all tests with 20, the end-to-end tests of the life cycle with 22, 24 and 25; the provider refuses older ones',
    ],
    ...Object.entries(packages).map(([name, what]) => [
      `${code(name)}, ${what}`,
      code(peerDependencies[name] ?? ''),
      `the tests run with ${devDependencies[name]}`,
    ]),
    [
      'Operating systems',
      'Linux and macOS; Windows with the packages of a release, or WSL',
      'all tests run on Linux; the executables for macOS and Windows are built and not run',
    ],
    [
      'Executables without Node.js',
      'Linux with glibc (2.17 and later) or musl, macOS, Windows; x64 and arm64 (Windows: x64)',
      'all end-to-end tests with glibc on x64, the life cycle with musl 1.2.6; arm64 starts in an emulator of the processor',
    ],
  ];
}

/** Which arguments came with which build. */
function fieldRows(): (readonly string[])[] {
  const since = new Map<number, string[]>();
  for (const { fields } of [phoneType, phoneAliasType] as readonly ObjectType[])
    for (const [name, { sinceBuild }] of Object.entries(fields))
      if (sinceBuild) since.set(sinceBuild, [...(since.get(sinceBuild) ?? []), code(name)]);
  return [...since].sort(([one], [other]) => one - other).map(([build, names]) => [String(build), enumeration(names)]);
}
