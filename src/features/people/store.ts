import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Person } from './core/person.ts';
import type { SlackChannel, SlackUser } from './core/slack-user.ts';

/** Rows as `Person`; zones fall back to the workspace's. */
function people(db: Database, workspaceId: string) {
  return db
    .selectFrom('people')
    .innerJoin('workspaces', 'workspaces.id', 'people.workspace_id')
    .where('people.workspace_id', '=', workspaceId)
    .select((eb) => [
      'people.id',
      'people.slack_id as slackId',
      'people.name',
      eb.fn.coalesce('people.timezone', 'workspaces.timezone').as('timezone'),
      'people.kind',
      sql<boolean>`people.is_slack_admin or people.is_admin`.as('isAdmin'),
      eb('people.deactivated_at', 'is not', null).$castTo<boolean>().as('isDeactivated'),
    ]);
}

/** The person of a Slack id, if Cairn has met them. */
export async function findPersonBySlackId(
  db: Database,
  workspaceId: string,
  slackId: string,
): Promise<Person | undefined> {
  return await people(db, workspaceId).where('people.slack_id', '=', slackId).executeTakeFirst();
}

/** By short name, else by the name that Slack shows; nobody when two people share that. */
export async function findPersonByName(
  db: Database,
  workspaceId: string,
  name: string,
): Promise<Person | undefined> {
  const wanted = name.toLowerCase();
  const byHandle = await people(db, workspaceId)
    .where((eb) => eb(eb.fn('lower', ['people.handle']), '=', wanted))
    .executeTakeFirst();
  if (byHandle !== undefined) return byHandle;
  const [first, second] = await people(db, workspaceId)
    .where((eb) => eb(eb.fn('lower', ['people.name']), '=', wanted))
    .limit(2)
    .execute();
  return second === undefined ? first : undefined;
}

/** Those of `ids` who are of this workspace, in no order. */
export async function getPeople(db: Database, workspaceId: string, ids: number[]): Promise<Person[]> {
  if (ids.length === 0) return [];
  return await people(db, workspaceId).where('people.id', 'in', ids).execute();
}

/** Somebody as a spreadsheet may mean them. */
export type NamedPerson = Omit<Person, 'timezone' | 'isAdmin'> & {
  /** In full, where Slack shows them by another name. */
  realName: string | null;
  email: string | null;
  handle: string | null;
  deactivatedAt: Temporal.Instant | null;
};

/** Everybody in the workspace, those too who left, the oldest first. */
export async function listNamed(db: Database, workspaceId: string): Promise<NamedPerson[]> {
  return await db
    .selectFrom('people')
    .select((eb) => [
      'id',
      'slack_id as slackId',
      'name',
      'real_name as realName',
      'email',
      'handle',
      'kind',
      'deactivated_at as deactivatedAt',
      eb('deactivated_at', 'is not', null).$castTo<boolean>().as('isDeactivated'),
    ])
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
}

/**
 * Keeps what Slack says of a user. Somebody imported by e-mail before they appeared is the same person:
 * their row gets the Slack id.
 */
export async function saveSlackUser(tx: Tx, workspaceId: string, user: SlackUser): Promise<void> {
  // Two replicas hear of the same person at once, and an address is unique as well as an id: an upsert names one
  // of the two, so whoever writes people of a workspace goes one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`people of ${workspaceId}`}, 0))`.execute(tx);
  await sql`
    update people set slack_id = ${user.slackId}
    where workspace_id = ${workspaceId} and slack_id is null and lower(email) = lower(${user.email})
      and not exists (select 1 from people other
        where other.workspace_id = ${workspaceId} and other.slack_id = ${user.slackId})`.execute(tx);
  await sql`
    insert into people (workspace_id, slack_id, name, real_name, email, timezone, kind, is_slack_admin, deactivated_at)
    select ${workspaceId}, ${user.slackId}, ${user.name}, ${user.realName ?? null},
      -- an address that another row holds stays there: two people with one address are never one row
      case when exists (select 1 from people other where other.workspace_id = ${workspaceId}
        and lower(other.email) = lower(${user.email}) and other.slack_id is distinct from ${user.slackId})
        then null else ${user.email}::text end,
      ${user.timezone}, ${user.kind}, ${user.isSlackAdmin}, case when ${user.isDeactivated}::boolean then now() end
    on conflict (workspace_id, slack_id) do update set
      name = excluded.name,
      real_name = excluded.real_name,
      email = coalesce(excluded.email, people.email),
      timezone = coalesce(excluded.timezone, people.timezone),
      kind = excluded.kind,
      is_slack_admin = excluded.is_slack_admin,
      deactivated_at = case when excluded.deactivated_at is null then null
        else coalesce(people.deactivated_at, excluded.deactivated_at) end`.execute(tx);
}

/** Keeps what Slack says of a channel; one that was only named in a file until now gets its id. */
export async function saveSlackChannel(tx: Tx, workspaceId: string, channel: SlackChannel): Promise<void> {
  await sql`
    update channels set slack_id = ${channel.slackId}
    where workspace_id = ${workspaceId} and slack_id is null and name = ${channel.name}
      and not exists (select 1 from channels other
        where other.workspace_id = ${workspaceId} and other.slack_id = ${channel.slackId})`.execute(tx);
  await sql`
    insert into channels (workspace_id, slack_id, name, is_private, has_cairn, archived_at)
    values (${workspaceId}, ${channel.slackId}, ${channel.name}, ${channel.isPrivate}, ${channel.hasCairn},
      case when ${channel.isArchived}::boolean then now() end)
    on conflict (workspace_id, slack_id) do update set
      name = excluded.name, is_private = excluded.is_private, has_cairn = excluded.has_cairn,
      archived_at = case when excluded.archived_at is null then null
        else coalesce(channels.archived_at, excluded.archived_at) end`.execute(tx);
}

