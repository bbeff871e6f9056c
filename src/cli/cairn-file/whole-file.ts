import { randomBytes } from 'node:crypto';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { accepted, type Result, refused } from '../../platform/core/result.ts';

/**
 * Writes a file whole: beside it first, and in its place when all is there, so that whoever is killed half-way, or whose
 * disk is full, still has the old one. Its owner alone may read a new one: it has addresses in it, and what few may see.
 * A pipe or a terminal is written to as it is. Refuses what cannot be written, in words.
 */
export async function writeWhole(
  path: string,
  parts: Iterable<string | readonly string[]> | AsyncIterable<string | readonly string[]>,
): Promise<Result<null>> {
  try {
    const place = await realpath(path).catch(() => path);
    const present = await stat(place).catch(() => null);
    if (present?.isDirectory()) return refused('folder', `${path} is a folder; name a file.`);
    if (present !== null && !present.isFile()) {
      const stream = await open(place, 'w');
      await writeAll(stream, parts);
      return accepted(null);
    }
    const beside = join(dirname(place), `.${basename(place)}.${randomBytes(4).toString('hex')}.part`);
    try {
      const file = await open(beside, 'wx', present === null ? 0o600 : present.mode & 0o777);
      await writeAll(file, parts);
      await rename(beside, place);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
    return accepted(null);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
    if (error.code === 'ENOENT') return refused('no-folder', `There is no folder ${dirname(path)}.`);
    return refused('unwritable', `${path} cannot be written (${String(error.code)}).`);
  }
}

async function writeAll(
  file: FileHandle,
  parts: Iterable<string | readonly string[]> | AsyncIterable<string | readonly string[]>,
): Promise<void> {
  try {
    for await (const part of parts) {
      await file.writeFile(typeof part === 'string' ? part : part.map((line) => `${line}\n`).join(''));
    }
    const { isFile } = await file.stat().then((stats) => ({ isFile: stats.isFile() }));
    if (isFile) await file.sync();
  } finally {
    await file.close();
  }
}
