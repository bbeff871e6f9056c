import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { GatheredLine, Line } from './core/line.ts';
import type { LineRow } from './core/review.ts';

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
