import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../../src/platform/db/database.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { findBinaries } from '../../src/platform/postgres/binaries.ts';
import {
  type Cluster,
  createCluster,
  prepareCluster,
  readPassword,
} from '../../src/platform/postgres/cluster.ts';
import { isPostgresProcess } from '../../src/platform/postgres/pid-file.ts';
import { runProgram } from '../../src/platform/postgres/program.ts';
import { startServer, stopServer } from '../../src/platform/postgres/server.ts';
import { findServerIdentity } from '../../src/platform/postgres/unprivileged-user.ts';
import { freePort } from '../support/process.ts';

/** A PostgreSQL of a round's own, at one address for good, that can be stopped and started. */
export type RestartablePostgres = {
  url: string;
  /** Down for so long: stopped as `pg_ctl stop -m fast` does, or `immediate`, which is as good as a crash. */
  restart(how: 'fast' | 'immediate', downMs: number): Promise<void>;
  close(): Promise<void>;
};

/** Few, so that they can be used up. */
export const mostConnections = 60;

/**
 * Commits are written before they are answered, so that a crash of the server loses none. They need not reach the
 * disk for that: the machine does not go down.
 */
const settings = { fsync: 'off', full_page_writes: 'off', max_connections: String(mostConnections) };

/** Starts one with Cairn's schema. */
export async function startRestartablePostgres(): Promise<RestartablePostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cairn-chaos-'));
  const dir = join(dataDir, 'postgres');
  const as = await findServerIdentity(dir);
  const cluster: Cluster = { dataDir, dir, logFile: join(dataDir, 'postgres.log'), as };
  const binaries = await findBinaries(as);
  const port = await freePort();
  // Of a setting that is given twice the last one counts.
  const args = Object.entries({ timezone: 'UTC', ...settings, port: String(port) }).flatMap(
    ([name, value]) => ['-c', `${name}=${value}`],
  );
  await createCluster(cluster, binaries, args);
  await prepareCluster(cluster, binaries);
  const start = async (): Promise<number> => {
    const pid = await startServer(cluster, binaries, args);
    if (pid === undefined) throw new Error('another PostgreSQL was quicker');
    return pid;
  };
  let pid = await start();
  const url = `postgres://cairn:${await readPassword(cluster)}@127.0.0.1:${port}/cairn`;
  const db = openDatabase(url);
  await migrate(db).finally(() => db.destroy());
  return {
    url,
    async restart(how, downMs) {
      if (how === 'fast') await stopServer(cluster, pid);
      else await crash(cluster, pid);
      await pause(downMs);
      pid = await start();
    },
    async close() {
      await stopServer(cluster, pid);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function crash(cluster: Cluster, pid: number): Promise<void> {
  await runProgram('sh', ['-c', `kill -s QUIT ${pid}`], { as: cluster.as });
  while (await isPostgresProcess(pid)) await pause(10);
}
