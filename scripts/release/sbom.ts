/** The bill of materials of a release, in the format of CycloneDX: what is bundled in which program. */
import { Enums, Models, Serialize, Spec, SPDX } from '@cyclonedx/cyclonedx-library';

/** A package of the npm registry that is in a program. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its package.json states it. */
  readonly licence: string;
}

export interface SbomOptions {
  readonly version: string;
  readonly licence: string;
  /** Bun, which is in the executables. */
  readonly bunVersion: string;
  /** What is in which program, by the name of the program. */
  readonly programs: Readonly<Record<string, readonly BundledPackage[]>>;
}

/** The text of the file. It has neither a time nor a random number, so that the same release has the same file. */
export function sbom({ version, licence, bunVersion, programs }: SbomOptions): string {
  const bom = new Models.Bom();
  const { Application, Library, Platform } = Enums.ComponentType;
  const release = component(Application, { name: 'phonestate', version, licence });
  bom.metadata.component = release;
  const bun = component(Platform, { name: 'bun', version: bunVersion, licence: 'MIT' });
  bom.components.add(bun);
  const libraries = new Map<string, Models.Component>();
  for (const [name, packages] of Object.entries(programs)) {
    const program = component(Application, { name, version, licence }, { isPackage: false });
    bom.components.add(program);
    release.dependencies.add(program.bomRef);
    program.dependencies.add(bun.bomRef);
    for (const found of packages) {
      const key = `${found.name}@${found.version}`;
      const library = libraries.get(key) ?? component(Library, found);
      libraries.set(key, library);
      bom.components.add(library);
      program.dependencies.add(library.bomRef);
    }
  }
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  return `${new Serialize.JsonSerializer(factory).serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function component(
  type: Enums.ComponentType,
  { name, version, licence }: BundledPackage,
  { isPackage = true } = {},
): Models.Component {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const made = new Models.Component(type, name, {
    version,
    bomRef: isPackage ? purl : `${name}@${version}`,
    ...(isPackage ? { purl } : {}),
  });
  made.licenses.add(
    SPDX.isSupportedSpdxId(licence) ? new Models.SpdxLicense(licence) : new Models.NamedLicense(licence),
  );
  return made;
}
