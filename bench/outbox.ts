import { makeWorkerUtils } from 'graphile-worker';
import { sql } from 'kysely';
import type { Database } from '../src/platform/db/database.ts';
import { withFreshDatabase } from './fresh-database.ts';
import { median } from './load.ts';
import { startWorker, type Worker } from './processes.ts';

const messages = 12_000;
const lanes = 2_000;
const rounds = 5;

/**
 * Claim and settle through the outbox with a Slack that answers at once, in two processes, beside graphile-worker
 * moving as many jobs in two processes on the same database, in turns.
 */
export async function benchOutbox(): Promise<void> {
  console.log(
    `outbox: ${messages} messages in ${lanes} channels, two processes, a Slack that answers at once; ${rounds} rounds in turns`,
  );
  await withFreshDatabase(async (db, url) => {
    await sql`insert into workspaces (id, name) values ('T0BENCH', 'Bench')`.execute(db);
    await sql`
      insert into channels (workspace_id, slack_id, name)
      select 'T0BENCH', 'C' || n, 'channel-' || n from generate_series(1, ${lanes}::int) n`.execute(db);
    const utils = await makeWorkerUtils({ connectionString: url });
    await utils.migrate();
    const pair = async (file: string, ...args: string[]): Promise<Worker[]> => [
      await startWorker(file, [url, ...args]),
      await startWorker(file, [url, ...args]),
    ];
    const contenders = {
      'Cairn’s outbox': { workers: await pair('outbox-process.ts', 'T0BENCH'), fill: () => fillOutbox(db) },
      'graphile-worker': { workers: await pair('jobs-process.ts', 'plain'), fill: () => fillJobs(db) },
      '… in batches': { workers: await pair('jobs-process.ts', 'batched'), fill: () => fillJobs(db) },
    };
    const rates = new Map<string, number[]>();
    for (let round = 0; round <= rounds; round += 1) {
      for (const [name, { workers, fill }] of Object.entries(contenders)) {
        await fill();
        const startedMs = performance.now();
        await Promise.all(workers.map((worker) => worker.run()));
        const perSecond = messages / ((performance.now() - startedMs) / 1000);
        // The first round warms up what is kept in memory, for all alike.
        if (round > 0) rates.set(name, [...(rates.get(name) ?? []), perSecond]);
      }
    }
    await check(db);
    for (const [name, all] of rates) {
      console.log(
        `  ${name.padEnd(16)} ${median(all).toFixed(0).padStart(6)} a second   from ${Math.min(...all).toFixed(0)} to ${Math.max(...all).toFixed(0)}`,
      );
    }
    console.log('  aim: 4000 a second through the outbox\n');
    for (const { workers } of Object.values(contenders)) {
      await Promise.all(workers.map((worker) => worker.stop()));
    }
    await utils.release();
  });
}

let filled = 0;

async function fillOutbox(db: Database): Promise<void> {
  filled += 1;
  await sql`delete from deliveries`.execute(db);
  await sql`delete from messages`.execute(db);
  await sql`
    with told as (
      insert into messages (workspace_id, dedupe_key, to_channel_id, text, blocks)
      select 'T0BENCH', ${`round ${filled} `} || n, (select min(id) from channels) + n % ${lanes}::int,
        'Check-in: 3 of your key results are due', '[{"type":"divider"}]'
      from generate_series(1, ${messages}::int) n returning id, workspace_id, to_channel_id)
    insert into deliveries (workspace_id, message_id, due_at, lane)
    select workspace_id, id, now() - interval '1 minute', 'c' || to_channel_id from told`.execute(db);
  await sql`vacuum analyze deliveries, messages, lanes, budgets`.execute(db);
}

async function fillJobs(db: Database): Promise<void> {
  await sql`
    select graphile_worker.add_jobs(array_agg(('post', json_build_object('id', n), null, null, null, null, null,
      null)::graphile_worker.job_spec)) from generate_series(1, ${messages}::int) n`.execute(db);
  await sql`vacuum analyze graphile_worker._private_jobs`.execute(db);
}

async function check(db: Database): Promise<void> {
  const { rows } = await sql<{ sent: number; once: number }>`
    select count(*) as sent, count(*) filter (where attempts = 1) as once from deliveries
    where state = 'sent'`.execute(db);
  if (rows[0]?.sent !== messages || rows[0].once !== messages)
    throw new Error('not every message was sent once');
}
