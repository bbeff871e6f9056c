import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../../platform/db/database.ts';
import { mostOfSource, ofTeams, type Ref, ref, type Scope } from './scope.ts';

export type Unowned = {
  id: number;
  name: string;
  importance: string | null;
  team: string | null;
  leadId: number | null;
};

/** Rocks that somebody should carry and nobody does, of those that everybody may see: what matters most first. */
export async function listUnowned(db: Database, scope: Scope): Promise<Unowned[]> {
  const { rows } = await sql<Unowned>`
    select r.id, r.name, r.importance, t.name as team, t.lead_id as "leadId" from rocks r
    left join teams t on t.id = r.team_id
    where r.workspace_id = ${scope.workspaceId} and r.state = 'active' and r.visibility = 'workspace'
      and ${ofTeams(scope, 'r.team_id')}
      and not exists (select from stints s where s.rock_id = r.id and s.ended_at is null)
    order by array_position(array['critical', 'very-important', 'important', 'nice-to-have', 'not-important'], r.importance)
      nulls last, r.name, r.id
    limit ${mostOfSource}`.execute(db);
  return rows;
}

export type WaitingHandoff = {
  id: number;
  rock: string;
  from: Ref | null;
  to: Ref;
  offeredAt: Temporal.Instant;
};

/** Handoffs of rocks that everybody may see and that wait for a yes, the longest first; what was said of them stays out. */
export async function listWaitingHandoffs(db: Database, scope: Scope): Promise<WaitingHandoff[]> {
  const { rows } = await sql<WaitingHandoff>`
    select h.id, r.name as rock, ${ref('giver')} as "from", ${ref('taker')} as "to", h.offered_at as "offeredAt"
    from handoffs h join rocks r on r.id = h.rock_id
    join people taker on taker.id = h.to_id left join people giver on giver.id = h.from_id
    where h.workspace_id = ${scope.workspaceId} and h.state in ('offered', 'asked', 'changes-suggested')
      and r.state = 'active' and r.visibility = 'workspace' and ${ofTeams(scope, 'r.team_id')}
    order by h.offered_at, h.id limit ${mostOfSource}`.execute(db);
  return rows;
}
