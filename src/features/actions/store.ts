import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Action, Doing } from './core/action.ts';

function person(alias: string) {
  const p = sql.raw(alias);
  return sql<Doing>`json_build_object('id', ${p}.id, 'slackId', ${p}.slack_id, 'name', ${p}.name,
    'timezone', coalesce(${p}.timezone, w.timezone))`;
}

function actions(db: Database, workspaceId: string) {
  return db
    .selectFrom('actions as a')
    .innerJoin('workspaces as w', 'w.id', 'a.workspace_id')
    .innerJoin('people as o', 'o.id', 'a.owner_id')
    .innerJoin('people as b', 'b.id', 'a.by_id')
    .leftJoin('rocks as r', 'r.id', 'a.rock_id')
    .where('a.workspace_id', '=', workspaceId)
    .select([
      'a.id',
      'a.title',
      person('o').as('owner'),
      person('b').as('by'),
      sql<
        Action['rock']
      >`case when r.id is not null then json_build_object('id', r.id, 'name', r.name) end`.as('rock'),
      'a.handoff_id as handoffId',
      'a.due_on as dueOn',
      'a.state',
    ]);
}

/** An action by its own id, or by the handoff that it came by. */
export async function findAction(
  db: Database,
  workspaceId: string,
  by: { id: number } | { handoffId: number },
): Promise<Action | undefined> {
  const query = actions(db, workspaceId);
  return await ('id' in by
    ? query.where('a.id', '=', by.id)
    : query.where('a.handoff_id', '=', by.handoffId)
  ).executeTakeFirst();
}

/** What is open of one side, the soonest first; what has no date comes last. What `byId` gave is what others do. */
export async function listOpenActions(
  db: Database,
  workspaceId: string,
  of: { ownerId: number } | { byId: number } | { rockId: number } | { lineIds: readonly number[] },
  limit: number,
): Promise<Action[]> {
  const query = actions(db, workspaceId).where('a.state', '=', 'open');
  const own =
    'ownerId' in of
      ? query.where('a.owner_id', '=', of.ownerId)
      : 'byId' in of
        ? query.where('a.by_id', '=', of.byId).whereRef('a.owner_id', '<>', 'a.by_id')
        : 'rockId' in of
          ? query.where('a.rock_id', '=', of.rockId)
          : query.where('a.line_id', 'in', of.lineIds);
  return await own
    .orderBy('a.due_on', (order) => order.asc().nullsLast())
    .orderBy('a.id')
    .limit(limit)
    .execute();
}

export async function insertAction(
  tx: Tx,
  action: {
    workspaceId: string;
    title: string;
    ownerId: number;
    byId: number;
    rockId: number | null;
    handoffId: number | null;
    lineId?: number | null;
    occurrenceId?: number | null;
    itemId?: number | null;
    dueOn: Temporal.PlainDate | null;
    at: Temporal.Instant;
  },
): Promise<number> {
  const { id } = await tx
    .insertInto('actions')
    .values({
      workspace_id: action.workspaceId,
      title: action.title,
      owner_id: action.ownerId,
      by_id: action.byId,
      rock_id: action.rockId,
      handoff_id: action.handoffId,
      line_id: action.lineId ?? null,
      occurrence_id: action.occurrenceId ?? null,
      item_id: action.itemId ?? null,
      due_on: action.dueOn?.toString() ?? null,
      created_at: action.at.toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** How an open action ends; `why` it was dropped, in the words of whoever dropped it. */
export type Ending = { state: 'done' } | { state: 'dropped'; why: string };

/** Keeps that it is over; false when it was not open any more. */
export async function endAction(tx: Tx, id: number, ending: Ending, at: Temporal.Instant): Promise<boolean> {
  const ended = await tx
    .updateTable('actions')
    .set({
      state: ending.state,
      why_dropped: ending.state === 'dropped' ? ending.why : null,
      ended_at: at.toString(),
    })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}
