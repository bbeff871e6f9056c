import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { PersonRef } from '../ownership/core/rock.ts';
import type { Person } from '../people/core/person.ts';
import type { Departure } from './core/departure.ts';

/** As many people as one transaction takes care of. */
export const mostAtOnce = 50;

/**
 * SQL of whether anything is left that is somebody's: a rock, a loan, a handoff that is not decided, a key result of
 * a cycle that is not over, a piece of work. `person` is their id there, `workspaces` the alias of their workspace.
 */
function hasAnything(person: string, workspaces: string) {
  const [p, w] = [sql.raw(person), sql.raw(workspaces)];
  return sql<boolean>`(
    exists (select from stints s where s.workspace_id = ${w}.id and s.person_id = ${p} and s.ended_at is null)
    or exists (select from handoffs h where h.workspace_id = ${w}.id and h.to_id = ${p} and h.ended_at is null
      and (h.state in ('asked', 'offered', 'changes-suggested') or (h.kind = 'lend' and h.state = 'accepted')))
    or exists (select from handoffs h where h.workspace_id = ${w}.id and h.from_id = ${p} and h.ended_at is null
      and h.state in ('asked', 'offered', 'changes-suggested'))
    or exists (select from handoffs h where h.workspace_id = ${w}.id and h.by_id = ${p} and h.ended_at is null
      and h.state in ('asked', 'offered', 'changes-suggested'))
    or exists (select from actions a where a.workspace_id = ${w}.id and a.owner_id = ${p} and a.state = 'open')
    or ${p} in (
      select k.owner_id from key_results k
      join objectives o on o.id = k.objective_id join cycles c on c.id = o.cycle_id
      where k.workspace_id = ${w}.id and k.owner_id is not null
        and c.ends_on >= (company_now(${w}) at time zone ${w}.timezone)::date))`;
}

/**
 * Notes who was deactivated, has something left and was not noted; of two that note at once one does. Returns the
 * departures and whose they are.
 */
export async function insertDepartures(
  tx: Tx,
  workspaceId: string,
): Promise<{ id: number; personId: number }[]> {
  const { rows } = await sql<{ id: number; personId: number }>`
    insert into departures (workspace_id, person_id, noticed_at, tell_at)
    select w.id, p.id, company_now(w), company_now(w) + make_interval(hours => w.release_after_hours)
    from workspaces w join people p on p.workspace_id = w.id
    where w.id = ${workspaceId} and p.deactivated_at is not null
      and not exists (select from departures d where d.person_id = p.id and d.returned_at is null)
      and ${hasAnything('p.id', 'w')}
    order by p.id limit ${mostAtOnce}
    on conflict (person_id) where returned_at is null do nothing
    returning id, person_id as "personId"`.execute(tx);
  return rows;
}

/** Says who is deactivated, as far as it must change when somebody leaves. */
export async function fingerprintOfLeavers(db: Database, workspaceId: string): Promise<string> {
  const row = await db
    .selectFrom('people')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max('deactivated_at').as('last')])
    .where('workspace_id', '=', workspaceId)
    .where('deactivated_at', 'is not', null)
    .executeTakeFirstOrThrow();
  return `${row.count} ${row.last}`;
}

/** Departures of people who are there again, and are not noted as such. */
export async function listReturned(db: Database, workspaceId: string): Promise<number[]> {
  const rows = await db
    .selectFrom('departures as d')
    .innerJoin('people as p', 'p.id', 'd.person_id')
    .select('d.id')
    .where('d.workspace_id', '=', workspaceId)
    .where('d.returned_at', 'is', null)
    .where('p.deactivated_at', 'is', null)
    .orderBy('d.id')
    .limit(mostAtOnce)
    .execute();
  return rows.map(({ id }) => id);
}

