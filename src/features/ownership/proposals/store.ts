import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { Listed, Standing } from './core/proposal.ts';

/** One answer after the other, and no job beside them. */
export async function lockProposals(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`proposals of ${workspaceId}`}, 0))`.execute(tx);
}

/** Of a stint `s`: it stands, and its owner has said nothing. */
export const isLeft = sql`(s.ended_at is null and s.confirmed_at is null)`;
/** That it is not theirs, by whatever press they have said so. */
export const isRefused = sql`coalesce(s.ended = 'given-up' and s.confirmed_at is null, false)`;

/** What became of what a question `q` lists. What was undone, or moved without a word of theirs, counts no more. */
export const standingOf = sql<Standing>`(
  select json_build_object(
    'listed', count(*) filter (where s.confirmed_at is not null or ${isLeft} or ${isRefused}),
    'mine', count(*) filter (where s.confirmed_at is not null),
    'notMine', count(*) filter (where ${isRefused}),
    'left', count(*) filter (where ${isLeft}))
  from proposal_rocks l join stints s on s.id = l.stint_id where l.proposal_id = q.id)`;

/**
 * Whether a person `p` may be asked: a team of theirs is live, or the whole company is. Narrower than `may_be_told`: admins
 * hear of setting up before that, and of their own rocks when everybody else in their team does.
 */
export const mayBeAsked = sql<boolean>`(
  not exists (select from workspaces w where w.id = p.workspace_id and w.quiet_since is not null)
  or exists (select from teams t where t.workspace_id = p.workspace_id and t.live_at is not null
    and (t.lead_id = p.id or exists (select from team_members m where m.team_id = t.id and m.person_id = p.id))))`;

/** An import wrote them and their owners have not been asked: nobody proposed them by a message of their own. */
const isFresh = (workspaceId: string) => sql`s.workspace_id = ${workspaceId} and s.began = 'assigned'
  and s.handoff_id is null and ${isLeft}
  and not exists (select from proposal_rocks l where l.stint_id = s.id)
  and not exists (select from messages m
    where m.workspace_id = s.workspace_id and m.dedupe_key = 'rock-proposed:' || s.id)`;

export async function hasFresh(db: Database, workspaceId: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (select from stints s where ${isFresh(workspaceId)}) as has`.execute(db);
  return rows[0]?.has === true;
}

/**
 * Lists what imports have brought since: in a question that was not said yet, or in a new one, which waits. Gives whose
 * questions these are.
 */
export async function listFresh(tx: Tx, workspaceId: string, now: Temporal.Instant): Promise<void> {
  const at = now.toString();
  const takes = sql`q.ended_at is null and (q.asked_at is null or q.asked_at > ${at}::timestamptz)`;
  await sql`
    insert into proposals (workspace_id, person_id, listed_at)
    select distinct s.workspace_id, s.person_id, ${at}::timestamptz from stints s
    where ${isFresh(workspaceId)} and not exists (select from proposals q
      where q.workspace_id = s.workspace_id and q.person_id = s.person_id and ${takes})`.execute(tx);
  await sql`
    insert into proposal_rocks (workspace_id, proposal_id, stint_id)
    select s.workspace_id, (select q.id from proposals q
        where q.workspace_id = s.workspace_id and q.person_id = s.person_id and ${takes} order by q.id limit 1), s.id
    from stints s where ${isFresh(workspaceId)}`.execute(tx);
}

/** A question that may be asked now, and the one before it that has no answer yet. */
export type ToAsk = { id: number; personId: number; previousId: number | null; standing: Standing };

/**
 * Questions of people who are there and may be asked. While the one before it has no answer, the
 * next one waits for `days` days.
 */
export async function listToAsk(
  db: Database,
  workspaceId: string,
  now: Temporal.Instant,
  days: number,
): Promise<ToAsk[]> {
  const { rows } = await sql<ToAsk>`
    select * from (
      select q.id, q.person_id as "personId", b.id as "previousId", ${standingOf} as standing
      from proposals q
      join people p on p.id = q.person_id
      left join proposals b on b.workspace_id = q.workspace_id and b.person_id = q.person_id
        and b.ended_at is null and b.asked_at is not null
      where q.workspace_id = ${workspaceId} and q.ended_at is null and q.asked_at is null
        and p.slack_id is not null and p.deactivated_at is null and p.kind = 'member'
        and ${mayBeAsked}
        and (b.id is null or b.asked_at <= ${now.toString()}::timestamptz - make_interval(days => ${days}))
    ) as found where (standing ->> 'left')::int > 0 order by id`.execute(db);
  return rows;
}

/** What is left of the one before goes over into the next. */
export async function takeOver(
  tx: Tx,
  previousId: number,
  id: number,
  at: Temporal.Instant,
): Promise<Standing> {
  await sql`
    update proposal_rocks l set proposal_id = ${id} from stints s
    where l.proposal_id = ${previousId} and s.id = l.stint_id and ${isLeft}`.execute(tx);
  await endProposals(tx, [previousId], at);
  const { rows } = await sql<{ standing: Standing }>`
    select ${standingOf} as standing from proposals q where q.id = ${id}`.execute(tx);
  return rows[0]?.standing ?? { listed: 0, mine: 0, notMine: 0, left: 0 };
}

export async function saveAsked(
  tx: Tx,
  id: number,
  asked: { at: Temporal.Instant; nudgeAt: Temporal.Instant | null; shown: string },
): Promise<void> {
  await tx
    .updateTable('proposals')
    .set({
      asked_at: asked.at.toString(),
      nudge_at: asked.nudgeAt?.toString() ?? null,
      shown: asked.shown,
    })
    .where('id', '=', id)
    .execute();
}

