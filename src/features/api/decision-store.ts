import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import type { DecisionState } from '../../platform/db/tables.ts';
import {
  aPerson,
  every,
  type Named,
  namedOf,
  nobody,
  type PersonAnswer,
  type Titled,
  titledOf,
} from './parts-sql.ts';

export type DecisionRow = {
  number: number;
  question: string;
  options: string[];
  state: DecisionState;
  outcome: string | null;
  why: string | null;
  driver: PersonAnswer;
  approver: PersonAnswer;
  team: Named | null;
  openedAt: Temporal.Instant;
  dueOn: Temporal.PlainDate | null;
  decidedAt: Temporal.Instant | null;
  lookAgainOn: Temporal.PlainDate | null;
  supersededBy: number | null;
  rock: Named | null;
  objective: Titled | null;
  item: Titled | null;
};

export type DecisionFilter = {
  state?: DecisionState | undefined;
  rockId?: number | undefined;
  /** Words to be found, as people type them into a search engine. */
  words?: string | undefined;
  /** The number at which the page before ended. */
  below?: number | undefined;
};

/** Decisions that everybody may see, the newest first: those about something that few see are left out. */
export async function listDecisions(
  db: Database,
  workspaceId: string,
  { state, rockId, words, below }: DecisionFilter,
  limit: number,
): Promise<DecisionRow[]> {
  const conditions = every([
    sql`d.visibility = 'workspace'`,
    sql`sees_decision(d, ${nobody})`,
    state === undefined ? null : sql`d.state = ${state}`,
    rockId === undefined ? null : sql`d.rock_id = ${rockId}`,
    words === undefined ? null : sql`d.search @@ websearch_to_tsquery('cairn', ${words})`,
    below === undefined ? null : sql`d.number < ${below}`,
  ]);
  const { rows } = await sql<DecisionRow>`
    select d.number, d.question, d.options, d.state, d.outcome, d.why, ${aPerson('driver')} as driver,
      ${aPerson('approver')} as approver, ${namedOf('t')} as team, d.created_at as "openedAt", d.due_on as "dueOn",
      d.decided_at as "decidedAt", d.look_again_on as "lookAgainOn",
      (select n.number from decisions n
        where n.id = d.superseded_by_id and n.visibility = 'workspace' and sees_decision(n, ${nobody})) as "supersededBy",
      ${namedOf('r')} as rock, ${titledOf('o')} as objective, ${titledOf('i')} as item
    from decisions d
    join people driver on driver.id = d.driver_id
    join people approver on approver.id = d.approver_id
    left join teams t on t.id = d.team_id
    left join rocks r on r.id = d.rock_id
    left join objectives o on o.id = d.objective_id
    left join roadmap_items i on i.id = d.item_id
    where d.workspace_id = ${workspaceId} and ${conditions}
    order by d.number desc limit ${limit}`.execute(db);
  return rows;
}
