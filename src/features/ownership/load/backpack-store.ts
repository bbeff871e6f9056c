import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database } from '../../../platform/db/database.ts';
import { importances } from '../core/rock-fields.ts';
import { personRef } from '../lookup-sql.ts';
import type { Backpack, BackpackRock } from './core/backpack.ts';

type RockJson = Omit<BackpackRock, 'ownerAwayUntil' | 'loan'> & {
  ownerAwayUntil: string | null;
  loan: (Omit<NonNullable<BackpackRock['loan']>, 'until'> & { until: string }) | null;
};

/** What matters most comes first; what nobody has judged stands in the middle. */
const importanceOrder = sql.raw(
  `array_position(array['${importances.join("', '")}'], coalesce(r.importance, 'important'))`,
);

/**
 * What a person owns, then what they have on loan, then what they stand in for, each by importance and name: `limit`
 * of them after `offset`.
 */
export async function listBackpack(
  db: Database,
  workspaceId: string,
  personId: number,
  { offset, limit }: { offset: number; limit: number },
): Promise<Backpack> {
  const person = sql.raw(`json_build_object(${personRef})`);
  const { rows } = await sql<{ owner: number; carrier: number; backup: number; rocks: RockJson[] | null }>`
    with near as (
      select rock_id, 1 as rank from stints
      where workspace_id = ${workspaceId} and person_id = ${personId} and ended_at is null
      union all
      select rock_id, 2 from handoffs
      where workspace_id = ${workspaceId} and to_id = ${personId} and ended_at is null
        and kind = 'lend' and state = 'accepted'
      union all
      select rock_id, 3 from rock_backups where workspace_id = ${workspaceId} and person_id = ${personId}
    ), mine as (
      -- Whoever has a rock on loan that they stand in for carries it.
      select n.rock_id, min(n.rank) as rank
      from near n join rocks r on r.id = n.rock_id and r.state = 'active' group by n.rock_id
    ), shown as (
      select mine.rank, r.id, r.name, r.team_id, row_number() over (order by mine.rank, ${importanceOrder}, (
        select n.normal from rock_names n where n.rock_id = r.id and n.kind = 'name' and n.position = 0), r.id) as place
      from mine join rocks r on r.id = mine.rock_id
      order by place offset ${offset} limit ${limit}
    )
    select count(*) filter (where rank = 1) as owner, count(*) filter (where rank = 2) as carrier,
      count(*) filter (where rank = 3) as backup,
      (select json_agg(json_build_object('id', shown.id, 'name', shown.name, 'team', t.name,
          'as', (array['owner', 'carrier', 'backup'])[shown.rank],
          'owner', case when p.id is not null then ${person} end,
          'ownerAwayUntil', (select max(a.ends_on) from absences a where a.person_id = p.id
            and (company_now(w) at time zone coalesce(p.timezone, w.timezone))::date
              between a.starts_on and a.ends_on),
          'loan', (select json_build_object('handoffId', h.id, 'until', h.until_on,
              'to', (select ${person} from people p where p.id = h.to_id))
            from handoffs h where h.rock_id = shown.id and h.kind = 'lend' and h.state = 'accepted'),
          'offeredTo', (select ${person} from handoffs h join people p on p.id = h.to_id
            where h.rock_id = shown.id and h.state in ('offered', 'changes-suggested')))
          order by shown.place)
        from shown
        join workspaces w on w.id = ${workspaceId}
        left join teams t on t.id = shown.team_id
        left join stints s on s.rock_id = shown.id and s.ended_at is null
        left join people p on p.id = s.person_id) as rocks
    from mine`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('a sum over all rows gave none');
  const { rocks, ...counts } = row;
  return { counts, rocks: (rocks ?? []).map(readRock) };
}

function readRock({ ownerAwayUntil, loan, ...rock }: RockJson): BackpackRock {
  return {
    ...rock,
    ownerAwayUntil: ownerAwayUntil === null ? null : Temporal.PlainDate.from(ownerAwayUntil),
    loan: loan && { ...loan, until: Temporal.PlainDate.from(loan.until) },
  };
}
