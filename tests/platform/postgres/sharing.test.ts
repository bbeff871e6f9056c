import { cp, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { EmbeddedPostgresRefusal } from '../../../src/platform/postgres/embedded.ts';
import { isPostgresProcess } from '../../../src/platform/postgres/pid-file.ts';
import { makeDataDir, makeUsedDataDir, open, openInChild, query, serverPid, until } from './support.ts';

vi.setConfig({ testTimeout: 30_000 });

const botLock = `select pid from pg_locks where locktype = 'advisory' and objid = 1 and granted`;

async function refusalWords(dataDir: string): Promise<string> {
  const folder = await realpath(dataDir);
  return `Another Cairn bot is running on ${folder}: stop it, or give this one another CAIRN_DATA_DIR.`;
}

describe('a folder and who uses it', () => {
  it('refuses a second bot with one clear line, and takes it once the first is gone', async () => {
    const dataDir = await makeUsedDataDir();
    const first = await open(dataDir, 'bot');
    await expect(open(dataDir, 'bot')).rejects.toThrow(
      new EmbeddedPostgresRefusal(await refusalWords(dataDir)),
    );
    const other = openInChild(dataDir, 'bot');
    expect(await other.said).toEqual({ refusal: `EmbeddedPostgresRefusal: ${await refusalWords(dataDir)}` });
    expect(await query(first.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);

    await first.close();
    expect((await open(dataDir, 'bot')).origin).toBe('started');
  });

  it('lets commands join a running bot and leave it running', async () => {
    const dataDir = await makeUsedDataDir();
    const bot = await open(dataDir, 'bot');
    const command = openInChild(dataDir, 'command');
    expect(await command.said).toEqual({ origin: 'joined', connectionString: bot.connectionString });
    await command.finish();
    expect(await query(bot.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('stops with the last command, when commands alone have used it', async () => {
    const dataDir = await makeUsedDataDir();
    const first = await open(dataDir, 'command');
    const second = await open(dataDir, 'command');
    const pid = (await serverPid(dataDir)) ?? 0;
    expect([first.origin, second.origin]).toEqual(['started', 'joined']);
    await first.close();
    expect(await isPostgresProcess(pid)).toBe(true);
    await second.close();
    expect(await isPostgresProcess(pid)).toBe(false);
  });

  it('stays when a bot has taken it from the command that started it, and stops with the bot', async () => {
    const dataDir = await makeUsedDataDir();
    const command = await open(dataDir, 'command');
    const bot = await open(dataDir, 'bot');
    const pid = (await serverPid(dataDir)) ?? 0;
    expect(bot.origin).toBe('joined');
    await command.close();
    expect(await query(bot.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    await bot.close();
    expect(await isPostgresProcess(pid)).toBe(false);
  });

  it('is made once by two starters at once, and one of two bots gets it', async () => {
    const dataDir = await makeDataDir();
    const starters = [openInChild(dataDir, 'command'), openInChild(dataDir, 'command')];
    const said = await Promise.all(starters.map((starter) => starter.said));
    expect(said.filter((one) => one?.origin === 'created')).toHaveLength(1);
    expect(said[0]?.connectionString).toBe(said[1]?.connectionString);
    const pid = (await serverPid(dataDir)) ?? 0;
    await Promise.all(starters.map((starter) => starter.finish()));
    expect(await isPostgresProcess(pid)).toBe(false);

    const bots = await Promise.all([openInChild(dataDir, 'bot').said, openInChild(dataDir, 'bot').said]);
    expect(bots.filter((bot) => bot?.refusal?.includes('Another Cairn bot is running'))).toHaveLength(1);
    expect(bots.filter((bot) => bot?.connectionString)).toHaveLength(1);
  });

  it('survives the loss of the connection that holds the lock, and takes the lock again', async () => {
    const dataDir = await makeUsedDataDir();
    const bot = await open(dataDir, 'bot');
    const [before] = await query<{ pid: number }>(bot.connectionString, botLock);
    process.kill(before?.pid ?? 0, 'SIGKILL');
    await until(async () => {
      const [after] = await query<{ pid: number }>(bot.connectionString, botLock);
      return after !== undefined && after.pid !== before?.pid;
    });
    await expect(open(dataDir, 'bot')).rejects.toThrow(
      new EmbeddedPostgresRefusal(await refusalWords(dataDir)),
    );
  });

  it('closes without a word when its server has died', async () => {
    const dataDir = await makeUsedDataDir();
    const bot = await open(dataDir, 'bot');
    const pid = (await serverPid(dataDir)) ?? 0;
    process.kill(pid, 'SIGKILL');
    await bot.close();
    expect((await open(dataDir, 'bot')).origin).toBe('started');
  });

  it('gives a copy of a running folder a server of its own', async () => {
    const [dataDir, copy] = [await makeUsedDataDir(), await makeDataDir()];
    const bot = await open(dataDir, 'bot');
    await query(bot.connectionString, 'checkpoint');
    await cp(join(dataDir, 'postgres'), join(copy, 'postgres'), { recursive: true });
    const copied = await open(copy, 'bot');
    expect(copied.origin).toBe('started');
    expect(copied.connectionString).not.toBe(bot.connectionString);
    expect(await query(bot.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});