/** Whom and what a file named and Slack has not told of: `person 12`, `channel 3`. */
export async function findUnmatched(db: Database, workspaceId: string): Promise<string[]> {
  const { rows } = await sql<{ row: string }>`
    select 'person ' || id as row from people where workspace_id = ${workspaceId} and slack_id is null
    union all
    select 'channel ' || id from channels where workspace_id = ${workspaceId} and slack_id is null`.execute(
    db,
  );
  return rows.map(({ row }) => row);
}

/**
 * People by short name or address and channels by #name that Slack's directory does not have, by name. Empty
 * while the directory has never been read: then nothing is known of anybody.
 */
export async function listUnmatchedNames(db: Database, workspaceId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from (
      select coalesce(handle, email) as name from people where workspace_id = ${workspaceId} and slack_id is null
      union all
      select '#' || name from channels where workspace_id = ${workspaceId} and slack_id is null
    ) unmatched
    where exists (select 1 from channels where workspace_id = ${workspaceId} and slack_id is not null)
    order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** Keeps a workspace as it is at a start. The environment's zone counts while none can be set in Slack. */
export async function saveWorkspace(
  db: Database,
  workspace: { id: string; name: string; timezone: string },
): Promise<void> {
  await db
    .insertInto('workspaces')
    .values(workspace)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ name: workspace.name, timezone: workspace.timezone }),
    )
    .execute();
}

/** The new name of a channel that is known by its id; of any other nothing is kept. */
export async function saveChannelName(
  tx: Tx,
  workspaceId: string,
  slackId: string,
  name: string,
): Promise<void> {
  await tx
    .updateTable('channels')
    .set({ name })
    .where('workspace_id', '=', workspaceId)
    .where('slack_id', '=', slackId)
    .execute();
}

/** Archived since now, unless it was before. */
export async function markArchived(tx: Tx, workspaceId: string, slackId: string): Promise<void> {
  await tx
    .updateTable('channels')
    .set({ archived_at: sql<string>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('slack_id', '=', slackId)
    .where('archived_at', 'is', null)
    .execute();
}

/** In use again. */
export async function markUnarchived(tx: Tx, workspaceId: string, slackId: string): Promise<void> {
  await tx
    .updateTable('channels')
    .set({ archived_at: null })
    .where('workspace_id', '=', workspaceId)
    .where('slack_id', '=', slackId)
    .execute();
}

/** Cairn is not in it any more. */
export async function markLeft(tx: Tx, workspaceId: string, slackId: string): Promise<void> {
  await tx
    .updateTable('channels')
    .set({ has_cairn: false })
    .where('workspace_id', '=', workspaceId)
    .where('slack_id', '=', slackId)
    .execute();
}

/** A channel with our id of it, as it was last kept. */
export type KnownChannel = SlackChannel & { id: number };

export async function findChannelBySlackId(
  db: Database,
  workspaceId: string,
  slackId: string,
): Promise<KnownChannel | undefined> {
  return await db
    .selectFrom('channels')
    .select((eb) => [
      'id',
      'slack_id as slackId',
      'name',
      'is_private as isPrivate',
      'has_cairn as hasCairn',
      eb('archived_at', 'is not', null).$castTo<boolean>().as('isArchived'),
    ])
    .where('workspace_id', '=', workspaceId)
    .where('slack_id', '=', slackId)
    .$narrowType<{ slackId: string }>()
    .executeTakeFirst();
}

/** The channels by name; of several with one name the one that Slack has, and is not archived. */
export async function listChannelNames(
  db: Database,
  workspaceId: string,
): Promise<{ id: number; slackId: string | null; name: string; isArchived: boolean }[]> {
  return await db
    .selectFrom('channels')
    .select((eb) => [
      'id',
      'slack_id as slackId',
      'name',
      eb('archived_at', 'is not', null).$castTo<boolean>().as('isArchived'),
    ])
    .distinctOn('name')
    .where('workspace_id', '=', workspaceId)
    .orderBy('name')
    .orderBy((eb) => eb('slack_id', 'is', null))
    .orderBy((eb) => eb('archived_at', 'is not', null))
    .orderBy('id')
    .execute();
}

/** Where people live, on which weekdays they work, and when they are away from `since` on. */
export async function listWorkingTimes(
  db: Database,
  workspaceId: string,
  personIds: readonly number[],
  since: Temporal.PlainDate,
): Promise<
  {
    id: number;
    timezone: string;
    workingDays: number[] | null;
    absences: { from: Temporal.PlainDate; until: Temporal.PlainDate }[];
  }[]
> {
  const { rows } = await sql<{
    id: number;
    timezone: string;
    workingDays: number[] | null;
    absences: { from: string; until: string }[];
  }>`
    select p.id, coalesce(p.timezone, w.timezone) as timezone, p.working_days as "workingDays",
      coalesce((select json_agg(json_build_object('from', a.starts_on, 'until', a.ends_on)) from absences a
        where a.person_id = p.id and a.ends_on >= ${since.toString()}::date), '[]') as absences
    from people p join workspaces w on w.id = p.workspace_id
    where p.workspace_id = ${workspaceId} and p.id = any(${personIds}::bigint[])`.execute(db);
  return rows.map((row) => ({
    ...row,
    absences: row.absences.map(({ from, until }) => ({
      from: Temporal.PlainDate.from(from),
      until: Temporal.PlainDate.from(until),
    })),
  }));
}
