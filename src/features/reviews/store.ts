import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { GatheredLine, Line } from './core/line.ts';
import type { Minutes } from './core/minutes.ts';
import type { LineRow, Review } from './core/review.ts';

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

export async function insertLines(
  tx: Tx,
  workspaceId: string,
  occurrenceId: number,
  lines: readonly (GatheredLine & { position: number; page: number })[],
): Promise<void> {
  if (lines.length === 0) return;
  await tx
    .insertInto('agenda_lines')
    .values(
      lines.map((line) => ({
        workspace_id: workspaceId,
        occurrence_id: occurrenceId,
        position: line.position,
        page: line.page,
        source: line.source,
        subject_kind: line.subject?.kind ?? null,
        subject_id: line.subject?.id ?? null,
        title: line.title,
        facts: line.facts,
        from_line_id: line.fromLineId,
      })),
    )
    .execute();
}

export async function insertPage(
  tx: Tx,
  page: { workspaceId: string; occurrenceId: number; number: number; messageId: number },
): Promise<void> {
  await tx
    .insertInto('review_pages')
    .values({
      workspace_id: page.workspaceId,
      occurrence_id: page.occurrenceId,
      number: page.number,
      message_id: page.messageId,
    })
    .execute();
}

export async function listPages(
  db: Database,
  occurrenceId: number,
): Promise<{ number: number; messageId: number }[]> {
  return await db
    .selectFrom('review_pages')
    .select(['number', 'message_id as messageId'])
    .where('occurrence_id', '=', occurrenceId)
    .orderBy('number')
    .execute();
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
      o.name as "occurrenceName", c.timezone, v.left_out as "leftOut", v.ended_at as "endedAt", v.minutes,
      json_build_object('id', h.id, 'slackId', h.slack_id, 'name', h.name) as channel,
      case when p.id is not null then json_build_object('slackId', p.slack_id, 'name', p.name) end as "endedBy"
    from reviews v join occurrences o on o.id = v.occurrence_id join cadences c on c.id = o.cadence_id
    join channels h on h.id = c.channel_id left join people p on p.id = v.ended_by
    where v.workspace_id = ${workspaceId} and v.occurrence_id = ${occurrenceId}`.execute(db);
  return rows[0];
}

export async function findLine(db: Database, workspaceId: string, id: number): Promise<LineRow | undefined> {
  const { rows } = await sql<LineRow>`
    select l.id, l.occurrence_id as "occurrenceId", l.title, l.source,
      case when l.subject_kind is not null then json_build_object('kind', l.subject_kind, 'id', l.subject_id) end as subject
    from agenda_lines l where l.workspace_id = ${workspaceId} and l.id = ${id}`.execute(db);
  return rows[0];
}

/** The lines of a review with all that came of them, in order. */
export async function listLines(db: Database, workspaceId: string, occurrenceId: number): Promise<Line[]> {
  const { rows } = await sql<Line>`
    select l.id, l.position, l.page, l.source, l.title, l.facts, l.from_line_id as "fromLineId",
      case when l.subject_kind is not null then json_build_object('kind', l.subject_kind, 'id', l.subject_id) end as subject,
      case when p.id is not null then json_build_object('slackId', p.slack_id, 'name', p.name) end as "deferredBy",
      coalesce((select json_agg(json_build_object('id', d.id, 'number', d.number, 'outcome', d.outcome,
          'approver', json_build_object('slackId', a.slack_id, 'name', a.name)) order by d.number)
        from decisions d join people a on a.id = d.approver_id
        where d.line_id = l.id and d.outcome is not null), '[]') as decisions,
      coalesce((select json_agg(json_build_object('id', t.id, 'title', t.title, 'dueOn', t.due_on::text, 'state', t.state,
          'owner', json_build_object('slackId', w.slack_id, 'name', w.name)) order by t.id)
        from actions t join people w on w.id = t.owner_id where t.line_id = l.id), '[]') as actions
    from agenda_lines l left join people p on p.id = l.deferred_by
    where l.workspace_id = ${workspaceId} and l.occurrence_id = ${occurrenceId}
    order by l.position`.execute(db);
  return rows;
}

/** Keeps that a line was put off; false: it was already. */
export async function saveDeferred(
  tx: Tx,
  lineId: number,
  by: { personId: number; at: Temporal.Instant },
): Promise<boolean> {
  const saved = await tx
    .updateTable('agenda_lines')
    .set({ deferred_at: by.at.toString(), deferred_by: by.personId })
    .where('id', '=', lineId)
    .where('deferred_at', 'is', null)
    .executeTakeFirst();
  return saved.numUpdatedRows > 0n;
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

/** The latest reviews that have ended, of those in which somebody took part: they pressed, were given something, or closed it. */
export async function listEndedOf(
  db: Database,
  workspaceId: string,
  personId: number,
  limit: number,
): Promise<{ occurrenceId: number; name: string; endedAt: Temporal.Instant; minutes: Minutes }[]> {
  const { rows } = await sql<{
    occurrenceId: number;
    name: string;
    endedAt: Temporal.Instant;
    minutes: Minutes;
  }>`
    select v.occurrence_id as "occurrenceId", v.name, v.ended_at as "endedAt", v.minutes from reviews v
    where v.workspace_id = ${workspaceId} and v.ended_at is not null and (v.ended_by = ${personId}
      or exists (select from agenda_lines l where l.occurrence_id = v.occurrence_id and (l.deferred_by = ${personId}
        or exists (select from decisions d where d.line_id = l.id
          and ${personId} in (d.driver_id, d.approver_id, d.decided_by))
        or exists (select from actions a where a.line_id = l.id and ${personId} in (a.owner_id, a.by_id)))))
    order by v.ended_at desc limit ${limit}`.execute(db);
  return rows;
}
