import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../platform/db/database.ts';

export type ConcernedCadence = {
  id: number;
  key: string;
  ritual: string;
  at: Temporal.Instant;
  channel: { slackId: string | null; name: string };
};

/** The teams of a cadence: those that it names, else those whose home is its channel; where there are none, all of them. */
const teamsOf = sql`
  select t.id, t.lead_id from teams t
  where t.workspace_id = c.workspace_id and case
    when exists (select from cadence_teams x where x.cadence_id = c.id)
      then exists (select from cadence_teams x where x.cadence_id = c.id and x.team_id = t.id)
    else t.channel_id = c.channel_id end`;

/** Cadences of rituals that concern somebody, those that they have left first, then the soonest; names of private channels are for those whom they concern, too. */
export async function listConcerning(
  db: Database,
  workspaceId: string,
  personId: number,
  limit: number,
): Promise<ConcernedCadence[]> {
  const isLeft = sql`exists (select from ritual_leavings l
    where l.cadence_id = c.id and l.person_id = ${personId} and l.returned_at is null)`;
  const { rows } = await sql<ConcernedCadence>`
    select c.id, c.key, c.ritual, c.next_due_at as at, json_build_object('slackId', h.slack_id, 'name', h.name) as channel
    from cadences c join channels h on h.id = c.channel_id
    where c.workspace_id = ${workspaceId} and c.state = 'active' and c.next_due_at is not null
      and (${isLeft} or exists (select from (${teamsOf}) t where t.lead_id = ${personId}
        or exists (select from team_members m where m.team_id = t.id and m.person_id = ${personId})
        or exists (select from key_results k join objectives o on o.id = k.objective_id
          where o.team_id = t.id and k.owner_id = ${personId} and k.state = 'active')))
    order by ${isLeft} desc, c.next_due_at, c.key limit ${limit}`.execute(db);
  return rows;
}

/** Says that the Homes of those whom these cadences concern read differently, since they come at another time now. */
export async function markHomesOf(tx: Tx, workspaceId: string, cadenceIds: readonly number[]): Promise<void> {
  if (cadenceIds.length === 0) return;
  await sql`
    update homes set wanted_revision = wanted_revision + 1
    where (workspace_id, person_id) in (
      select h.workspace_id, h.person_id from homes h
      where h.workspace_id = ${workspaceId} and exists (
        select from cadences c cross join lateral (${teamsOf}) t
        where c.id = any(${[...cadenceIds]}::bigint[]) and (t.lead_id = h.person_id
          or exists (select from team_members m where m.team_id = t.id and m.person_id = h.person_id)
          or exists (select from key_results k join objectives o on o.id = k.objective_id
            where o.team_id = t.id and k.owner_id = h.person_id and k.state = 'active')))
      order by h.person_id for update)`.execute(tx);
}
