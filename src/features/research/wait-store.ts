import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import { who } from './account-store.ts';
import type { Wait } from './core/account.ts';
import { inTurn } from './core/queue.ts';

export type OpenWait = Wait & { isGone: boolean };

function openWaits(db: Database, workspaceId: string) {
  return db
    .selectFrom('research_waits as w')
    .innerJoin('people as p', 'p.id', 'w.person_id')
    .select(['w.id', 'w.account_id as accountId', 'w.topic', who('p').as('person')])
    .select((eb) => [
      eb.ref('w.state').$castTo<Wait['state']>().as('state'),
      'w.waits_since as since',
      'w.next_since as nextSince',
      'w.next_until as until',
      eb('w.taken_at', 'is not', null).$castTo<boolean>().as('isTaken'),
      sql<boolean>`(p.deactivated_at is not null or p.kind <> 'member')`.as('isGone'),
    ])
    .where('w.workspace_id', '=', workspaceId)
    .where('w.state', 'in', ['waiting', 'next']);
}

/** All that wait for an account, in turn; whoever left is told by `isGone`. */
export async function listWaits(db: Database, workspaceId: string, accountId: number): Promise<OpenWait[]> {
  const rows = await openWaits(db, workspaceId).where('w.account_id', '=', accountId).execute();
  return inTurn(rows.map(({ accountId: _of, ...wait }) => wait));
}

/** What somebody waits for, the longest wait first, with whoever waits for the same. */
export async function listWaitedFor(
  db: Database,
  workspaceId: string,
  personId: number,
  most: number,
): Promise<{ id: number }[]> {
  return await db
    .selectFrom('research_waits')
    .select('account_id as id')
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .where('state', 'in', ['waiting', 'next'])
    .orderBy('waits_since')
    .orderBy('id')
    .limit(most)
    .execute();
}

/** Keeps that somebody waits, or, with a turn, that they have it; undefined where they or somebody else do already. */
export async function insertWait(
  tx: Tx,
  workspaceId: string,
  wait: {
    accountId: number;
    personId: number;
    topic: string;
    at: Temporal.Instant;
    turn: { until: Temporal.Instant } | null;
  },
): Promise<number | undefined> {
  const { turn } = wait;
  const at = wait.at.toString();
  const row = await tx
    .insertInto('research_waits')
    .values({
      workspace_id: workspaceId,
      account_id: wait.accountId,
      person_id: wait.personId,
      topic: wait.topic,
      waits_since: at,
      ...(turn === null
        ? {}
        : { state: 'next', next_since: at, next_until: turn.until.toString(), taken_at: at }),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Keeps whose turn it is; `takenAt`: they have said that they contact the account. */
export async function saveTurn(
  tx: Tx,
  id: number,
  turn: { since: Temporal.Instant; until: Temporal.Instant; takenAt: Temporal.Instant | null },
): Promise<void> {
  await tx
    .updateTable('research_waits')
    .set({
      state: 'next',
      next_since: turn.since.toString(),
      next_until: turn.until.toString(),
      taken_at: turn.takenAt?.toString() ?? null,
    })
    .where('id', '=', id)
    .execute();
}

/** Whoever had the turn waits again, in their old place. */
export async function putBack(tx: Tx, id: number): Promise<void> {
  await tx
    .updateTable('research_waits')
    .set({ state: 'waiting', next_since: null, next_until: null, taken_at: null })
    .where('id', '=', id)
    .execute();
}

export async function endWait(
  tx: Tx,
  id: number,
  state: 'held' | 'lapsed' | 'withdrawn',
  at: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('research_waits')
    .set({ state, ended_at: at.toString() })
    .where('id', '=', id)
    .execute();
}

/** Names of the accounts with which something is due, and when; the SQL of `whoIsNext`, for all of them at once. */
const changes = sql`
  select a.id, a.name, case
    when bool_or(p.deactivated_at is not null or p.kind <> 'member') then '-infinity'
    when bool_or(w.state = 'next') then min(w.next_until) filter (where w.state = 'next')
    else coalesce(((select max(c.held_on) from conversations c where c.account_id = a.id)
        + substr(a.cool_down, 2, length(a.cool_down) - 2)::int)::timestamp at time zone s.timezone, '-infinity')
    end as at
  from research_waits w
  join accounts a on a.id = w.account_id
  join people p on p.id = w.person_id
  join workspaces s on s.id = w.workspace_id
  where w.state in ('waiting', 'next')`;

/** The accounts whose queue has something to do by company time, so many at most. */
export async function listDue(db: Database, workspaceId: string, most: number): Promise<{ id: number }[]> {
  const { rows } = await sql<{ id: number }>`
    select id from (${changes} and w.workspace_id = ${workspaceId} group by a.id, s.timezone) due
    where at <= (select company_now(workspaces) from workspaces where id = ${workspaceId})
    order by at, id limit ${most}`.execute(db);
  return rows;
}

/** The soonest moment after `after` at which a queue moves on, and whose. */
export async function findNextDue(
  db: Database,
  workspaceId: string,
  after: Temporal.Instant,
): Promise<{ at: Temporal.Instant; name: string } | undefined> {
  const { rows } = await sql<{ at: Temporal.Instant; name: string }>`
    select at, name from (${changes} and w.workspace_id = ${workspaceId} group by a.id, s.timezone) due
    where at > ${after.toString()}::timestamptz order by at, id limit 1`.execute(db);
  return rows[0];
}
