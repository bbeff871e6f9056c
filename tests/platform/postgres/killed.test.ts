import { access, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { makeDataDir, makeUsedDataDir, open, openInChild, query, serverPid, until } from './support.ts';

vi.setConfig({ testTimeout: 30_000 });

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** The steps of a first start, each seen by what it leaves in the folder. */
const steps: Record<string, (dataDir: string) => Promise<boolean>> = {
  'has made its folder': exists,
  'has begun initdb': async (dataDir) => (await stagingFiles(dataDir)).length > 0,
  'has finished initdb': async (dataDir) => (await stagingFiles(dataDir)).includes('cairn.password'),
  'has published the cluster': (dataDir) => exists(join(dataDir, 'postgres')),
  'has started the server': (dataDir) => exists(join(dataDir, 'postgres', 'postmaster.pid')),
};

async function stagingFiles(dataDir: string): Promise<string[]> {
  const staging = (await readdir(dataDir)).find((name) => name.startsWith('postgres.new-'));
  return staging ? readdir(join(dataDir, staging)) : [];
}

describe('after a kill', () => {
  it('the next bot adopts the server that the killed one left, with its data, and stops it in the end', async () => {
    const dataDir = await makeUsedDataDir();
    const killed = openInChild(dataDir, 'bot');
    const said = await killed.said;
    await query(said?.connectionString ?? '', 'create table kept as select 7 as number');
    const pid = await serverPid(dataDir);
    await killed.kill();

    const next = await open(dataDir, 'bot');
    expect(next).toMatchObject({ origin: 'joined', connectionString: said?.connectionString });
    expect(await serverPid(dataDir)).toBe(pid);
    expect(await query(next.connectionString, 'select number from kept')).toEqual([{ number: 7 }]);
    await next.close();
    expect(await serverPid(dataDir)).toBeUndefined();
  });

  it.each(Object.entries(steps))('of a first start that %s, the next start works', async (_step, reached) => {
    const dataDir = await makeDataDir();
    const killed = openInChild(dataDir, 'bot');
    await until(() => reached(dataDir));
    await killed.kill();

    const next = await open(dataDir, 'bot');
    expect(await query(next.connectionString, 'select current_database() as name')).toEqual([
      { name: 'cairn' },
    ]);
    await next.close();
    // An initdb that outlived its starter may still have held its folder; the next start takes it away.
    if ((await readdir(dataDir)).length > 2) await (await open(dataDir, 'bot')).close();
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log']);
  });

  it('of the server itself, it recovers', async () => {
    const dataDir = await makeUsedDataDir();
    const first = await open(dataDir, 'command');
    await query(first.connectionString, 'create table kept as select 7 as number');
    process.kill((await serverPid(dataDir)) ?? 0, 'SIGKILL');
    const next = await open(dataDir, 'bot');
    expect(next.origin).toBe('started');
    expect(await query(next.connectionString, 'select number from kept')).toEqual([{ number: 7 }]);
  });

  it.each([
    ['names a process that is not PostgreSQL', `${process.pid}\n/x\n1\n5432\n\n127.0.0.1\n`],
    ['names no living process', '4194304000\n/x\n1\n5432\n\n127.0.0.1\n'],
    ['is empty', ''],
  ])('a postmaster.pid that %s is put aside', async (_what, content) => {
    const dataDir = await makeUsedDataDir();
    await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), content);
    expect((await open(dataDir, 'bot')).origin).toBe('started');
  });

  it('folders of first starts that never ended are swept away', async () => {
    const dataDir = await makeUsedDataDir();
    await mkdir(join(dataDir, 'postgres.new-abc', 'base'), { recursive: true });
    await (await open(dataDir, 'bot')).close();
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log']);
  });
});