/** Departures of which somebody is to be told by now: the person is still gone, and something is left. */
export async function listToTell(db: Database, workspaceId: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select d.id from departures d
    join workspaces w on w.id = d.workspace_id
    join people p on p.id = d.person_id
    where d.workspace_id = ${workspaceId} and d.told_at is null and d.returned_at is null
      and d.tell_at <= company_now(w) and p.deactivated_at is not null and ${hasAnything('p.id', 'w')}
    order by d.tell_at, d.id limit ${mostAtOnce}`.execute(db);
  return rows.map(({ id }) => id);
}

/** The next moment at which somebody is to be told of a departure, and whose it is. */
export async function findNextToTell(
  db: Database,
  workspaceId: string,
  after: Temporal.Instant,
): Promise<{ at: Temporal.Instant; name: string } | undefined> {
  return await db
    .selectFrom('departures as d')
    .innerJoin('people as p', 'p.id', 'd.person_id')
    .select(['d.tell_at as at', 'p.name'])
    .where('d.workspace_id', '=', workspaceId)
    .where('d.told_at', 'is', null)
    .where('d.returned_at', 'is', null)
    .where('d.tell_at', '>', sql<Temporal.Instant>`${after.toString()}::timestamptz`)
    .orderBy('d.tell_at')
    .executeTakeFirst();
}

/** Whose departure it is, without a lock. */
export async function findLeaver(
  db: Database,
  workspaceId: string,
  departureId: number,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('departures')
    .select('person_id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', departureId)
    .executeTakeFirst();
  return row?.person_id;
}

/** A departure, locked: whoever else tells, releases or undoes it waits. */
export async function lockDeparture(
  tx: Tx,
  workspaceId: string,
  departureId: number,
): Promise<Departure | undefined> {
  await tx
    .selectFrom('departures')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', departureId)
    .forUpdate()
    .executeTakeFirst();
  return await findDeparture(tx, workspaceId, departureId);
}

type DepartureRow = Pick<Departure, 'id' | 'person' | 'noticedAt' | 'tellAt' | 'toldAt' | 'returnedAt'> & {
  releasedAt: Temporal.Instant | null;
  releasedBy: PersonRef | null;
};

export async function findDeparture(
  db: Database,
  workspaceId: string,
  departureId: number,
): Promise<Departure | undefined> {
  const { rows } = await sql<DepartureRow>`
    select d.id, d.noticed_at as "noticedAt", d.tell_at as "tellAt", d.told_at as "toldAt",
      d.released_at as "releasedAt", d.returned_at as "returnedAt",
      json_build_object('id', p.id, 'slackId', p.slack_id, 'name', p.name,
        'timezone', coalesce(p.timezone, w.timezone), 'kind', p.kind, 'isAdmin', p.is_slack_admin or p.is_admin,
        'isDeactivated', p.deactivated_at is not null) as person,
      (select json_build_object('id', b.id, 'slackId', b.slack_id, 'name', b.name,
        'isDeactivated', b.deactivated_at is not null) from people b where b.id = d.released_by) as "releasedBy"
    from departures d
    join workspaces w on w.id = d.workspace_id
    join people p on p.id = d.person_id
    where d.workspace_id = ${workspaceId} and d.id = ${departureId}`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { releasedAt, releasedBy, ...departure } = row;
  return { ...departure, released: releasedAt === null ? null : { at: releasedAt, by: releasedBy } };
}

export async function markTold(tx: Tx, departureId: number, at: Temporal.Instant): Promise<void> {
  await tx.updateTable('departures').set({ told_at: at.toString() }).where('id', '=', departureId).execute();
}

export async function markReleased(
  tx: Tx,
  departureId: number,
  byId: number,
  at: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('departures')
    .set({ released_at: at.toString(), released_by: byId })
    .where('id', '=', departureId)
    .execute();
}

export async function markReturned(tx: Tx, departureId: number, at: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('departures')
    .set({ returned_at: at.toString() })
    .where('id', '=', departureId)
    .execute();
}

/** The last departure of a person whose rocks were released, as long as they are not back. */
export async function findReleasedOf(
  db: Database,
  workspaceId: string,
  personId: number,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('departures')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .where('returned_at', 'is', null)
    .where('released_at', 'is not', null)
    .executeTakeFirst();
  return row?.id;
}

/** Who is told: the admins who are there; their zones are those in which days are named to them. */
export async function listAdmins(
  db: Database,
  workspaceId: string,
): Promise<Pick<Person, 'id' | 'timezone'>[]> {
  return await db
    .selectFrom('people as p')
    .innerJoin('workspaces as w', 'w.id', 'p.workspace_id')
    .select((eb) => ['p.id', eb.fn.coalesce('p.timezone', 'w.timezone').as('timezone')])
    .where('p.workspace_id', '=', workspaceId)
    .where((eb) => eb.or([eb('p.is_admin', '=', true), eb('p.is_slack_admin', '=', true)]))
    .where('p.kind', '=', 'member')
    .where('p.slack_id', 'is not', null)
    .where('p.deactivated_at', 'is', null)
    .orderBy('p.id')
    .execute();
}

/** The channel of product operations, if it is set, private and one that Cairn can post to; with the company's zone. */
export async function findQuietChannel(
  db: Database,
  workspaceId: string,
): Promise<{ id: number; timezone: string } | undefined> {
  return await db
    .selectFrom('workspaces as w')
    .innerJoin('channels as c', 'c.id', 'w.product_operations_channel_id')
    .select(['c.id', 'w.timezone'])
    .where('w.id', '=', workspaceId)
    .where('c.is_private', '=', true)
    .where('c.has_cairn', '=', true)
    .where('c.archived_at', 'is', null)
    .executeTakeFirst();
}
