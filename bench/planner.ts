import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { tick } from '../src/cadence/planner.ts';
import type { Ritual } from '../src/cadence/ritual.ts';
import { tellAll } from '../src/delivery/outbox.ts';
import { type Database, openDatabase } from '../src/platform/db/database.ts';
import { migrate } from '../src/platform/db/migrate.ts';
import { inTransaction } from '../src/platform/db/transaction.ts';
import { createLog } from '../src/platform/log.ts';
import { openEmbeddedPostgres } from '../src/platform/postgres/embedded.ts';
import { median } from './load.ts';

const workspaceId = 'T0BENCH';
const monday = '2026-10-05T09:00:00Z';
const nextMonday = '2026-10-12T09:00:00Z';
const channels = 100;
const batch = 200;
/** Of 100,000 as many as fit into a few minutes. */
const sizes = [
  { cadences: 10_000, rounds: 5 },
  { cadences: 100_000, rounds: 5 },
];

/**
 * Planning of due cadences, each with one message, beside a bare insert of the same rows in batches of the same
 * size, in turns on one database. What is measured is a whole tick, as the bot does it.
 */
export async function benchPlanner(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cairn-bench-'));
  const postgres = await openEmbeddedPostgres({ dataDir, role: 'command' });
  try {
    const db = openDatabase(postgres.connectionString);
    await migrate(db);
    await fillPlanner(db);
    console.log(
      `planning of due cadences, one message each, in batches of ${batch}, beside a bare insert of the same rows`,
    );
    for (const { cadences, rounds } of sizes) await compare(db, cadences, rounds);
    await db.destroy();
  } finally {
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function compare(db: Database, cadences: number, rounds: number): Promise<void> {
  const pairs: { planned: number; bare: number }[] = [];
  await makeDue(db, 1_000);
  await plan(db, 1_000);
  for (let round = 0; round < rounds; round += 1) {
    await makeDue(db, cadences);
    const planned = cadences / (await seconds(() => plan(db, cadences)));
    const before = await countRows(db);
    await makeDue(db, cadences);
    const bare = cadences / (await seconds(() => insertBare(db, cadences)));
    const after = await countRows(db);
    if (before !== after) throw new Error(`planning wrote ${before} and the bare insert ${after}`);
    pairs.push({ planned, bare });
  }
  const ratios = pairs.map(({ planned, bare }) => planned / bare);
  const of = (who: 'planned' | 'bare') =>
    median(pairs.map((pair) => pair[who]))
      .toFixed(0)
      .padStart(6);
  console.log(
    `  ${String(cadences).padStart(6)} cadences   planner ${of('planned')} a second   bare insert ${of('bare')} a second   ratio ${median(ratios).toFixed(2)}, from ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}   (medians of ${rounds}; aim: 0.50)`,
  );
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return (performance.now() - startedMs) / 1000;
}

/** Tells its channel, and nothing else. */
const announcing: Ritual = {
  key: 'okr-check-in',
  name: 'OKR check-in',
  async open(tx, occurrences) {
    await tellAll(
      tx,
      occurrences.map(({ id, channelId, name, dueAt }) => ({
        workspaceId,
        dedupeKey: `check-in-run:${id}`,
        to: { channelId },
        content: contentOf(name),
        dueAt,
      })),
    );
    return new Map();
  },
};

function contentOf(name: string) {
  const text = `OKR check-in, ${name}: 0 of 7 in. Answers gather in this thread.`;
  return { text, blocks: [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text } }] };
}

export async function plan(db: Database, cadences: number): Promise<void> {
  const rituals = new Map([[announcing.key, announcing]]);
  const log = createLog('warn', []);
  const { planned } = await tick({ db, workspaceId, rituals, log, batch, patienceMs: 600_000 });
  if (planned !== cadences) throw new Error(`${planned} of ${cadences} were planned`);
}

/** The same rows, with nothing locked, decided or asked. */
export async function insertBare(db: Database, cadences: number): Promise<void> {
  const { rows } = await sql<{ id: number; channel: number }>`
    select id, channel_id as channel from cadences where state = 'active' order by id`.execute(db);
  const content = contentOf('2026-10-05');
  const blocks = JSON.stringify(content.blocks);
  for (let start = 0; start < cadences; start += batch) {
    const some = rows.slice(start, start + batch);
    const ids = some.map(({ id }) => id);
    await inTransaction(db, async (tx) => {
      await sql`
        insert into occurrences (workspace_id, cadence_id, name, covers, due_at, state, tz_version, planned_at)
        select ${workspaceId}, id, '2026-10-05', tsrange('2026-10-05', '2026-10-12'), ${monday}, 'open', '2026b',
          ${monday} from unnest(${ids}::bigint[]) as g (id)`.execute(tx);
      const messages = await sql<{ id: number; lane: string }>`
        insert into messages (workspace_id, dedupe_key, to_channel_id, text, blocks)
        select ${workspaceId}, 'check-in-run:' || id, channel, ${content.text}, ${blocks}::jsonb
        from unnest(${ids}::bigint[], ${some.map(({ channel }) => channel)}::bigint[]) as g (id, channel)
        returning id, 'c' || to_channel_id as lane`.execute(tx);
      await sql`
        insert into deliveries (workspace_id, message_id, lane, due_at)
        select ${workspaceId}, id, lane, ${monday}
        from unnest(${messages.rows.map(({ id }) => id)}::bigint[], ${messages.rows.map(({ lane }) => lane)}::text[])
          as g (id, lane)`.execute(tx);
      await sql`
        update cadences set next_due_at = ${nextMonday}, tz_version = '2026b'
        where id = any(${ids}::bigint[])`.execute(tx);
    });
  }
}

async function countRows(db: Database): Promise<string> {
  const { rows } = await sql<{ counts: string }>`
    select (select count(*) from occurrences where state = 'open') || ' occurrences, '
      || (select count(*) from messages) || ' messages, ' || (select count(*) from deliveries) || ' deliveries, '
      || (select count(*) from cadences where next_due_at = ${nextMonday}) || ' next times' as counts`.execute(
    db,
  );
  return rows[0]?.counts ?? '';
}

export async function fillPlanner(db: Database): Promise<void> {
  await sql`
    insert into workspaces (id, name, clock_stopped_at) values (${workspaceId}, 'Bench', ${monday})`.execute(
    db,
  );
  await sql`
    insert into channels (workspace_id, slack_id, name)
    select ${workspaceId}, 'C0BENCH' || n, 'channel-' || n from generate_series(1, ${channels}) n`.execute(
    db,
  );
}

/** So many cadences, due on this Monday; nothing has ever been planned. */
export async function makeDue(db: Database, cadences: number): Promise<void> {
  await sql`truncate occurrences, messages, deliveries, cadences, events restart identity cascade`.execute(
    db,
  );
  await sql`
    insert into cadences (workspace_id, key, ritual, channel_id, schedule, timezone, period, next_due_at, tz_version)
    select ${workspaceId}, 'weekly-' || n, 'okr-check-in',
      (select min(id) from channels) + n % ${channels}::int, '0 9 * * MON', 'UTC', 'week', ${monday}, '9999'
    from generate_series(1, ${cadences}::int) n`.execute(db);
  await sql`vacuum analyze cadences`.execute(db);
  await sql`checkpoint`.execute(db);
}
