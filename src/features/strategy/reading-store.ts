import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { TeamCoverage } from './core/coverage.ts';

/** Where a version was posted, by channel. */
export async function listPostings(
  db: Database,
  workspaceId: string,
  versionId: number,
): Promise<{ channelId: number; slackId: string | null; name: string; messageId: number }[]> {
  return await db
    .selectFrom('strategy_postings as s')
    .innerJoin('channels as c', 'c.id', 's.channel_id')
    .where('s.workspace_id', '=', workspaceId)
    .where('s.version_id', '=', versionId)
    .select(['c.id as channelId', 'c.slack_id as slackId', 'c.name', 's.message_id as messageId'])
    .orderBy('c.name')
    .orderBy('c.id')
    .execute();
}

/** The public channels of the latest version that was posted anywhere, by their Slack ids: of others not even the name is for everybody. */
export async function listUsualChannels(db: Database, workspaceId: string): Promise<string[]> {
  const { rows } = await sql<{ slackId: string }>`
    select c.slack_id as "slackId" from strategy_postings s join channels c on c.id = s.channel_id
    where s.workspace_id = ${workspaceId} and c.slack_id is not null and c.archived_at is null and c.has_cairn and not c.is_private
      and s.version_id = (select max(version_id) from strategy_postings where workspace_id = ${workspaceId})
    order by c.name, c.id`.execute(db);
  return rows.map(({ slackId }) => slackId);
}

export async function insertPosting(
  tx: Tx,
  workspaceId: string,
  posting: { versionId: number; channelId: number; messageId: number },
): Promise<void> {
  const { versionId, channelId, messageId } = posting;
  await tx
    .insertInto('strategy_postings')
    .values({
      workspace_id: workspaceId,
      version_id: versionId,
      channel_id: channelId,
      message_id: messageId,
    })
    .execute();
}

/** Keeps that somebody has read a version. False: they had said so before. */
export async function insertReading(
  tx: Tx,
  workspaceId: string,
  reading: { versionId: number; personId: number; at: Temporal.Instant },
): Promise<boolean> {
  const row = await tx
    .insertInto('strategy_readings')
    .values({
      workspace_id: workspaceId,
      version_id: reading.versionId,
      person_id: reading.personId,
      read_at: reading.at.toString(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('person_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Readers of a version count one after the other, so that no message shows fewer than there are. */
export async function lockVersion(tx: Tx, versionId: number): Promise<void> {
  await sql`select id from strategy_versions where id = ${versionId} for update`.execute(tx);
}

/** How many people have read each version. */
export async function countReaders(
  db: Database,
  workspaceId: string,
  versionIds: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; count: number }>`
    select version_id as id, count(*)::int as count from strategy_readings
    where workspace_id = ${workspaceId} and version_id = any(${[...versionIds]}::bigint[])
    group by version_id`.execute(db);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** Of each team, its members and its lead who are in Slack, and how many of them have read each version. */
export async function listCoverage(
  db: Database,
  workspaceId: string,
  versionIds: readonly number[],
): Promise<Map<number, TeamCoverage[]>> {
  const { rows } = await sql<TeamCoverage & { id: number }>`
    select v.id, t.name as team, count(*)::int as members, count(r.person_id)::int as readers
    from unnest(${[...versionIds]}::bigint[]) as v (id)
    cross join teams t
    cross join lateral (
      select m.person_id from team_members m where m.team_id = t.id
      union select t.lead_id where t.lead_id is not null) as who
    join people p on p.id = who.person_id and p.kind = 'member' and p.slack_id is not null and p.deactivated_at is null
    left join strategy_readings r on r.version_id = v.id and r.person_id = p.id
    where t.workspace_id = ${workspaceId}
    group by v.id, t.id, t.name order by t.name, t.id`.execute(db);
  return Map.groupBy(rows, ({ id }) => id);
}
