/** The files of an export: their texts by path, relative to the folder of the output. */
export type ExportedFiles = ReadonlyMap<string, string>;
