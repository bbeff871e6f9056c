import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Cluster, createCluster, prepareCluster, readPassword } from './cluster.ts';
import { isPostgresProcess, isProcessAlive, readPidFile } from './pid-file.ts';
import { EmbeddedPostgresRefusal } from './refusal.ts';
import { discardPidFile, readLogTail, startServer, stopServer } from './server.ts';
import { enterServer, keepSession, type Obstacle, type Role } from './session.ts';
import { findServerIdentity } from './unprivileged-user.ts';

export { EmbeddedPostgresRefusal };

export type EmbeddedPostgres = {
  /** As the role cairn, which owns the server, to the database cairn. */
  connectionString: string;
  /** This call made the cluster, or started its server, or joined one that runs (also: adopted after a kill). */
  origin: 'created' | 'started' | 'joined';
  /**
   * A bot stops the server and gives the folder free; end your own connections first. A command stops it when
   * commands started it and nobody else is in. The second call does nothing.
   */
  close(): Promise<void>;
};

/** A server on its way up or down answers "not yet" for about this long at most. */
const ENTRY_PATIENCE_MS = 60_000;
/** PostgreSQL listens from just after it writes its postmaster.pid until just before it removes it. */
const SILENCE_MS = 2000;

const COMMON_SETTINGS = { timezone: 'UTC', log_timezone: 'UTC', log_checkpoints: 'off' };

/**
 * Starts, or joins, the PostgreSQL that lives in `dataDir` (made if missing), over TCP on 127.0.0.1 only. Safe to
 * call from several processes at once, and after any of them was killed at any moment. Throws
 * EmbeddedPostgresRefusal for what the operator can mend, an Error with the end of the server's log otherwise.
 */
export async function openEmbeddedPostgres(options: {
  dataDir: string;
  role: Role;
  /** More settings as for `postgres -c`, taken by whoever starts the server. */
  settings?: Record<string, string>;
}): Promise<EmbeddedPostgres> {
  const { role } = options;
  const cluster = await findCluster(options.dataDir);
  const binaries = await findBinaries(cluster.as);
  const settings = Object.entries({ ...COMMON_SETTINGS, ...options.settings, 'cairn.started_by': role });
  const args = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]);

  const created = await createCluster(cluster, binaries, args);
  await prepareCluster(cluster, binaries);
  const server = await reachServer(cluster, binaries, args, role);
  const session = keepSession(cluster, server.connectionString, role, server.client);

  const close = async (): Promise<void> => {
    // The session, and with it the locks, goes last: nobody may come in while the server is being stopped.
    try {
      if (await session.claimStop()) await stopServer(cluster, server.pid);
    } finally {
      await session.end();
    }
  };
  let closed: Promise<void> | undefined;
  return {
    connectionString: server.connectionString,
    origin: created ? 'created' : server.started ? 'started' : 'joined',
    close() {
      closed ??= close();
      return closed;
    },
  };
}

async function findCluster(dataDir: string): Promise<Cluster> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const folder = await realpath(dataDir);
    const dir = join(folder, 'postgres');
    return { dataDir: folder, dir, logFile: join(folder, 'postgres.log'), as: await findServerIdentity(dir) };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new EmbeddedPostgresRefusal(`Cairn cannot use ${dataDir} as its data folder (${error.code}).`);
  }
}

type Reached = { client: Client; connectionString: string; pid: number; started: boolean };

/**
 * Enters the server that postmaster.pid names, or starts one, until one of them works. No lock of our own guards
 * this: PostgreSQL lets one server at a time into a folder, and whoever loses a race comes round again.
 */
async function reachServer(
  cluster: Cluster,
  binaries: Binaries,
  settings: string[],
  role: Role,
): Promise<Reached> {
  const password = await readPassword(cluster);
  let deadline = performance.now() + ENTRY_PATIENCE_MS;
  let silentSince: number | undefined;
  let startedPid: number | undefined;

  while (performance.now() < deadline) {
    const found = await readPidFile(cluster.dir);
    let obstacle: Obstacle = 'nobody-listens';
    if (!found || (found.pid > 0 && !(await isPostgresProcess(found.pid)))) {
      if (found && isProcessAlive(found.pid)) await discardPidFile(cluster, found.pid);
      startedPid = await startServer(cluster, binaries, settings);
      // Recovery after a crash may have taken long; that was no waiting in vain.
      deadline = startedPid ? performance.now() + ENTRY_PATIENCE_MS : deadline;
      if (startedPid) continue;
      obstacle = 'not-yet';
    } else if (found.port > 0) {
      const connectionString = `postgres://cairn:${password}@127.0.0.1:${found.port}/cairn`;
      const entry = await enterServer(cluster, connectionString, role);
      if (entry instanceof Client) {
        return { client: entry, connectionString, pid: found.pid, started: found.pid === startedPid };
      }
      obstacle = entry;
    }

    silentSince = obstacle === 'nobody-listens' ? (silentSince ?? performance.now()) : undefined;
    const silent = silentSince !== undefined && performance.now() - silentSince > SILENCE_MS;
    // A copied folder, a recycled process number, or a file cut short by a power failure.
    if (found && (obstacle === 'other-folder' || silent)) await discardPidFile(cluster, found.pid);
    await delay(20);
  }
  const words = await readLogTail(cluster.logFile);
  throw new Error(`PostgreSQL in ${cluster.dir} does not become ready. The end of its log:\n${words}`);
}
