import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Cluster } from './cluster.ts';
import { EmbeddedPostgresRefusal } from './refusal.ts';

/** One bot at a time on a folder; any number of commands join. */
export type Role = 'bot' | 'command';

/** Why a server could not be entered now; none of them is final. */
export type Obstacle = 'nobody-listens' | 'other-folder' | 'not-yet';

/** Two-number advisory locks, so that they can meet no lock of the product: "cair", and one of the next two. */
const LOCK_SPACE = 0x63616972;
const BOT_LOCK = 1;
/** Held shared by everybody who is in, so that a command can tell whether it is the last to leave. */
const PRESENCE_LOCK = 2;

/** The server sees a killed bot's connection close a moment after the bot is gone; a bot restarted at once waits. */
const BOT_LOCK_PATIENCE_MS = 750;
const REGAIN_EVERY_MS = 500;

/** Wrong password, role or database: whatever listens there is not what postmaster.pid promises. */
const NOT_OURS = new Set(['28P01', '28000', '3D000']);

/**
 * Connects to the server, makes sure that it serves this very folder, and takes the role's locks on a connection
 * that is kept for them alone. Refuses when another bot has the folder, and a server that rejects our password.
 */
export async function enterServer(
  cluster: Cluster,
  connectionString: string,
  role: Role,
): Promise<Client | Obstacle> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5000, keepAlive: true });
  // Without a listener, a connection lost at any later time would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    if (!(await servesFolder(client, cluster.dir))) return await leave(client, 'other-folder');
    if (role === 'bot') await takeBotLock(client, cluster);
    await client.query('select pg_advisory_lock_shared($1, $2)', [LOCK_SPACE, PRESENCE_LOCK]);
    return client;
  } catch (error) {
    await leave(client, undefined);
    if (error instanceof EmbeddedPostgresRefusal) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (NOT_OURS.has(code)) {
      throw new EmbeddedPostgresRefusal(
        `The PostgreSQL that postmaster.pid in ${cluster.dir} names rejects the password kept there: stop it; if it serves another folder, remove postmaster.pid.`,
      );
    }
    return code === 'ECONNREFUSED' ? 'nobody-listens' : 'not-yet';
  }
}

export type Session = {
  /** Whether the server is this holder's to stop. For a command, a yes keeps newcomers out until it has stopped. */
  claimStop(): Promise<boolean>;
  end(): Promise<void>;
};

/**
 * Keeps a role's locks for as long as the process wants them: when the connection is lost (a crashed backend, an
 * administrator), it is made anew and the locks are taken again.
 */
export function keepSession(
  cluster: Cluster,
  connectionString: string,
  role: Role,
  entered: Client,
): Session {
  let client: Client | undefined;
  let ending = false;

  const keep = (next: Client): void => {
    client = next;
    next.once('end', () => {
      client = undefined;
      if (!ending) void regain();
    });
  };
  const regain = async (): Promise<void> => {
    while (!ending && !client) {
      await delay(REGAIN_EVERY_MS, undefined, { ref: false });
      const next = await enterServer(cluster, connectionString, role).catch(() => undefined);
      if (!(next instanceof Client)) continue;
      if (ending) await leave(next, undefined);
      else keep(next);
    }
  };
  keep(entered);

  return {
    async claimStop() {
      ending = true;
      if (role === 'command') return client ? isLastCommand(client) : false;
      if (client) return true;
      // Locks lost and not yet regained: a bot that came in between has the server now.
      const regained = await enterServer(cluster, connectionString, role).catch(() => undefined);
      if (regained instanceof Client) keep(regained);
      return regained !== undefined;
    },
    async end() {
      ending = true;
      if (client) await leave(client, undefined);
    },
  };
}

/** A number of a process, a port and a password can all be right in a copied folder; a file made just now cannot. */
async function servesFolder(client: Client, dir: string): Promise<boolean> {
  const name = `cairn.probe-${randomUUID()}`;
  const path = join(dir, name);
  await writeFile(path, '');
  try {
    const sql = 'select (pg_stat_file($1, true)).size is not null as here';
    const { rows } = await client.query<{ here: boolean }>(sql, [name]);
    return rows[0]?.here ?? false;
  } finally {
    await rm(path, { force: true });
  }
}

async function takeBotLock(client: Client, cluster: Cluster): Promise<void> {
  const deadline = performance.now() + BOT_LOCK_PATIENCE_MS;
  for (;;) {
    const sql = 'select pg_try_advisory_lock($1, $2) as taken';
    const { rows } = await client.query<{ taken: boolean }>(sql, [LOCK_SPACE, BOT_LOCK]);
    if (rows[0]?.taken) return;
    if (performance.now() > deadline) {
      throw new EmbeddedPostgresRefusal(
        `Another Cairn bot is running on ${cluster.dataDir}: stop it, or give this one another CAIRN_DATA_DIR.`,
      );
    }
    await delay(50);
  }
}

/** A server that a bot started stays, even when that bot was killed: its next start adopts it. */
async function isLastCommand(client: Client): Promise<boolean> {
  const lock = [LOCK_SPACE, PRESENCE_LOCK];
  try {
    await client.query('select pg_advisory_unlock_shared($1, $2)', lock);
    const { rows } = await client.query<{ last: boolean }>(
      `select case when current_setting('cairn.started_by', true) = 'command'
                   then pg_try_advisory_lock($1, $2) else false end as last`,
      lock,
    );
    return rows[0]?.last ?? false;
  } catch {
    return false;
  }
}

async function leave<T>(client: Client, answer: T): Promise<T> {
  await client.end().catch(() => {});
  return answer;
}
