import { sql } from 'kysely';
import type { Database } from '../platform/db/database.ts';
import { isToldOf } from './held-lanes.ts';

/** How the outbox stands at this moment. */
export type Figures = {
  /** Whose time has come, and that wait for their turn or for Slack; what is held in a quiet workspace does not. */
  due: number;
  /** All that wait, also for their time, or for their team to go live. */
  waiting: number;
  sending: number;
  unknown: number;
  dead: number;
  /** Messages in Slack that read differently from what they shall. */
  edits: number;
  /** How long the oldest of those that are due has waited, in seconds; 0 when none is. */
  oldestSeconds: number;
};

/**
 * Reads how the outbox stands, of one workspace or of all. Counted from the indexes of what is not done, so that it
 * costs nothing for what was ever sent.
 */
export async function readFigures(db: Database, workspaceId: string | null = null): Promise<Figures> {
  const { rows } = await sql<Figures>`
    select coalesce(sum(due), 0)::float8 as due, coalesce(sum(waiting), 0)::float8 as waiting,
      coalesce(sum(sending), 0)::float8 as sending, coalesce(sum(unknown), 0)::float8 as unknown,
      coalesce(sum(dead), 0)::float8 as dead, coalesce(sum(edits), 0)::float8 as edits,
      coalesce(max(oldest), 0)::float8 as "oldestSeconds"
    from workspaces w cross join lateral (select
      (select count(*) from deliveries d
        where d.workspace_id = w.id and d.state = 'pending' and d.due_at <= company_now(w)
          and ${isToldOf}) as due,
      (select count(*) from deliveries d where d.workspace_id = w.id and d.state = 'pending') as waiting,
      (select count(*) from deliveries d
        where d.workspace_id = w.id and d.state = 'sending' and d.lease is not null) as sending,
      (select count(*) from deliveries d where d.workspace_id = w.id and d.state = 'unknown') as unknown,
      (select count(*) from deliveries d where d.workspace_id = w.id and d.state = 'dead') as dead,
      (select count(*) from deliveries d where d.workspace_id = w.id and d.state = 'sent'
        and d.shown_revision < d.wanted_revision and ${isToldOf}) as edits,
      (select extract(epoch from company_now(w) - d.due_at) from deliveries d
        where d.workspace_id = w.id and d.state = 'pending' and d.due_at <= company_now(w) and ${isToldOf}
        order by d.due_at limit 1) as oldest
    ) of_one
    where ${workspaceId}::text is null or w.id = ${workspaceId}`.execute(db);
  const [figures] = rows;
  if (figures === undefined) throw new Error('the figures of the outbox came to nothing');
  return figures;
}
