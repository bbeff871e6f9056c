import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { PersonRef } from '../ownership/core/rock.ts';
import { importances } from '../ownership/core/rock-fields.ts';
import type { Left, LeftRock, ReleasedRock } from './core/departure.ts';

const ref = `'id', p.id, 'slackId', p.slack_id, 'name', p.name, 'isDeactivated', p.deactivated_at is not null`;
const person = sql.raw(`json_build_object(${ref})`);
const importanceOrder = sql.raw(
  `array_position(array['${importances.join("', '")}'], coalesce(r.importance, 'important'))`,
);

/** What is still somebody's: their rocks by importance and name, and the rest counted. */
export async function readLeft(db: Database, workspaceId: string, personId: number): Promise<Left> {
  const { rows: rocks } = await sql<LeftRock>`
    select r.id, r.name, r.importance, r.visibility = 'workspace' as "isOpen",
      (select ${person} from rock_backups b join people p on p.id = b.person_id
        where b.rock_id = r.id and p.kind = 'member' and p.slack_id is not null and p.deactivated_at is null
        order by b.position, p.id limit 1) as "standIn",
      (select ${person} from handoffs h join people p on p.id = h.to_id
        where h.rock_id = r.id and h.kind = 'lend' and h.state = 'accepted') as carrier
    from stints s join rocks r on r.id = s.rock_id
    where s.workspace_id = ${workspaceId} and s.person_id = ${personId} and s.ended_at is null
    order by ${importanceOrder}, r.name, r.id`.execute(db);
  const { rows: loans } = await sql<Left['loans'][number]>`
    select r.id, r.name, r.visibility = 'workspace' as "isOpen",
      (select ${person} from stints s join people p on p.id = s.person_id
        where s.rock_id = r.id and s.ended_at is null) as owner
    from handoffs h join rocks r on r.id = h.rock_id
    where h.workspace_id = ${workspaceId} and h.to_id = ${personId} and h.kind = 'lend' and h.state = 'accepted'
    order by r.name, r.id`.execute(db);
  const { rows } = await sql<Pick<Left, 'handoffs' | 'keyResults' | 'actions'>>`
    select
      (select count(*) from handoffs h where h.workspace_id = w.id and h.ended_at is null
        and ${personId} in (h.from_id, h.to_id, h.by_id)
        and h.state in ('asked', 'offered', 'changes-suggested')) as handoffs,
      (select count(*) from key_results k
        join objectives o on o.id = k.objective_id join cycles c on c.id = o.cycle_id
        where k.workspace_id = w.id and k.owner_id = ${personId}
          and c.ends_on >= (company_now(w) at time zone w.timezone)::date) as "keyResults",
      (select count(*) from actions a where a.workspace_id = w.id and a.owner_id = ${personId}
        and a.state = 'open') as actions
    from workspaces w where w.id = ${workspaceId}`.execute(db);
  const [counts] = rows;
  if (counts === undefined) throw new Error(`there is no workspace ${workspaceId}`);
  return { rocks, loans, ...counts };
}

export async function saveReleasedRocks(
  tx: Tx,
  workspaceId: string,
  departureId: number,
  rocks: readonly { rockId: number; stintId: number; actingStintId: number | null }[],
): Promise<void> {
  if (rocks.length === 0) return;
  await tx
    .insertInto('departure_rocks')
    .values(
      rocks.map(({ rockId, stintId, actingStintId }) => ({
        workspace_id: workspaceId,
        departure_id: departureId,
        rock_id: rockId,
        stint_id: stintId,
        acting_stint_id: actingStintId,
      })),
    )
    .execute();
}

/** What a release took from somebody, and what has become of each rock since, in the order of rocks' ids. */
export async function listReleasedRocks(
  db: Database,
  workspaceId: string,
  departureId: number,
): Promise<ReleasedRock[]> {
  const { rows } = await sql<ReleasedRock>`
    select r.id, r.name, r.visibility = 'workspace' as "isOpen", d.stint_id as "stintId",
      d.acting_stint_id as "actingStintId",
      (select ${person} from stints s join people p on p.id = s.person_id where s.id = d.acting_stint_id) as acting,
      (select ${person} from stints s join people p on p.id = s.person_id
        where s.rock_id = r.id and s.ended_at is null) as owner,
      r.state = 'active'
        and d.acting_stint_id is not distinct from (
          select s.id from stints s where s.rock_id = r.id and s.ended_at is null)
        and not exists (select from stints s
          where s.rock_id = r.id and s.began_at > of.released_at) as "isUntouched"
    from departure_rocks d
    join departures of on of.id = d.departure_id
    join rocks r on r.id = d.rock_id
    where d.workspace_id = ${workspaceId} and d.departure_id = ${departureId}
    order by r.id`.execute(db);
  return rows;
}

/** The rocks that a release may concern: those that somebody owns, and those of undecided handoffs and loans of theirs. */
export async function listRocksNear(db: Database, workspaceId: string, personId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select rock_id as id from stints
    where workspace_id = ${workspaceId} and person_id = ${personId} and ended_at is null
    union
    select rock_id from handoffs
    where workspace_id = ${workspaceId} and ended_at is null and rock_id is not null
      and ${personId} in (from_id, to_id, by_id)
    order by id`.execute(db);
  return rows.map(({ id }) => id);
}

/** To whom a rock is offered, or who has asked for it. */
export async function findOfferedTo(
  db: Database,
  workspaceId: string,
  rockId: number,
): Promise<PersonRef | undefined> {
  const { rows } = await sql<{ to: PersonRef }>`
    select ${person} as "to" from handoffs h join people p on p.id = h.to_id
    where h.workspace_id = ${workspaceId} and h.rock_id = ${rockId}
      and h.state in ('asked', 'offered', 'changes-suggested')`.execute(db);
  return rows[0]?.to;
}

/** Whoever stood in for a rock that has moved on since, while the message that they have of it does not say so yet. */
export async function listMovedOn(
  db: Database,
  workspaceId: string,
  limit: number,
): Promise<{ departureId: number; personId: number }[]> {
  return await db
    .selectFrom('departure_rocks as d')
    .innerJoin('departures as of', 'of.id', 'd.departure_id')
    .innerJoin('stints as s', 's.id', 'd.acting_stint_id')
    .select(['d.departure_id as departureId', 's.person_id as personId'])
    .distinct()
    .where('d.workspace_id', '=', workspaceId)
    .where('d.has_left_message', '=', false)
    .where('of.returned_at', 'is', null)
    .where('s.ended_at', 'is not', null)
    .orderBy('d.departure_id')
    .orderBy('s.person_id')
    .limit(limit)
    .execute();
}

/** Keeps that the message of who stood in says which rocks have moved on by now. */
export async function markMovedOn(
  tx: Tx,
  workspaceId: string,
  departureId: number,
  personId: number,
): Promise<void> {
  await sql`
    update departure_rocks d set has_left_message = true from stints s
    where d.workspace_id = ${workspaceId} and d.departure_id = ${departureId} and not d.has_left_message
      and s.id = d.acting_stint_id and s.person_id = ${personId} and s.ended_at is not null`.execute(tx);
}
