import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import type { Naming } from '../../platform/file/writing.ts';

export type PersonRow = {
  id: number;
  name: string;
  handle: string | null;
  email: string | null;
  slackId: string | null;
  timezone: string | null;
  isGuest: boolean;
  isAdmin: boolean;
  hasLeft: boolean;
  limit: number | null;
  teams: string[];
};

/** Who is in the workspace, by name; bots and people of other companies are not. */
export async function listEverybody(db: Database, workspaceId: string): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select p.id, p.name, p.handle, p.email, p.slack_id as "slackId", p.timezone, p.kind = 'guest' as "isGuest",
      p.is_admin or p.is_slack_admin as "isAdmin", p.deactivated_at is not null as "hasLeft",
      p.backpack_limit as "limit",
      array(select t.name from team_members m join teams t on t.id = m.team_id
        where m.person_id = p.id order by t.name) as teams
    from people p
    where p.workspace_id = ${workspaceId} and p.kind in ('member', 'guest')
    order by p.name, p.id`.execute(db);
  return rows;
}

/** People by the name that a spreadsheet shows: their own where nobody else has it, else their address; teams by name. */
export async function readNames(db: Database, workspaceId: string): Promise<Naming> {
  const { rows: people } = await sql<{ id: number; name: string }>`
    select id, case when count(*) over (partition by lower(name)) = 1 then name
      else coalesce(email, handle, slack_id, name) end as name
    from people where workspace_id = ${workspaceId}`.execute(db);
  const teams = await db
    .selectFrom('teams')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  const personNames = new Map(people.map(({ id, name }) => [id, name]));
  const teamNames = new Map(teams.map(({ id, name }) => [id, name]));
  return { person: (id) => personNames.get(id) ?? '', team: (id) => teamNames.get(id) ?? '' };
}

/** The names of all channels; which may be told is for `Seen`. */
export async function readChannelNames(db: Database, workspaceId: string): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('channels')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The keys of what somebody may see, and the channels, as `#name`, that a file names to nobody but an operator. */
export type Seen = {
  rocks: ReadonlySet<string>;
  objectives: ReadonlySet<string>;
  hiddenChannels: ReadonlySet<string>;
};

/** What a reader sees; null: an operator, who sees all. */
export async function readSeen(db: Database, workspaceId: string, readerId: number | null): Promise<Seen> {
  const rocks = await sql<{ key: string }>`select r.key from rocks r
    where r.workspace_id = ${workspaceId} and (${readerId}::bigint is null or sees(r, ${readerId}::bigint))`.execute(
    db,
  );
  const objectives = await sql<{ key: string }>`select o.key from objectives o
    where o.workspace_id = ${workspaceId}
      and (${readerId}::bigint is null or sees_objective(o, ${readerId}::bigint))`.execute(db);
  const keys = (rows: readonly { key: string }[]) => new Set(rows.map(({ key }) => key));
  const hidden = await db
    .selectFrom('channels')
    .select('name')
    .where('workspace_id', '=', workspaceId)
    .where('is_private', '=', true)
    .execute();
  return {
    rocks: keys(rocks.rows),
    objectives: keys(objectives.rows),
    hiddenChannels: new Set(readerId === null ? [] : hidden.map(({ name }) => `#${name}`)),
  };
}

/** The key results of objectives, by the objective's key. */
export async function listKeyResultKeys(
  db: Database,
  workspaceId: string,
): Promise<{ key: string; objective: string }[]> {
  return await db
    .selectFrom('key_results as k')
    .innerJoin('objectives as o', 'o.id', 'k.objective_id')
    .select(['k.key', 'o.key as objective'])
    .where('k.workspace_id', '=', workspaceId)
    .execute();
}
