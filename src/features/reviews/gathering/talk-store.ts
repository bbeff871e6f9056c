import { sql } from 'kysely';
import type { Database } from '../../../platform/db/database.ts';
import type { LineSource, Subject } from '../core/line.ts';
import { mostOfSource, ofTeams, type Ref, ref, type Scope } from './scope.ts';

export type Deferred = {
  id: number;
  title: string;
  source: LineSource;
  facts: string;
  subject: Subject | null;
  by: Ref;
  /** By the calendar of the cadence. */
  deferredOn: string;
};

const rockSeenByAll = (id: string) =>
  sql`exists (select from rocks r where r.id = ${sql.ref(id)} and r.visibility = 'workspace')`;
const objectiveSeenByAll = (id: string) =>
  sql`exists (select from objectives o where o.id = ${sql.ref(id)} and o.visibility = 'workspace')`;
const decisionSeenByAll = sql`d.visibility = 'workspace' and (d.rock_id is null or ${rockSeenByAll('d.rock_id')})
  and (d.objective_id is null or ${objectiveSeenByAll('d.objective_id')})`;

/**
 * Lines that were put off in reviews of the cadence and stand on no later agenda yet; but those about what only a few may
 * see by now.
 */
export async function listDeferred(db: Database, scope: Scope): Promise<Deferred[]> {
  const { rows } = await sql<Deferred>`
    select l.id, l.title, l.source, l.facts, ${ref('p')} as by,
      (l.deferred_at at time zone c.timezone)::date::text as "deferredOn",
      case when l.subject_kind is not null then json_build_object('kind', l.subject_kind, 'id', l.subject_id) end as subject
    from agenda_lines l join occurrences u on u.id = l.occurrence_id join cadences c on c.id = u.cadence_id
    join people p on p.id = l.deferred_by
    where l.workspace_id = ${scope.workspaceId} and u.cadence_id = ${scope.cadenceId}
      and not exists (select from agenda_lines later where later.from_line_id = l.id)
      and case l.subject_kind
        when 'rock' then ${rockSeenByAll('l.subject_id')}
        when 'objective' then ${objectiveSeenByAll('l.subject_id')}
        when 'key-result' then exists (select from key_results k
          where k.id = l.subject_id and ${objectiveSeenByAll('k.objective_id')})
        when 'handoff' then exists (select from handoffs h where h.id = l.subject_id and ${rockSeenByAll('h.rock_id')})
        when 'decision' then exists (select from decisions d where d.id = l.subject_id and ${decisionSeenByAll})
        when 'action' then not exists (select from actions a where a.id = l.subject_id and a.rock_id is not null
          and not ${rockSeenByAll('a.rock_id')})
        else true end
    order by l.occurrence_id, l.position limit ${mostOfSource}`.execute(db);
  return rows;
}

export type OpenDecision = {
  id: number;
  number: number;
  question: string;
  driver: Ref;
  approver: Ref;
  dueOn: string | null;
  lookAgainOn: string | null;
  outcome: string | null;
};

/** Open decisions that everybody may see, the most pressing first: those of the teams, and those of no team. */
export async function listOpenDecisions(db: Database, scope: Scope): Promise<OpenDecision[]> {
  return await decisions(db, scope, sql`d.state = 'open'`, sql`d.due_on nulls last, d.number`);
}

/** Decisions that everybody may see and that are due for another look. */
export async function listLookAgain(db: Database, scope: Scope): Promise<OpenDecision[]> {
  const due = sql`d.state = 'decided' and d.look_again_on <= ${scope.on.toString()}::date`;
  return await decisions(db, scope, due, sql`d.look_again_on, d.number`);
}

async function decisions(
  db: Database,
  scope: Scope,
  which: ReturnType<typeof sql>,
  order: ReturnType<typeof sql>,
): Promise<OpenDecision[]> {
  const { rows } = await sql<OpenDecision>`
    select d.id, d.number, d.question, ${ref('driver')} as driver, ${ref('approver')} as approver,
      d.due_on::text as "dueOn", d.look_again_on::text as "lookAgainOn", d.outcome
    from decisions d join people driver on driver.id = d.driver_id join people approver on approver.id = d.approver_id
    where d.workspace_id = ${scope.workspaceId} and ${which} and ${decisionSeenByAll}
      and (d.team_id is null or ${ofTeams(scope, 'd.team_id')})
    order by ${order} limit ${mostOfSource}`.execute(db);
  return rows;
}

export type LateAction = {
  id: number;
  title: string;
  owner: Ref;
  by: Ref;
  dueOn: string | null;
  isLate: boolean;
};

/**
 * Actions that were given in reviews of the teams' work and are overdue, and those of this cadence's reviews that are open
 * still. What people hand one another is between them, and stays out, as does what is about a rock that few may see.
 */
export async function listLateActions(db: Database, scope: Scope): Promise<LateAction[]> {
  const { rows } = await sql<LateAction>`
    select a.id, a.title, ${ref('o')} as owner, ${ref('b')} as by, a.due_on::text as "dueOn",
      coalesce(a.due_on < ${scope.on.toString()}::date, false) as "isLate"
    from actions a join people o on o.id = a.owner_id join people b on b.id = a.by_id
    join occurrences c on c.id = a.occurrence_id
    left join roadmap_items i on i.id = a.item_id left join rocks r on r.id = a.rock_id
    where a.workspace_id = ${scope.workspaceId} and a.state = 'open'
      and (a.rock_id is null or r.visibility = 'workspace')
      and (c.cadence_id = ${scope.cadenceId} or (a.due_on < ${scope.on.toString()}::date
        and (${ofTeams(scope, 'i.team_id')} or ${ofTeams(scope, 'r.team_id')})))
    order by a.due_on nulls last, a.id limit ${mostOfSource}`.execute(db);
  return rows;
}
