import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Decision } from './core/decision.ts';
import type { DecisionEntry, Making } from './core/form.ts';

const ref = (alias: string) =>
  sql.raw(`json_build_object('id', ${alias}.id, 'slackId', ${alias}.slack_id, 'name', ${alias}.name)`);
const people = (part: string) => sql`coalesce((select json_agg(${ref('p')} order by p.name, p.id)
  from decision_people dp join people p on p.id = dp.person_id
  where dp.decision_id = d.id and dp.part = ${sql.lit(part)}), '[]')`;

/**
 * Decisions as a viewer may read them; null: as Cairn itself does, for what is done and not shown. `which` says which ones,
 * in which order and how many.
 */
export async function selectDecisions(
  db: Database,
  workspaceId: string,
  viewerId: number | null,
  which: { where: RawBuilder<unknown>; order?: RawBuilder<unknown>; limit?: number; offset?: number },
): Promise<Decision[]> {
  const seen = viewerId === null ? sql`true` : sql`sees_decision(d, ${viewerId})`;
  const rockSeen = viewerId === null ? sql`true` : sql`(r.visibility = 'workspace' or sees(r, ${viewerId}))`;
  const objectiveSeen = viewerId === null ? sql`true` : sql`sees_objective(o, ${viewerId})`;
  const { order = sql`d.number desc`, limit = 1_000, offset = 0 } = which;
  const { rows } = await sql<Decision>`
    select d.id, d.number, d.question, d.options, d.due_on as "dueOn", d.state, d.outcome, d.why,
      d.look_again_on as "lookAgainOn", d.visibility, d.source_url as "sourceUrl", d.created_at as "createdAt",
      d.decided_at as "decidedAt", ${ref('approver')} as approver, ${ref('creator')} as "createdBy",
      json_build_object('id', driver.id, 'slackId', driver.slack_id, 'name', driver.name,
        'timezone', coalesce(driver.timezone, w.timezone)) as driver,
      case when decider.id is not null then ${ref('decider')} end as "decidedBy",
      ${people('contributor')} as contributors, ${people('informed')} as informed, ${people('viewer')} as viewers,
      case when t.id is not null then json_build_object('id', t.id, 'name', t.name) end as team,
      (select s.number from decisions s where s.id = d.superseded_by_id) as "supersededBy",
      array(select s.number from decisions s where s.superseded_by_id = d.id order by s.number) as supersedes,
      coalesce((select json_agg(json_build_object('kind', a.kind, 'id', a.id, 'key', a.key, 'name', a.name)) from (
        select 'rock' as kind, r.id, r.key, r.name from rocks r where r.id = d.rock_id and ${rockSeen}
        union all
        select 'objective', o.id, o.key, o.title from objectives o where o.id = d.objective_id and ${objectiveSeen}
        union all
        select 'item', i.id, i.key, i.title from roadmap_items i where i.id = d.item_id) a), '[]') as about
    from decisions d
    join workspaces w on w.id = d.workspace_id
    join people driver on driver.id = d.driver_id
    join people approver on approver.id = d.approver_id
    join people creator on creator.id = d.created_by
    left join people decider on decider.id = d.decided_by
    left join teams t on t.id = d.team_id
    where d.workspace_id = ${workspaceId} and ${which.where} and ${seen}
    order by ${order} limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

export async function findDecision(
  db: Database,
  workspaceId: string,
  by: { id: number } | { number: number },
  viewerId: number | null,
): Promise<Decision | undefined> {
  const where = 'id' in by ? sql`d.id = ${by.id}` : sql`d.number = ${by.number}`;
  return (await selectDecisions(db, workspaceId, viewerId, { where, limit: 1 }))[0];
}

/** Holds a decision as it is until the transaction ends. */
export async function lockDecision(tx: Tx, workspaceId: string, id: number): Promise<void> {
  await sql`select from decisions where workspace_id = ${workspaceId} and id = ${id} for update`.execute(tx);
}

export type NewDecision = DecisionEntry & {
  workspaceId: string;
  createdById: number;
  at: Temporal.Instant;
  sourceUrl: string | null;
  lineId: number | null;
  /** Null: it is open. */
  made: Making | null;
};

/** Writes a decision with the next number of the workspace; whoever writes at the same time waits. */
export async function insertDecision(tx: Tx, decision: NewDecision): Promise<number> {
  const { workspaceId, made, about, at } = decision;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`decisions of ${workspaceId}`}, 0))`.execute(tx);
  const idOf = (kind: string) => about.find((one) => one.kind === kind)?.id ?? null;
  const { id } = await tx
    .insertInto('decisions')
    .values({
      workspace_id: workspaceId,
      number: sql<number>`(select coalesce(max(number), 0) + 1 from decisions where workspace_id = ${workspaceId})`,
      question: decision.question,
      options: decision.options,
      driver_id: decision.driverId,
      approver_id: decision.approverId,
      due_on: made === null ? (decision.dueOn?.toString() ?? null) : null,
      state: made === null ? 'open' : 'decided',
      ...madeColumns(made, at, decision.createdById),
      rock_id: idOf('rock'),
      objective_id: idOf('objective'),
      item_id: idOf('item'),
      team_id: decision.teamId,
      visibility: decision.visibility,
      source_url: decision.sourceUrl,
      line_id: decision.lineId,
      created_at: at.toString(),
      created_by: decision.createdById,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertParts(tx, workspaceId, id, decision);
  return id;
}

function madeColumns(made: Making | null, at: Temporal.Instant, byId: number) {
  return {
    outcome: made?.outcome ?? null,
    why: made?.why ?? null,
    look_again_on: made?.lookAgainOn?.toString() ?? null,
    decided_at: made === null ? null : at.toString(),
    decided_by: made === null ? null : byId,
  };
}

async function insertParts(tx: Tx, workspaceId: string, id: number, entry: DecisionEntry): Promise<void> {
  const { contributorIds, informedIds, viewerIds } = entry;
  const rows = (ids: readonly number[], part: 'contributor' | 'informed' | 'viewer') =>
    [...new Set(ids)].map((person_id) => ({ workspace_id: workspaceId, decision_id: id, person_id, part }));
  const all = [
    ...rows(contributorIds, 'contributor'),
    ...rows(informedIds, 'informed'),
    ...rows(viewerIds, 'viewer'),
  ];
  if (all.length > 0) await tx.insertInto('decision_people').values(all).execute();
}

/** Keeps another entry of an open decision. */
export async function saveEntry(
  tx: Tx,
  workspaceId: string,
  id: number,
  entry: DecisionEntry,
): Promise<void> {
  const idOf = (kind: string) => entry.about.find((one) => one.kind === kind)?.id ?? null;
  await tx
    .updateTable('decisions')
    .set({
      question: entry.question,
      options: entry.options,
      driver_id: entry.driverId,
      approver_id: entry.approverId,
      due_on: entry.dueOn?.toString() ?? null,
      rock_id: idOf('rock'),
      objective_id: idOf('objective'),
      item_id: idOf('item'),
      team_id: entry.teamId,
      visibility: entry.visibility,
    })
    .where('id', '=', id)
    .execute();
  await tx.deleteFrom('decision_people').where('decision_id', '=', id).execute();
  await insertParts(tx, workspaceId, id, entry);
}

/** Keeps that an open decision is made, and on which line of an agenda, if on one. */
export async function saveMade(
  tx: Tx,
  id: number,
  {
    made,
    at,
    byId,
    approverId,
    lineId,
  }: { made: Making; at: Temporal.Instant; byId: number; approverId: number; lineId: number | null },
): Promise<void> {
  await tx
    .updateTable('decisions')
    .set({
      state: 'decided',
      approver_id: approverId,
      ...madeColumns(made, at, byId),
      ...(lineId === null ? {} : { line_id: lineId }),
    })
    .where('id', '=', id)
    .execute();
}

export async function saveSuperseded(tx: Tx, id: number, byId: number): Promise<void> {
  await tx
    .updateTable('decisions')
    .set({ state: 'superseded', superseded_by_id: byId, look_again_on: null })
    .where('id', '=', id)
    .execute();
}

/** Somebody has looked again, and it stands: it is due for no other look unless a day is given. */
export async function saveLookedAgain(
  tx: Tx,
  id: number,
  at: Temporal.Instant,
  nextOn: Temporal.PlainDate | null,
): Promise<void> {
  await tx
    .updateTable('decisions')
    .set({ looked_again_at: at.toString(), look_again_on: nextOn?.toString() ?? null })
    .where('id', '=', id)
    .execute();
}
