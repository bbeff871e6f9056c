import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cairn, type Run } from './cairn.ts';

/** Imports files of another program, written below a folder; `path` is what is named to the command. */
export async function importFiles(
  url: string,
  files: Record<string, string>,
  path: string,
  options: string[] = [],
): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-foreign-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    const run = await cairn(['import', join(folder, path), ...options], { DATABASE_URL: url });
    const short = (line: string): string =>
      line.replaceAll(`${folder}/`, '').replaceAll(folder, 'the-folder');
    return { status: run.status, out: run.out.map(short), err: run.err.map(short) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
