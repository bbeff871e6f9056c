import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { ItemState, Support } from './core/state.ts';

export type ItemRow = {
  id: number;
  key: string;
  state: ItemState;
  /** What it hangs from, also where the reader does not see it. */
  supportsOn: Support | null;
  lastDueOn: string | null;
  /** How often its owner was asked whether it moved the number. */
  asked: number;
};

/** Whoever gives keys goes one after the other in a workspace, so that none is given twice. */
export async function lockRoadmap(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`roadmap of ${workspaceId}`}, 0))`.execute(tx);
}

export async function listTakenKeys(db: Database, workspaceId: string, base: string): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    select key from roadmap_items where workspace_id = ${workspaceId} and starts_with(key, ${base})`.execute(
    db,
  );
  return new Set(rows.map(({ key }) => key));
}

/** Holds an item's row until the transaction ends. */
export async function lockItem(tx: Tx, workspaceId: string, id: number): Promise<void> {
  await tx
    .selectFrom('roadmap_items')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .execute();
}

export async function findItem(db: Database, workspaceId: string, id: number): Promise<ItemRow | undefined> {
  const [row] = await selectItems(db, workspaceId, [id]);
  return row;
}

/** All items of a workspace, as an import compares them. */
export async function listItemRows(db: Database, workspaceId: string): Promise<ItemRow[]> {
  return await selectItems(db, workspaceId, null);
}

async function selectItems(
  db: Database,
  workspaceId: string,
  ids: readonly number[] | null,
): Promise<ItemRow[]> {
  const { rows } = await sql<
    Omit<ItemRow, 'supportsOn'> & { objectiveId: number | null; lineId: number | null }
  >`
    select i.id, i.key, i.objective_id as "objectiveId", i.line_id as "lineId",
      i.last_due_on::text as "lastDueOn", i.asked,
      json_build_object('title', i.title, 'summary', i.summary, 'horizon', i.horizon, 'owner_id', i.owner_id,
        'team_id', i.team_id, 'rock_id', i.rock_id,
        'supports', coalesce((select o.key from objectives o where o.id = i.objective_id),
          (select l.key from strategy_in_force l where l.id = i.line_id)),
        'needs', coalesce((select json_agg(n.team_id order by n.team_id) from roadmap_needs n
          where n.item_id = i.id), '[]'),
        'impact', i.impact, 'effort', i.effort, 'alignment', i.alignment, 'due_on', i.due_on,
        'first_due_on', i.first_due_on, 'slips', i.slips, 'why_stopped', i.why_stopped, 'outcome', i.outcome,
        'outcome_words', i.outcome_words) as state
    from roadmap_items i
    where i.workspace_id = ${workspaceId} and (${ids}::bigint[] is null or i.id = any(${ids}::bigint[]))
    order by i.position, i.id`.execute(db);
  return rows.map(({ objectiveId, lineId, ...row }) => ({
    ...row,
    supportsOn:
      objectiveId !== null
        ? { kind: 'objective', id: objectiveId }
        : lineId !== null
          ? { kind: 'line', id: lineId }
          : null,
  }));
}

/** What goes along with a new state: what it hangs from, and the last date that it had. */
export type Beside = { supportsOn: Support | null; lastDueOn: string | null };

/** Keeps a new item, behind those that there are. */
export async function insertItem(
  tx: Tx,
  workspaceId: string,
  given: { key: string; state: ItemState; beside: Beside; at: Temporal.Instant; createdBy: number | null },
): Promise<number> {
  const { key, state, beside, at, createdBy } = given;
  const { id } = await tx
    .insertInto('roadmap_items')
    .values((eb) => ({
      ...columnsOf(state, beside),
      workspace_id: workspaceId,
      key,
      moved_at: at.toString(),
      created_at: at.toString(),
      created_by: createdBy,
      outcome_at: state.outcome === null ? null : at.toString(),
      position: eb
        .selectFrom('roadmap_items as other')
        .select(sql<number>`coalesce(max(other.position) + 1, 0)`.as('position'))
        .where('other.workspace_id', '=', workspaceId),
    }))
    .returning('id')
    .executeTakeFirstOrThrow();
  await saveNeeds(tx, workspaceId, id, state.needs);
  return id;
}

/** Keeps what an item says now. `movedAt`: it has changed its horizon; `askAt`: when its owner is asked about the number. */
export async function updateItem(
  tx: Tx,
  workspaceId: string,
  id: number,
  state: ItemState,
  beside: Beside,
  more: { movedAt?: Temporal.Instant; askAt?: Temporal.Instant | null; outcomeAt?: Temporal.Instant } = {},
): Promise<void> {
  await tx
    .updateTable('roadmap_items')
    .set({
      ...columnsOf(state, beside),
      ...(more.movedAt === undefined ? {} : { moved_at: more.movedAt.toString() }),
      ...(more.askAt === undefined ? {} : { ask_at: more.askAt?.toString() ?? null }),
      ...(state.outcome === null ? { outcome_at: null, outcome_by: null } : {}),
      ...(more.outcomeAt === undefined ? {} : { outcome_at: more.outcomeAt.toString(), outcome_by: null }),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
  await tx
    .deleteFrom('roadmap_needs')
    .where('workspace_id', '=', workspaceId)
    .where('item_id', '=', id)
    .execute();
  await saveNeeds(tx, workspaceId, id, state.needs);
}

/** What somebody answers about the number; `askAgainAt` null: nobody is asked any more. */
export async function saveOutcome(
  tx: Tx,
  workspaceId: string,
  id: number,
  answer: {
    outcome: NonNullable<ItemState['outcome']>;
    words: string | null;
    at: Temporal.Instant;
    byId: number | null;
    askAgainAt: Temporal.Instant | null;
  },
): Promise<void> {
  await tx
    .updateTable('roadmap_items')
    .set({
      outcome: answer.outcome,
      outcome_words: answer.words,
      outcome_at: answer.at.toString(),
      outcome_by: answer.byId,
      ask_at: answer.askAgainAt?.toString() ?? null,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function insertSlip(
  tx: Tx,
  workspaceId: string,
  itemId: number,
  slip: { at: Temporal.Instant; from: string; to: string; byId: number | null; why: string | null },
): Promise<void> {
  await tx
    .insertInto('roadmap_slips')
    .values({
      workspace_id: workspaceId,
      item_id: itemId,
      at: slip.at.toString(),
      from_on: slip.from,
      to_on: slip.to,
      by_id: slip.byId,
      why: slip.why,
    })
    .execute();
}

/** The columns of an item's own row. */
export function columnsOf(
  { supports: _key, needs: _apart, ...columns }: ItemState,
  { supportsOn, lastDueOn }: Beside,
) {
  return {
    ...columns,
    objective_id: supportsOn?.kind === 'objective' ? supportsOn.id : null,
    line_id: supportsOn?.kind === 'line' ? supportsOn.id : null,
    last_due_on: lastDueOn,
  };
}

async function saveNeeds(
  tx: Tx,
  workspaceId: string,
  itemId: number,
  teams: readonly number[],
): Promise<void> {
  if (teams.length === 0) return;
  const rows = teams.map((team_id) => ({ workspace_id: workspaceId, item_id: itemId, team_id }));
  await tx.insertInto('roadmap_needs').values(rows).execute();
}
