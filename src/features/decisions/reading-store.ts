import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import type { Decision } from './core/decision.ts';

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

/** How a decision stands, whoever may see it: a look that costs little. */
export async function findStanding(
  db: Database,
  workspaceId: string,
  id: number,
): Promise<Pick<Decision, 'state' | 'lookAgainOn'> | undefined> {
  return await db
    .selectFrom('decisions')
    .select(['state', 'look_again_on as lookAgainOn'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}
