import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { BriefFacts, BriefWords, Handoff, HandoffKind, HandoffState, Party } from './core/handoff.ts';

function party(alias: string) {
  const p = sql.raw(alias);
  return sql<Party>`json_build_object('id', ${p}.id, 'slackId', ${p}.slack_id, 'name', ${p}.name,
    'timezone', coalesce(${p}.timezone, w.timezone))`;
}

/** Rows as `Handoff`, of one workspace. */
export function handoffs(db: Database, workspaceId: string) {
  return db
    .selectFrom('handoffs as h')
    .innerJoin('workspaces as w', 'w.id', 'h.workspace_id')
    .leftJoin('rocks as r', 'r.id', 'h.rock_id')
    .leftJoin('people as f', 'f.id', 'h.from_id')
    .innerJoin('people as t', 't.id', 'h.to_id')
    .innerJoin('people as s', (join) =>
      join.on(sql<boolean>`s.id = case h.kind when 'assign' then h.by_id else h.from_id end`),
    )
    .where('h.workspace_id', '=', workspaceId)
    .select((eb) => [
      'h.id',
      'h.kind',
      'h.state',
      sql<Handoff['rock']>`case when r.id is not null
        then json_build_object('id', r.id, 'key', r.key, 'name', r.name) end`.as('rock'),
      sql<string>`coalesce(r.name, h.work)`.as('title'),
      sql<Party | null>`case when f.id is not null then ${party('f')} end`.as('from'),
      party('t').as('to'),
      party('s').as('sender'),
      sql<BriefWords>`json_build_object('whyItMatters', h.why_it_matters, 'whereItStands', h.where_it_stands,
        'nextStep', h.next_step, 'whatCouldHurt', h.what_could_hurt)`.as('words'),
      sql<BriefFacts>`h.facts`.as('facts'),
      'h.reason',
      'h.suggestion',
      'h.due_on as dueOn',
      'h.until_on as untilOn',
      'h.overlap_days as overlapDays',
      'h.offered_at as offeredAt',
      'h.read_at as readAt',
      'h.accepted_at as acceptedAt',
      'h.overlap_until as overlapUntil',
      eb.ref('h.ended_at').as('endedAt'),
      'h.undoes_id as undoesId',
      'h.batch_id as batchId',
      'h.request_message_id as requestMessageId',
      'h.offer_message_id as offerMessageId',
      'h.sender_message_id as senderMessageId',
    ]);
}

export async function findHandoff(
  db: Database,
  workspaceId: string,
  id: number,
): Promise<Handoff | undefined> {
  return await handoffs(db, workspaceId).where('h.id', '=', id).executeTakeFirst();
}

/** The same for one that must be there. */
export async function getHandoff(db: Database, workspaceId: string, id: number): Promise<Handoff> {
  const handoff = await findHandoff(db, workspaceId, id);
  if (handoff === undefined) throw new Error(`handoff ${id} is not there`);
  return handoff;
}

/** The same, locked: whoever else wants to move this handoff waits. */
export async function lockHandoff(tx: Tx, workspaceId: string, id: number): Promise<Handoff | undefined> {
  await tx
    .selectFrom('handoffs')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return await findHandoff(tx, workspaceId, id);
}

/** The one of a rock whose answer is waited for. */
export async function findOpenHandoffOfRock(
  db: Database,
  workspaceId: string,
  rockId: number,
): Promise<Handoff | undefined> {
  return await handoffs(db, workspaceId)
    .where('h.rock_id', '=', rockId)
    .where('h.state', 'in', ['asked', 'offered', 'changes-suggested'])
    .executeTakeFirst();
}

/** The loan of a rock that goes on. */
export async function findLoanOfRock(
  db: Database,
  workspaceId: string,
  rockId: number,
): Promise<Handoff | undefined> {
  return await handoffs(db, workspaceId)
    .where('h.rock_id', '=', rockId)
    .where('h.kind', '=', 'lend')
    .where('h.state', '=', 'accepted')
    .executeTakeFirst();
}

/** The handoffs of a rock in which whoever had it before still helps. */
export async function listOverlapsOfRock(
  db: Database,
  workspaceId: string,
  rockId: number,
): Promise<Handoff[]> {
  return await handoffs(db, workspaceId)
    .where('h.rock_id', '=', rockId)
    .where('h.state', '=', 'overlap')
    .orderBy('h.id')
    .execute();
}

/** Handoffs by which a rock changed its owner, the latest first. */
export async function listFlipsOfRock(
  db: Database,
  workspaceId: string,
  rockId: number,
  limit: number,
): Promise<Handoff[]> {
  return await handoffs(db, workspaceId)
    .where('h.rock_id', '=', rockId)
    .where('h.kind', 'in', ['give', 'ask', 'assign', 'back'])
    .where('h.state', 'in', ['accepted', 'overlap', 'completed'])
    .orderBy('h.accepted_at', 'desc')
    .orderBy('h.id', 'desc')
    .limit(limit)
    .execute();
}