/** Questions that come on another day than was planned, since whom they are for went away meanwhile. */
export async function listMoved(
  db: Database,
  workspaceId: string,
): Promise<{ id: number; personId: number; shown: string; at: Temporal.Instant }[]> {
  const { rows } = await sql<{ id: number; personId: number; shown: string; at: Temporal.Instant }>`
    select q.id, q.person_id as "personId", q.shown, d.at
    from proposals q join daily_parts d on d.workspace_id = q.workspace_id and d.key = 'proposals:' || q.id
    where q.workspace_id = ${workspaceId} and q.ended_at is null and q.asked_at is not null
      and d.state = 'waiting' and d.at <> q.asked_at order by q.id`.execute(db);
  return rows;
}

/** What was answered in another way, undone or moved: questions whose counts are others than those last said. */
export type Recounted = { id: number; personId: number; wasAsked: boolean; standing: Standing };

/** `personId`: of one person alone. */
export async function listRecounted(
  db: Database,
  workspaceId: string,
  personId: number | null,
): Promise<Recounted[]> {
  const { rows } = await sql<Recounted>`
    select * from (
      select q.id, q.person_id as "personId", q.asked_at is not null as "wasAsked", q.shown, ${standingOf} as standing
      from proposals q where q.workspace_id = ${workspaceId} and q.ended_at is null
        and (${personId}::bigint is null or q.person_id = ${personId})
    ) as found
    where case when "wasAsked" then shown is distinct from concat_ws('/', standing ->> 'listed', standing ->> 'mine',
        standing ->> 'notMine', standing ->> 'left')
      else (standing ->> 'left')::int = 0 end
    order by id`.execute(db);
  return rows;
}

/** Whose open question lists a rock, most lately. */
export async function findAskedOf(
  db: Database,
  workspaceId: string,
  rockId: number,
): Promise<{ personId: number } | undefined> {
  return await db
    .selectFrom('stints as s')
    .innerJoin('proposal_rocks as l', 'l.stint_id', 's.id')
    .innerJoin('proposals as q', 'q.id', 'l.proposal_id')
    .select('q.person_id as personId')
    .where('s.workspace_id', '=', workspaceId)
    .where('s.rock_id', '=', rockId)
    .where('q.ended_at', 'is', null)
    .orderBy('s.id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function saveShown(tx: Tx, id: number, shown: string): Promise<void> {
  await tx.updateTable('proposals').set({ shown }).where('id', '=', id).execute();
}

export async function endProposals(tx: Tx, ids: readonly number[], at: Temporal.Instant): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('proposals')
    .set({ ended_at: at.toString() })
    .where('id', 'in', [...ids])
    .execute();
}

/** Nothing is left of what was never asked: as if it had not been listed. */
export async function deleteProposals(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .deleteFrom('proposals')
    .where('id', 'in', [...ids])
    .execute();
}

/** A person's question, open or over, as they may answer it; undefined: it was asked of somebody else, or of nobody. */
export async function findProposalOf(
  db: Database,
  workspaceId: string,
  id: number,
  personId: number,
): Promise<{ standing: Standing } | undefined> {
  const { rows } = await sql<{ standing: Standing }>`
    select ${standingOf} as standing from proposals q
    where q.workspace_id = ${workspaceId} and q.id = ${id} and q.person_id = ${personId}
      and q.asked_at is not null`.execute(db);
  return rows[0];
}

/** What of it they have said nothing about, by name. */
export async function listLeft(db: Database, proposalId: number): Promise<Listed[]> {
  const { rows } = await sql<Listed>`
    select r.id as "rockId", s.id as "stintId", r.name
    from proposal_rocks l join stints s on s.id = l.stint_id join rocks r on r.id = s.rock_id
    where l.proposal_id = ${proposalId} and ${isLeft} order by lower(r.name), r.id`.execute(db);
  return rows;
}

/** Who carries these, as whoever does not thinks. */
export async function saveSuggested(
  tx: Tx,
  stintIds: readonly number[],
  suggestedId: number | null,
): Promise<void> {
  if (stintIds.length === 0) return;
  await tx
    .updateTable('proposal_rocks')
    .set({ suggested_id: suggestedId })
    .where('stint_id', 'in', [...stintIds])
    .execute();
}

/** What waits for somebody's answer, for their Home. */
export async function listOwedBy(
  db: Database,
  workspaceId: string,
  personId: number,
): Promise<{ id: number; standing: Standing }[]> {
  const { rows } = await sql<{ id: number; standing: Standing }>`
    select q.id, ${standingOf} as standing from proposals q
    where q.workspace_id = ${workspaceId} and q.person_id = ${personId} and q.ended_at is null
      and q.asked_at is not null order by q.id`.execute(db);
  return rows.filter(({ standing }) => standing.left > 0);
}

/** The soonest time after `after` at which a question that waits for the one before it may be asked. */
export async function findNextToAsk(
  db: Database,
  workspaceId: string,
  after: Temporal.Instant,
  days: number,
): Promise<{ at: Temporal.Instant; name: string } | undefined> {
  const { rows } = await sql<{ at: Temporal.Instant; name: string }>`
    select b.asked_at + make_interval(days => ${days}) as at, p.name
    from proposals q join people p on p.id = q.person_id
    join proposals b on b.workspace_id = q.workspace_id and b.person_id = q.person_id
      and b.ended_at is null and b.asked_at is not null
    where q.workspace_id = ${workspaceId} and q.ended_at is null and q.asked_at is null
      and b.asked_at + make_interval(days => ${days}) > ${after.toString()}::timestamptz
    order by 1 limit 1`.execute(db);
  return rows[0];
}
