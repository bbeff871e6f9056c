import { chmod, cp, lstat, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { runProgram } from './program.ts';

/**
 * Copies PostgreSQL's programs to `target`, readable by every account, unless they are there. False when `target`
 * cannot be used: no right to write there, or somebody else's folder of that name. Whoever is killed half-way
 * leaves nothing under the name `target`; of two at once, one wins and both use it.
 */
export async function copyForEveryone(native: string, target: string): Promise<boolean> {
  if (!(await isOurs(target))) {
    const staging = await mkdtemp(`${target}.`).catch(() => undefined);
    if (!staging) return false;
    try {
      await cp(native, staging, { recursive: true, verbatimSymlinks: true });
      await openForEveryone(staging);
      // Otherwise a power cut soon after the rename could leave the name with empty files behind it.
      await runProgram('sync', ['-f', staging]);
      await rename(staging, target);
    } catch {
      // Either another process was quicker, or the place is full; the next look tells which.
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
    if (!(await isOurs(target))) return false;
  }
  await removeLeftovers(target);
  return true;
}

/** The name can be foreseen, and two of the places are open to all: only root's or our own closed folder will do. */
async function isOurs(target: string): Promise<boolean> {
  const found = await lstat(target).catch(() => undefined);
  if (!found?.isDirectory()) return false;
  return (found.uid === 0 || found.uid === process.getuid?.()) && (found.mode & 0o022) === 0;
}

/** The modes of the source are no guide: they come from the umask of whoever ran npm. */
async function openForEveryone(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openForEveryone(path);
    else if (entry.isFile()) await chmod(path, (await lstat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}

/**
 * A copy under way loses its folder here, and does not mind: it finds the finished one. Folders of others are left:
 * in a place open to all, root would delete through whatever links their owner swaps in.
 */
async function removeLeftovers(target: string): Promise<void> {
  for (const name of await readdir(dirname(target)).catch(() => [])) {
    const path = join(dirname(target), name);
    if (!name.startsWith(`${basename(target)}.`) || !(await isOurs(path))) continue;
    await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
