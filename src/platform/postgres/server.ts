import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { type Cluster, folderArgument } from './cluster.ts';
import { isPostgresProcess, readPidFile } from './pid-file.ts';
import { PROGRAM_ENVIRONMENT, runProgram } from './program.ts';

const LOG_LIMIT_BYTES = 8 * 1024 * 1024;
const STOP_PATIENCE_MS = 20_000;

/** Endings that mean "somebody else was quicker": to the folder, to the port, or still on the way out. */
const LOST_A_RACE =
  /lock file ".*" (already exists|is empty)|pre-existing shared memory block|could not create any TCP\/IP sockets/;

/**
 * Starts the server, detached and with its log in a file, so that it outlives a killed Cairn and can be found
 * again. Its process number once it takes connections, undefined when another starter was quicker. Throws with the last lines of the
 * log when it ends otherwise.
 */
export async function startServer(
  cluster: Cluster,
  binaries: Binaries,
  settings: string[],
): Promise<number | undefined> {
  await rotateLog(cluster.logFile);
  const log = await open(cluster.logFile, 'a', 0o600);
  const logStart = (await log.stat()).size;
  const fixed = [`port=${await findFreePort()}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories='];
  const args = ['-D', folderArgument(cluster), ...fixed.flatMap((setting) => ['-c', setting]), ...settings];
  const child = spawn(binaries.postgres, args, {
    ...cluster.as,
    cwd: cluster.dir,
    env: PROGRAM_ENVIRONMENT,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  const ended = watchEnd(child);
  child.unref();
  await log.close();

  while (ended.reason === undefined) {
    const found = await readPidFile(cluster.dir);
    if (found?.pid === child.pid && found?.ready) return found.pid;
    await delay(10);
  }
  const words = await readLogTail(cluster.logFile, logStart);
  if (LOST_A_RACE.test(words)) return undefined;
  throw new Error(`PostgreSQL did not start (${ended.reason}). The end of its log:\n${words}`);
}

/** Stops the server as `pg_ctl stop -m fast` does, and waits until it is gone; nothing to do if it is another one. */
export async function stopServer(cluster: Cluster, pid: number): Promise<void> {
  if ((await readPidFile(cluster.dir))?.pid !== pid || !(await isPostgresProcess(pid))) return;
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    await sendSignal(cluster, pid, signal);
    const deadline = performance.now() + STOP_PATIENCE_MS;
    while (performance.now() < deadline) {
      if (!(await isPostgresProcess(pid))) return;
      await delay(10);
    }
  }
  throw new Error(
    `PostgreSQL (pid ${pid}) does not stop. The end of its log:\n${await readLogTail(cluster.logFile)}`,
  );
}

/**
 * Takes away a postmaster.pid that is known to name another process than our server. PostgreSQL does so itself
 * when no process has that number, but not when the number went to some other process of the same user, as it
 * easily does in a container.
 */
export async function discardPidFile(cluster: Cluster, pid: number): Promise<void> {
  const path = join(cluster.dir, 'postmaster.pid');
  const aside = join(cluster.dir, `postmaster.pid.${process.pid}`);
  await rename(path, aside).catch(() => {});
  // Between our look and the rename another starter may have put its own file there: then it goes back.
  const taken = Number.parseInt(await readFile(aside, 'utf8').catch(() => ''), 10);
  if (taken === pid || Number.isNaN(taken)) await rm(aside, { force: true });
  else await rename(aside, path);
}

/** The last lines of the log from an offset on, or of its last part. */
export async function readLogTail(logFile: string, from?: number): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  const part = from === undefined ? text : Buffer.from(text).subarray(from).toString();
  return part.trim().split('\n').slice(-20).join('\n');
}

/** Root in a container may lack CAP_KILL; the server's own account may always. */
async function sendSignal(cluster: Cluster, pid: number, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  try {
    process.kill(pid, signal);
  } catch {
    // That it has ended by itself just now is what is wanted; if neither way works, the wait for its end says so.
    const name = signal.replace('SIG', '');
    await runProgram('sh', ['-c', 'kill -s "$0" "$1"', name, String(pid)], { as: cluster.as });
  }
}

function watchEnd(child: ChildProcess): { reason: string | undefined } {
  const end: { reason: string | undefined } = { reason: undefined };
  child.once('error', (error) => {
    end.reason = error.message;
  });
  child.once('exit', (code, signal) => {
    end.reason = `ended with ${signal ?? code}`;
  });
  return end;
}

/** Only between servers: a running one keeps writing to the file that it was given. */
async function rotateLog(logFile: string): Promise<void> {
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_LIMIT_BYTES) await rename(logFile, `${logFile}.1`);
}

/** Somebody may take the port before PostgreSQL does; that start then counts as a lost race and is tried again. */
function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
