import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Edits, Figures } from './core/digest.ts';
import type { Digest, Drafted } from './core/draft.ts';
import { hoursAhead } from './core/times.ts';

type Row = Omit<Digest, 'edits'> & Edits;

function digests(workspaceId: string) {
  return sql`
    select d.id, d.cadence_id as "cadenceId", d.due_at as "dueAt", d.state, d.content, d.note, d.hidden, d.said,
      d.preview_message_id as "previewMessageId", w.timezone,
      case when p.id is not null then json_build_object('slackId', p.slack_id, 'name', p.name) end as "editedBy",
      json_build_object('slackId', h.slack_id, 'name', h.name, 'isPrivate', h.is_private) as channel
    from digests d
    join workspaces w on w.id = d.workspace_id
    join cadences c on c.id = d.cadence_id
    join channels h on h.id = c.channel_id
    left join people p on p.id = d.edited_by
    where d.workspace_id = ${workspaceId}`;
}

function toDigest({ note, hidden, said, ...row }: Row): Digest {
  return { ...row, edits: { note, hidden, said } };
}

export async function findDigest(db: Database, workspaceId: string, id: number): Promise<Digest | undefined> {
  const { rows } = await sql<Row>`${digests(workspaceId)} and d.id = ${id}`.execute(db);
  return rows.map(toDigest)[0];
}

/** The same, locked. */
export async function lockDigest(tx: Tx, workspaceId: string, id: number): Promise<Digest | undefined> {
  const { rows } = await sql<Row>`${digests(workspaceId)} and d.id = ${id} for no key update of d`.execute(
    tx,
  );
  return rows.map(toDigest)[0];
}

/** The draft of what a cadence says at a moment, locked. */
export async function lockDraft(
  tx: Tx,
  workspaceId: string,
  of: { cadenceId: number; dueAt: Temporal.Instant },
): Promise<Digest | undefined> {
  const { rows } = await sql<Row>`${digests(workspaceId)} and d.cadence_id = ${of.cadenceId}
    and d.due_at = ${of.dueAt.toString()}::timestamptz and d.state = 'draft' for no key update of d`.execute(
    tx,
  );
  return rows.map(toDigest)[0];
}

/** Keeps a draft; undefined where there is one of that moment already. */
export async function insertDraft(
  tx: Tx,
  draft: { workspaceId: string; cadenceId: number; dueAt: Temporal.Instant; content: Drafted },
): Promise<number | undefined> {
  const { gathered } = draft.content;
  const row = await tx
    .insertInto('digests')
    .values({
      workspace_id: draft.workspaceId,
      cadence_id: draft.cadenceId,
      due_at: draft.dueAt.toString(),
      content: JSON.stringify(draft.content),
      figures: JSON.stringify(gathered.figures),
      drafted_at: gathered.at,
    })
    .onConflict((conflict) => conflict.columns(['cadence_id', 'due_at']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export async function savePreview(tx: Tx, id: number, messageId: number): Promise<void> {
  await tx.updateTable('digests').set({ preview_message_id: messageId }).where('id', '=', id).execute();
}

export async function saveEdits(
  tx: Tx,
  id: number,
  edits: Edits,
  by: { personId: number; at: Temporal.Instant } | null,
): Promise<void> {
  await tx
    .updateTable('digests')
    .set({
      note: edits.note,
      hidden: edits.hidden,
      said: JSON.stringify(edits.said),
      ...(by === null ? {} : { edited_by: by.personId, edited_at: by.at.toString() }),
    })
    .where('id', '=', id)
    .execute();
}

export async function markSent(tx: Tx, id: number, messageId: number): Promise<void> {
  await tx
    .updateTable('digests')
    .set({ state: 'sent', message_id: messageId })
    .where('id', '=', id)
    .execute();
}

/** The figures of the latest digests that were sent, of a cadence or of the one that was sent last, the earliest first. */
export async function listCourse(
  db: Database,
  workspaceId: string,
  cadenceId: number | null,
  most: number,
): Promise<{ gatheredAt: Temporal.Instant; figures: Figures }[]> {
  const { rows } = await sql<{ gatheredAt: Temporal.Instant; figures: Figures }>`
    select d.drafted_at as "gatheredAt", d.figures from digests d
    where d.workspace_id = ${workspaceId} and d.state = 'sent'
      and d.cadence_id = coalesce(${cadenceId}::bigint, (select l.cadence_id from digests l
        where l.workspace_id = ${workspaceId} and l.state = 'sent' order by l.drafted_at desc limit 1))
    order by d.drafted_at desc, d.id desc limit ${most}`.execute(db);
  return rows.reverse();
}

const ahead = sql`make_interval(hours => ${sql.lit(hoursAhead)})`;
const undrafted = sql`not exists (select from digests d where d.cadence_id = c.id and d.due_at = c.next_due_at)`;

/** Cadences whose digest is to be drafted now: not yet due, due within the four hours, and not drafted. */
export async function listToDraft(
  db: Database,
  workspaceId: string,
  now: Temporal.Instant,
): Promise<{ cadenceId: number; dueAt: Temporal.Instant }[]> {
  const at = sql`${now.toString()}::timestamptz`;
  const { rows } = await sql<{ cadenceId: number; dueAt: Temporal.Instant }>`
    select c.id as "cadenceId", c.next_due_at as "dueAt" from cadences c
    where c.workspace_id = ${workspaceId} and c.ritual = 'digest' and c.state = 'active'
      and c.next_due_at > ${at} and c.next_due_at - ${ahead} <= ${at} and ${undrafted}
    order by c.id`.execute(db);
  return rows;
}

/** The soonest moment after `after` at which one is to be drafted. */
export async function findNextToDraft(
  db: Database,
  workspaceId: string,
  after: Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  const { rows } = await sql<{ at: Temporal.Instant }>`
    select c.next_due_at - ${ahead} as at from cadences c
    where c.workspace_id = ${workspaceId} and c.ritual = 'digest' and c.state = 'active'
      and c.next_due_at - ${ahead} > ${after.toString()}::timestamptz and ${undrafted}
    order by c.next_due_at limit 1`.execute(db);
  return rows[0]?.at;
}

/** Previews of drafts that are not sent any more: their time is over, and so is the time to catch up. */
export async function listUnsent(
  db: Database,
  workspaceId: string,
  now: Temporal.Instant,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select d.id from digests d join cadences c on c.id = d.cadence_id
    where d.workspace_id = ${workspaceId} and d.state = 'draft' and d.preview_message_id is not null
      and d.due_at + c.catch_up::interval < ${now.toString()}::timestamptz
    order by d.id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Its preview has said its last. */
export async function forgetPreview(tx: Tx, id: number): Promise<void> {
  await tx.updateTable('digests').set({ preview_message_id: null }).where('id', '=', id).execute();
}
