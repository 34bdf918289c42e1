import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { preProcessFile } from 'typescript';

/** Which rooms a room may import, besides itself: the arrows of the design. */
const arrows: Record<string, readonly string[]> = {
  model: [],
  vicidial: ['model'],
  terraform: [],
  provider: ['terraform', 'vicidial', 'model'],
  constructs: ['model'],
  emulator: [],
  // The command wires everything together, but reaches the provider by its entry point alone.
  cli: ['model', 'vicidial', 'terraform', 'provider', 'constructs', 'emulator'],
};

const root = resolve(__dirname, '..');
const src = join(root, 'src');

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}

function importedFiles(file: string): string[] {
  return preProcessFile(readFileSync(file, 'utf8'))
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => resolve(dirname(file), name));
}

// What belongs to no room is for all: the provider's name and version, and the package's own description.
const isShared = (target: string) => dirname(target) === src || target === join(root, 'package.json');
const roomOf = (file: string) => relative(src, file).split(sep)[0] ?? '';

describe('rooms', () => {
  test.each(Object.entries(arrows))('%s imports only what the arrows allow', (room, allowed) => {
    const strays = sources(join(src, room)).flatMap((file) =>
      importedFiles(file)
        .filter((target) => !isShared(target) && roomOf(target) !== room && !allowed.includes(roomOf(target)))
        .map((target) => `${relative(root, file)} imports ${relative(root, target)}`),
    );
    expect(strays).toEqual([]);
  });

  test('every room is in the list of arrows', () => {
    const rooms = readdirSync(src, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(rooms.sort()).toEqual(Object.keys(arrows).sort());
  });

  test('the command imports nothing of the provider but its entry point', () => {
    const inner = sources(join(src, 'cli'))
      .flatMap(importedFiles)
      .filter((target) => roomOf(target) === 'provider');
    expect(inner.filter((target) => !target.endsWith(join('provider', 'main')))).toEqual([]);
  });
});
