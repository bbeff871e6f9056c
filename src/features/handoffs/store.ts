import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { BriefFacts, BriefWords, Handoff, Party, Waiting } from './core/handoff.ts';

function party(alias: string) {
  const p = sql.raw(alias);
  return sql<Party>`json_build_object('id', ${p}.id, 'slackId', ${p}.slack_id, 'name', ${p}.name,
    'timezone', coalesce(${p}.timezone, w.timezone))`;
}

function handoffs(db: Database, workspaceId: string) {
  return db
    .selectFrom('handoffs as h')
    .innerJoin('workspaces as w', 'w.id', 'h.workspace_id')
    .innerJoin('rocks as r', 'r.id', 'h.rock_id')
    .innerJoin('people as f', 'f.id', 'h.from_id')
    .innerJoin('people as t', 't.id', 'h.to_id')
    .where('h.workspace_id', '=', workspaceId)
    .select([
      'h.id',
      'h.state',
      sql<Handoff['rock']>`json_build_object('id', r.id, 'name', r.name)`.as('rock'),
      party('f').as('from'),
      party('t').as('to'),
      sql<BriefWords>`json_build_object('whyItMatters', h.why_it_matters, 'whereItStands', h.where_it_stands,
        'nextStep', h.next_step, 'whatCouldHurt', h.what_could_hurt)`.as('words'),
      sql<BriefFacts>`h.facts`.as('facts'),
      'h.offered_at as offeredAt',
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

export async function findOpenHandoffOfRock(
  db: Database,
  workspaceId: string,
  rockId: number,
): Promise<Handoff | undefined> {
  return await handoffs(db, workspaceId)
    .where('h.rock_id', '=', rockId)
    .where('h.state', '=', 'offered')
    .executeTakeFirst();
}

export type Side = 'receiver' | 'sender';

/** What waits for a person's answer, or for the answer to what they offered: the oldest, and how many in all. */
export async function listOpenHandoffsOf(
  db: Database,
  workspaceId: string,
  personId: number,
  sides: readonly Side[],
  limit: number,
): Promise<Waiting> {
  const rows = await handoffs(db, workspaceId)
    .where('h.state', '=', 'offered')
    .where((eb) =>
      eb.or(sides.map((side) => eb(side === 'receiver' ? 'h.to_id' : 'h.from_id', '=', personId))),
    )
    .select(sql<number>`count(*) over ()`.as('total'))
    .orderBy('h.offered_at')
    .orderBy('h.id')
    .limit(limit)
    .execute();
  return { handoffs: rows.map(({ total: _, ...handoff }) => handoff), total: rows[0]?.total ?? 0 };
}

export async function insertHandoff(
  tx: Tx,
  handoff: {
    workspaceId: string;
    rockId: number;
    fromId: number;
    toId: number;
    words: BriefWords;
    facts: BriefFacts;
    at: Temporal.Instant;
  },
): Promise<number> {
  const { id } = await tx
    .insertInto('handoffs')
    .values({
      workspace_id: handoff.workspaceId,
      rock_id: handoff.rockId,
      from_id: handoff.fromId,
      to_id: handoff.toId,
      state: 'offered',
      why_it_matters: handoff.words.whyItMatters,
      where_it_stands: handoff.words.whereItStands,
      next_step: handoff.words.nextStep,
      what_could_hurt: handoff.words.whatCouldHurt,
      facts: JSON.stringify(handoff.facts),
      offered_at: handoff.at.toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function saveHandoffMessages(
  tx: Tx,
  id: number,
  messages: { offerMessageId: number; senderMessageId: number },
): Promise<void> {
  await tx
    .updateTable('handoffs')
    .set({ offer_message_id: messages.offerMessageId, sender_message_id: messages.senderMessageId })
    .where('id', '=', id)
    .execute();
}

export async function endHandoff(
  tx: Tx,
  id: number,
  ending: {
    state: 'accepted' | 'declined' | 'withdrawn';
    at: Temporal.Instant;
    declineReason?: string | null;
  },
): Promise<void> {
  await tx
    .updateTable('handoffs')
    .set({
      state: ending.state,
      ended_at: ending.at.toString(),
      decline_reason: ending.declineReason ?? null,
    })
    .where('id', '=', id)
    .execute();
}

/** Keeps when the receiver first opened the brief. */
export async function markRead(db: Tx, id: number, at: Temporal.Instant): Promise<void> {
  await db
    .updateTable('handoffs')
    .set({ read_at: at.toString() })
    .where('id', '=', id)
    .where('read_at', 'is', null)
    .execute();
}
