import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Minutes } from './core/minutes.ts';
import type { Review } from './core/review.ts';

export async function insertReview(
  tx: Tx,
  review: {
    workspaceId: string;
    occurrenceId: number;
    ritual: string;
    name: string;
    looksBackTo: Temporal.Instant;
    leftOut: number;
  },
): Promise<void> {
  await tx
    .insertInto('reviews')
    .values({
      workspace_id: review.workspaceId,
      occurrence_id: review.occurrenceId,
      ritual: review.ritual,
      name: review.name,
      looks_back_to: review.looksBackTo.toString(),
      left_out: review.leftOut,
    })
    .execute();
}

/** Holds the reviews of a cadence that are open: what is put off on them until then comes on the next agenda, and no more does after. */
export async function lockOpenReviews(tx: Tx, cadenceId: number): Promise<number[]> {
  const { rows } = await sql<{
    id: number;
  }>`select v.occurrence_id as id from reviews v join occurrences o on o.id = v.occurrence_id
    where o.cadence_id = ${cadenceId} and v.ended_at is null order by v.occurrence_id for update of v`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}

/** Whoever changes something of a review goes one after the other, so that its messages say all of it. */
export async function lockReview(
  tx: Tx,
  workspaceId: string,
  occurrenceId: number,
): Promise<Review | undefined> {
  await sql`select from reviews where workspace_id = ${workspaceId} and occurrence_id = ${occurrenceId} for update`.execute(
    tx,
  );
  return await findReview(tx, workspaceId, occurrenceId);
}

export async function findReview(
  db: Database,
  workspaceId: string,
  occurrenceId: number,
): Promise<Review | undefined> {
  const { rows } = await sql<Review>`
    select v.occurrence_id as "occurrenceId", o.cadence_id as "cadenceId", v.ritual, v.name,
      o.name as "occurrenceName", v.left_out as "leftOut", v.ended_at as "endedAt", v.minutes,
      json_build_object('id', h.id, 'slackId', h.slack_id, 'name', h.name) as channel,
      case when p.id is not null then json_build_object('slackId', p.slack_id, 'name', p.name) end as "endedBy"
    from reviews v join occurrences o on o.id = v.occurrence_id join cadences c on c.id = o.cadence_id
    join channels h on h.id = c.channel_id left join people p on p.id = v.ended_by
    where v.workspace_id = ${workspaceId} and v.occurrence_id = ${occurrenceId}`.execute(db);
  return rows[0];
}

export async function saveEnded(
  tx: Tx,
  occurrenceId: number,
  ended: { at: Temporal.Instant; byId: number | null; minutes: Minutes },
): Promise<void> {
  await tx
    .updateTable('reviews')
    .set({
      ended_at: ended.at.toString(),
      ended_by: ended.byId,
      minutes: JSON.stringify(ended.minutes),
    })
    .where('occurrence_id', '=', occurrenceId)
    .execute();
}

/**
 * Since when changes were not talked about in a cadence: since its last review of which anything came, or that somebody
 * closed. One to which nobody came told nobody anything, so the next looks back as far as it did. Null: none was held.
 */
export async function findLooksBackTo(db: Database, cadenceId: number): Promise<Temporal.Instant | null> {
  const { rows } = await sql<{ at: Temporal.Instant | null }>`
    with held as (
      select o.planned_at as at, v.looks_back_to, v.ended_by is not null
        or exists (select from agenda_lines l where l.occurrence_id = v.occurrence_id and (l.deferred_at is not null
          or exists (select from decisions d where d.line_id = l.id)
          or exists (select from actions a where a.line_id = l.id))) as counts
      from reviews v join occurrences o on o.id = v.occurrence_id where o.cadence_id = ${cadenceId})
    select coalesce(max(at) filter (where counts), min(looks_back_to)) as at from held`.execute(db);
  return rows[0]?.at ?? null;
}

/** After how long the reviews of a cadence close, as P3D; null: as long as reviews take that say nothing of it. */
export async function findCloseAfter(db: Database, cadenceId: number): Promise<string | null> {
  const row = await db
    .selectFrom('cadences')
    .select('close_after')
    .where('id', '=', cadenceId)
    .executeTakeFirst();
  return row?.close_after ?? null;
}

/** The teams that a cadence names; none: all of them. */
export async function listTeamIds(db: Database, cadenceId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('cadence_teams')
    .select('team_id')
    .where('cadence_id', '=', cadenceId)
    .orderBy('team_id')
    .execute();
  return rows.map(({ team_id }) => team_id);
}
