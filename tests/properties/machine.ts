import { sql } from 'kysely';
import type { Database } from '../../src/platform/db/database.ts';

/** Machine time that stands until it is let go on: of the database, and of the processes on it. */
export type Machine = {
  /** Milliseconds since 1970, as the database sees them. */
  nowMs(): number;
  pass(ms: number): Promise<void>;
  /** Which step of a run this is; what is written meanwhile bears its number. */
  step(): number;
  nextStep(): Promise<void>;
};

/** What became of a delivery, in the order in which it did. */
export type Trace = {
  delivery: string;
  step: number;
  atMs: number;
  /** `written` is how it begins, `withdrawn` is what is kept beside its state; all others are states. */
  before: string;
  after: string;
  settleMs: number | null;
};

/**
 * Puts a virtual machine clock into a test's own database, and lets the database itself keep each step of every
 * delivery: it misses none, whatever the code under test believes.
 */
export async function virtualMachine(db: Database): Promise<Machine> {
  const beginMs = Math.floor(Date.now() / 1_000) * 1_000;
  let nowMs = beginMs;
  let step = 0;
  for (const statement of [
    `create table virtual_machine (at timestamptz not null, step integer not null)`,
    `insert into virtual_machine values (to_timestamp(${beginMs / 1_000}), 0)`,
    `create or replace function machine_now() returns timestamptz language sql stable as
      'select at from virtual_machine'`,
    `create table traces (n bigint generated always as identity, workspace_id text not null, delivery uuid not null,
      step integer not null, at timestamptz not null, before text not null, after text not null,
      settle_at timestamptz)`,
    `create function trace_delivery() returns trigger language plpgsql as $$
      declare
        m virtual_machine;
      begin
        select * into m from virtual_machine;
        if tg_op = 'INSERT' then
          insert into traces (workspace_id, delivery, step, at, before, after, settle_at)
            values (new.workspace_id, new.id, m.step, m.at, 'written', new.state, null);
        else
          if old.withdrawn is null and new.withdrawn is not null then
            insert into traces (workspace_id, delivery, step, at, before, after, settle_at)
              values (new.workspace_id, new.id, m.step, m.at, old.state, 'withdrawn', null);
          end if;
          if old.state <> new.state then
            insert into traces (workspace_id, delivery, step, at, before, after, settle_at)
              values (new.workspace_id, new.id, m.step, m.at, old.state, new.state, old.settle_at);
          end if;
        end if;
        return new;
      end $$`,
    `create trigger trace_delivery after insert or update on deliveries
      for each row execute function trace_delivery()`,
  ]) {
    await sql.raw(statement).execute(db);
  }
  return {
    nowMs: () => nowMs,
    async pass(ms) {
      nowMs += ms;
      await sql`update virtual_machine set at = to_timestamp(${nowMs / 1_000})`.execute(db);
    },
    step: () => step,
    async nextStep() {
      step += 1;
      await sql`update virtual_machine set step = ${step}`.execute(db);
    },
  };
}

export async function readTraces(db: Database, workspaceId: string): Promise<Trace[]> {
  const { rows } = await sql<Trace>`
    select delivery, step, extract(epoch from at)::float8 * 1000 as "atMs", before, after,
      extract(epoch from settle_at)::float8 * 1000 as "settleMs"
    from traces where workspace_id = ${workspaceId} order by n`.execute(db);
  return rows;
}
