import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { type Identity, runProgram } from './program.ts';
import { EmbeddedPostgresRefusal } from './refusal.ts';
import { giveTo } from './unprivileged-user.ts';

/** Where things are; `as` is whom the server runs as. */
export type Cluster = { dataDir: string; dir: string; logFile: string; as: Identity };

/** Inside the cluster, so that the one rename that publishes the cluster publishes its password too. */
const PASSWORD_FILE = 'cairn.password';
const STAGING_PREFIX = 'postgres.new-';

const HOST_RULES = `# Written by Cairn: TCP from this machine only, always with the password.
host all all 127.0.0.1/32 scram-sha-256
`;

/**
 * Sorting and case come from PostgreSQL's own C.UTF-8 and are the same on every machine. LC_CTYPE still matters to
 * what asks libc what a letter is: with LC_CTYPE=C, pg_trgm finds no letters in "Платежи" (no trigrams, similarity
 * 0), with any UTF-8 locale it does ("Платежи" and "ПЛАТЕЖИ": 1; "Überweisung" and "überweisungen": 0.73). So the
 * first that the machine knows is taken: C.UTF-8 is in glibc, the next two in macOS. C is better than no database.
 */
const CHARACTER_TYPES = ['C.UTF-8', 'en_US.UTF-8', 'UTF-8', 'C'];

/**
 * How PostgreSQL is told its folder, with the working directory set to it. Another identity may not walk there by
 * name when a folder above is closed (0700, root's home). /proc/self/cwd needs no walk, and PostgreSQL stays in
 * that directory for life, so the name holds for its children, reloads and restarts after a crash too. The other
 * way, an ambient CAP_DAC_OVERRIDE, would hand the server a part of root.
 */
export function folderArgument(cluster: Cluster, dir = cluster.dir): string {
  return cluster.as ? '/proc/self/cwd' : dir;
}

/**
 * Makes the cluster unless it exists; true when this call made it. Everything happens in a folder beside, which
 * becomes the cluster by one rename: a run killed half-way leaves no half cluster, of two starters one wins.
 */
export async function createCluster(
  cluster: Cluster,
  binaries: Binaries,
  settings: string[],
): Promise<boolean> {
  if (await clusterExists(cluster)) return false;
  const staging = await mkdtemp(join(cluster.dataDir, STAGING_PREFIX));
  try {
    await fillStaging(staging, cluster, binaries, settings);
    await rename(staging, cluster.dir);
    await syncFolder(cluster.dataDir);
    return true;
  } catch (error) {
    // Also when a quicker starter has swept our folder away in the middle of the work.
    if (await clusterExists(cluster)) return false;
    throw error;
  } finally {
    await rm(staging, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

/**
 * Makes an existing cluster fit to be served: the right owner, closed to others, no leftovers beside it. Refuses
 * data of another major version.
 */
export async function prepareCluster(cluster: Cluster, binaries: Binaries): Promise<void> {
  const version = (await readFile(join(cluster.dir, 'PG_VERSION'), 'utf8')).trim();
  if (version !== binaries.major) {
    throw new EmbeddedPostgresRefusal(
      `The data in ${cluster.dir} are of PostgreSQL ${version}, this Cairn brings PostgreSQL ${binaries.major}: export with the Cairn that made them, or upgrade them with pg_upgrade.`,
    );
  }
  await giveTo(cluster.as, cluster.dir);
  if ((await stat(cluster.dir)).mode & 0o027) await chmod(cluster.dir, 0o700);
  for (const name of await readdir(cluster.dataDir)) {
    if (!name.startsWith(STAGING_PREFIX)) continue;
    // An initdb whose starter was killed may still write there; what cannot go now goes at the next start.
    await rm(join(cluster.dataDir, name), { recursive: true, force: true }).catch(() => {});
  }
}

/** The password of the role cairn. Refuses when the file is gone: without it nobody gets in. */
export async function readPassword(cluster: Cluster): Promise<string> {
  const path = join(cluster.dir, PASSWORD_FILE);
  const password = await readFile(path, 'utf8').catch(() => '');
  if (password) return password;
  throw new EmbeddedPostgresRefusal(`The password of the embedded database is missing: restore ${path}.`);
}

async function clusterExists({ dir }: Cluster): Promise<boolean> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (names.includes('PG_VERSION')) return true;
  if (names.length === 0) return false;
  throw new EmbeddedPostgresRefusal(`${dir} is not empty and holds no PostgreSQL data: move it away.`);
}

async function fillStaging(
  dir: string,
  cluster: Cluster,
  binaries: Binaries,
  settings: string[],
): Promise<void> {
  if (cluster.as) await chown(dir, cluster.as.uid, cluster.as.gid);
  await initialise(dir, cluster, binaries, settings);

  const password = randomBytes(32).toString('hex');
  await writeFile(join(dir, 'pg_hba.conf'), HOST_RULES, { flush: true });
  await writeFile(join(dir, PASSWORD_FILE), password, { mode: 0o600, flag: 'wx', flush: true });
  if (cluster.as) await chown(join(dir, PASSWORD_FILE), cluster.as.uid, cluster.as.gid);

  // The single-user server needs no password yet, opens no port, and takes the secret from its input: not from an
  // argument, which every process could read, nor from a file, which initdb would want outside this folder.
  const statements = `alter role cairn password '${password}'\ncreate database cairn\n`;
  const args = [
    '--single',
    '-D',
    folderArgument(cluster, dir),
    '-c',
    'exit_on_error=on',
    ...settings,
    'postgres',
  ];
  const result = await runProgram(binaries.postgres, args, { as: cluster.as, cwd: dir, input: statements });
  if (!result.ok) throw new Error(`The database cairn could not be made:\n${result.output}`);
}

async function initialise(
  dir: string,
  cluster: Cluster,
  binaries: Binaries,
  settings: string[],
): Promise<void> {
  const args = ['-D', folderArgument(cluster, dir), '-U', 'cairn', '--auth=trust', '--no-instructions'];
  args.push('--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C');
  if (settings.includes('fsync=off')) args.push('--no-sync');
  let output = '';
  for (const characterType of CHARACTER_TYPES) {
    const options = { as: cluster.as, cwd: dir };
    const result = await runProgram(binaries.initdb, [...args, `--lc-ctype=${characterType}`], options);
    if (result.ok) return;
    output = result.output;
    if (!output.includes('invalid locale name')) break;
  }
  throw new Error(`initdb failed:\n${output}`);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
