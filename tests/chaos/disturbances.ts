import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { companyNow, turnCompanyClock } from '../../src/platform/db/company-time.ts';
import type { Database } from '../../src/platform/db/database.ts';
import { type Chance, insist } from './chance.ts';
import { workspaceId } from './company.ts';
import type { Fleet } from './fleet.ts';
import { mostConnections, type RestartablePostgres } from './postgres.ts';

export type Disturbance =
  | 'kill'
  | 'replace'
  | 'restart-database'
  | 'crash-database'
  | 'lock-budgets'
  | 'take-connections'
  | 'turn-company-clock'
  | 'step-process-clock';

/** What was disturbed when, on the clock of Date. */
export type Happened = { what: Disturbance | 'freeze'; fromMs: number; toMs: number };

export type Disturbed = { fleet: Fleet; postgres: RestartablePostgres; db: Database; chance: Chance };

const starvedMs = 4_000;

/** Does these in an order of chance, spread over about so long. Each is over when the next begins. */
export async function disturb(
  scene: Disturbed,
  disturbances: readonly Disturbance[],
  durationMs: number,
): Promise<Happened[]> {
  const happened: Happened[] = [];
  const { chance } = scene;
  const order = [...disturbances].sort(() => chance.next() - 0.5);
  const began = performance.now();
  for (const [index, one] of order.entries()) {
    const at = ((index + chance.next()) / order.length) * durationMs;
    await pause(Math.max(0, at - (performance.now() - began)));
    const fromMs = Date.now();
    await perform(scene, one);
    happened.push({ what: one, fromMs, toMs: Date.now() });
  }
  return happened;
}

async function perform({ fleet, postgres, db, chance }: Disturbed, one: Disturbance): Promise<void> {
  switch (one) {
    case 'kill':
      return await fleet.kill();
    case 'replace':
      return await fleet.replace();
    case 'restart-database':
      return await postgres.restart('fast', chance.whole(300, 2_000));
    case 'crash-database':
      return await postgres.restart('immediate', chance.whole(300, 2_000));
    case 'lock-budgets':
      return await lockBudgets(postgres.url);
    case 'take-connections':
      return await takeConnections(postgres.url);
    case 'turn-company-clock':
      return await insist(async () => {
        const now = await companyNow(db, workspaceId);
        await turnCompanyClock(db, workspaceId, now.add({ hours: 2 }));
      });
    case 'step-process-clock':
      return fleet.stepClock();
  }
}

/** Whoever wants to send waits for these rows. */
async function lockBudgets(url: string): Promise<void> {
  const client = await connected(url);
  if (client === undefined) return;
  try {
    await client.query('begin');
    await client.query('select name from budgets for update');
    await pause(starvedMs);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** All connections that are left, so that a pool gets no new one. */
async function takeConnections(url: string): Promise<void> {
  const taken: pg.Client[] = [];
  while (taken.length < mostConnections) {
    const client = await connected(url);
    if (client === undefined) break;
    taken.push(client);
  }
  await pause(starvedMs);
  await Promise.all(taken.map(async (client) => await client.end().catch(() => undefined)));
}

async function connected(connectionString: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  return await client.connect().then(
    () => client,
    () => undefined,
  );
}