export type NewHandoff = {
  workspaceId: string;
  kind: HandoffKind;
  state: 'draft' | 'asked' | 'offered';
  /** Null: a piece of work, which `work` names. */
  rockId: number | null;
  work?: string;
  fromId: number | null;
  toId: number;
  byId: number;
  words: BriefWords;
  facts: BriefFacts;
  reason?: string | null;
  dueOn?: Temporal.PlainDate | null;
  untilOn?: Temporal.PlainDate | null;
  overlapDays?: number;
  undoesId?: number | null;
  batchId?: number | null;
  at: Temporal.Instant;
};

export async function insertHandoff(tx: Tx, handoff: NewHandoff): Promise<number> {
  const { id } = await tx
    .insertInto('handoffs')
    .values({
      workspace_id: handoff.workspaceId,
      kind: handoff.kind,
      state: handoff.state,
      rock_id: handoff.rockId,
      work: handoff.work ?? null,
      from_id: handoff.fromId,
      to_id: handoff.toId,
      by_id: handoff.byId,
      ...columnsOf({ words: handoff.words, facts: handoff.facts }),
      facts: JSON.stringify(handoff.facts),
      reason: handoff.reason ?? null,
      due_on: handoff.dueOn?.toString() ?? null,
      until_on: handoff.untilOn?.toString() ?? null,
      undoes_id: handoff.undoesId ?? null,
      batch_id: handoff.batchId ?? null,
      offered_at: handoff.at.toString(),
      ...(handoff.overlapDays === undefined ? {} : { overlap_days: handoff.overlapDays }),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** What a step writes; what is absent stays as it is. */
export type HandoffChange = {
  state?: HandoffState;
  words?: BriefWords;
  facts?: BriefFacts;
  reason?: string | null;
  suggestion?: string | null;
  overlapDays?: number;
  untilOn?: Temporal.PlainDate;
  offeredAt?: Temporal.Instant;
  readAt?: Temporal.Instant | null;
  acceptedAt?: Temporal.Instant;
  overlapUntil?: Temporal.Instant;
  endedAt?: Temporal.Instant;
  declineReason?: string | null;
  requestMessageId?: number;
  offerMessageId?: number;
  senderMessageId?: number;
};

export async function saveHandoff(tx: Tx, id: number, change: HandoffChange): Promise<void> {
  const columns = columnsOf(change);
  if (Object.keys(columns).length === 0) return;
  await tx.updateTable('handoffs').set(columns).where('id', '=', id).execute();
}

function columnsOf(change: HandoffChange) {
  const { words, facts, offeredAt, readAt, acceptedAt, overlapUntil, endedAt, untilOn } = change;
  return {
    ...(change.state === undefined ? {} : { state: change.state }),
    ...(words === undefined
      ? {}
      : {
          why_it_matters: words.whyItMatters,
          where_it_stands: words.whereItStands,
          next_step: words.nextStep,
          what_could_hurt: words.whatCouldHurt,
        }),
    ...(facts === undefined ? {} : { facts: JSON.stringify(facts) }),
    ...(change.reason === undefined ? {} : { reason: change.reason }),
    ...(change.suggestion === undefined ? {} : { suggestion: change.suggestion }),
    ...(change.overlapDays === undefined ? {} : { overlap_days: change.overlapDays }),
    ...(untilOn === undefined ? {} : { until_on: untilOn.toString() }),
    ...(offeredAt === undefined ? {} : { offered_at: offeredAt.toString() }),
    ...(readAt === undefined ? {} : { read_at: readAt?.toString() ?? null }),
    ...(acceptedAt === undefined ? {} : { accepted_at: acceptedAt.toString() }),
    ...(overlapUntil === undefined ? {} : { overlap_until: overlapUntil.toString() }),
    ...(endedAt === undefined ? {} : { ended_at: endedAt.toString() }),
    ...(change.declineReason === undefined ? {} : { decline_reason: change.declineReason }),
    ...(change.requestMessageId === undefined ? {} : { request_message_id: change.requestMessageId }),
    ...(change.offerMessageId === undefined ? {} : { offer_message_id: change.offerMessageId }),
    ...(change.senderMessageId === undefined ? {} : { sender_message_id: change.senderMessageId }),
  };
}

/** Keeps when the brief was first opened by whoever has to say yes, while it is waited for. */
export async function markRead(tx: Tx, id: number, at: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('handoffs')
    .set({ read_at: at.toString() })
    .where('id', '=', id)
    .where('read_at', 'is', null)
    .where('state', 'in', ['asked', 'offered'])
    .execute();
}

/** Whose a rock is at this moment. */
export async function findOwnerOfRock(
  db: Database,
  rockId: number,
): Promise<{ id: number; slackId: string | null; name: string } | undefined> {
  return await db
    .selectFrom('stints as s')
    .innerJoin('people as p', 'p.id', 's.person_id')
    .select(['p.id', 'p.slack_id as slackId', 'p.name'])
    .where('s.rock_id', '=', rockId)
    .where('s.ended_at', 'is', null)
    .executeTakeFirst();
}

/** Who leads the team of a rock; null for nobody. */
export async function findLeadOfRock(
  db: Database,
  workspaceId: string,
  rockId: number,
): Promise<number | null> {
  const row = await db
    .selectFrom('rocks as r')
    .innerJoin('teams as t', 't.id', 'r.team_id')
    .select('t.lead_id as leadId')
    .where('r.workspace_id', '=', workspaceId)
    .where('r.id', '=', rockId)
    .executeTakeFirst();
  return row?.leadId ?? null;
}
