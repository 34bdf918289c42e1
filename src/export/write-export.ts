/** Writes an exported system in one of the formats. */
import type { Provenance } from './comments';
import type { ExportedPhone, ExportedSystem } from './exported-system';
import type { ExportedFiles } from './files';
import { loginKey, secretKey } from './secrets';
import { writeCdktf } from './write-cdktf';
import { writeHcl } from './write-hcl';
import { writeYaml } from './write-yaml';

export interface WriteOptions extends Provenance {
  /** The name of the environment, or of the CDKTF stack. */
  readonly environment: string;
  /** Whether each server has a file of its own. */
  readonly splitServers: boolean;
}

interface Format {
  readonly write: (system: ExportedSystem, options: WriteOptions) => ExportedFiles;
  /** The key of a phone in the variables that hold secrets; undefined where it has none. */
  readonly secretKey: (phone: ExportedPhone) => string | undefined;
}

/** The formats of an export, by their names on the command line. */
export const exportFormats = {
  yaml: { write: writeYaml, secretKey: loginKey },
  hcl: { write: writeHcl, secretKey },
  cdktf: { write: writeCdktf, secretKey },
} as const satisfies Record<string, Format>;

export type ExportFormat = keyof typeof exportFormats;
