/** File systems that are read-only or full, where the machine lets this user mount one. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** Whether this user may mount a file system: root in a container that allows it. */
export function canMount(folder: string): boolean {
  try {
    mountMemory(folder, 'size=16k');
    unmount(folder);
    return true;
  } catch {
    return false;
  }
}

/**
 * Mounts a file system in memory at a folder, which is made.
 *
 * @param options of mount: `ro` is read-only, `nr_inodes=1` holds no file at all
 * @throws Error where this user may not mount it
 */
export function mountMemory(folder: string, options: string): void {
  mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', folder], { stdio: 'pipe' });
}

/** Undoes `mountMemory`. */
export function unmount(folder: string): void {
  execFileSync('umount', [folder], { stdio: 'pipe' });
}
