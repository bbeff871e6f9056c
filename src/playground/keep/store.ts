import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { StartRefusal } from '../../platform/start-refusal.ts';
import type { Kept } from '../fake-slack/state/keeper.ts';

/** A thing to be kept, its value as JSON text. */
export type Row = { kind: string; key: string; value: string };

/**
 * Makes the place for the playground's state beside Cairn's own tables, in the database that Cairn remembers with:
 * one never stays without the other. No migration does, so a database that only served a real workspace has none.
 * Throws StartRefusal where the database's user may not.
 */
export async function makePlace(db: Database): Promise<void> {
  const { rows } = await sql<{ isThere: boolean }>`
    select to_regclass('playground.kept') is not null as "isThere"`.execute(db);
  if (rows[0]?.isThere === true) return;
  try {
    await createPlace(db);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '42501')) throw error;
    throw new StartRefusal(
      `The playground keeps its state in a schema of its own, which it may not make (${error.message}). Give the user of DATABASE_URL the right to create in the database, or unset it.`,
    );
  }
}

async function createPlace(db: Database): Promise<void> {
  await inTransaction(db, async (tx) => {
    // Of two at once the later finds it done.
    await sql`select pg_advisory_xact_lock(hashtext('playground.kept'))`.execute(tx);
    await sql`create schema if not exists playground`.execute(tx);
    // json and not jsonb: it gives back what it was given to the letter, and takes what people can type that
    // jsonb refuses (a zero character, half an emoji).
    await sql`
      create table if not exists playground.kept (
        id bigint generated always as identity,
        kind text not null,
        key text not null,
        value json not null,
        primary key (kind, key)
      )`.execute(tx);
  });
}

/** All that was kept, in the order in which each was first put. */
export async function load(db: Database): Promise<Kept[]> {
  const { rows } = await sql<Kept>`select kind, key, value from playground.kept order by id`.execute(db);
  return rows;
}

/** Keeps these, in this order; those that were there already stay in their place. `anew`: nothing else stays. */
export async function save(db: Database, rows: readonly Row[], { anew }: { anew: boolean }): Promise<void> {
  await inTransaction(db, async (tx) => {
    // Nobody waits for the disk: what Cairn commits afterwards, and what rests on this, takes it there as well.
    await sql`select set_config('synchronous_commit', 'off', true)`.execute(tx);
    if (anew) await sql`delete from playground.kept`.execute(tx);
    await sql`
      insert into playground.kept (kind, key, value)
      select kind, key, value::json
      from unnest(${rows.map((row) => row.kind)}::text[], ${rows.map((row) => row.key)}::text[],
        ${rows.map((row) => row.value)}::text[]) with ordinality as given (kind, key, value, place)
      order by place
      on conflict (kind, key) do update set value = excluded.value`.execute(tx);
  });
}
