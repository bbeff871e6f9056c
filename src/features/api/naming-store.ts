import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';

/** What parameters name. */
export type Kind = 'team' | 'person' | 'cycle' | 'rock';

/**
 * The id of what is called so: a team by key or name, a person by Slack id, handle or a name that nobody else has, a
 * cycle or a rock that everybody may see by key. Undefined: nothing is.
 */
export async function findNamed(
  db: Database,
  workspaceId: string,
  kind: Kind,
  text: string,
): Promise<number | undefined> {
  const { rows } = await statements[kind](workspaceId, text).execute(db);
  return rows[0]?.id;
}

const statements = {
  team: (workspaceId: string, text: string) => sql<{ id: number }>`
    select id from teams where workspace_id = ${workspaceId} and lower(${text}) in (lower(key), lower(name))
    order by lower(key) <> lower(${text}), id limit 1`,
  person: (workspaceId: string, text: string) => sql<{ id: number }>`
    select id from (
      select id, 1 as place from people
      where workspace_id = ${workspaceId} and (slack_id = ${text} or lower(handle) = lower(${text}))
      union all
      select min(id), 2 from people
      where workspace_id = ${workspaceId} and lower(name) = lower(${text}) having count(*) = 1) as called
    order by place limit 1`,
  cycle: (workspaceId: string, text: string) => sql<{ id: number }>`
    select id from cycles where workspace_id = ${workspaceId} and lower(key) = lower(${text})`,
  rock: (workspaceId: string, text: string) => sql<{ id: number }>`
    select id from rocks where workspace_id = ${workspaceId} and visibility = 'workspace' and key = lower(${text})`,
};

/** What is called nearly so, of what everybody may see, the likest first. */
export async function listLike(
  db: Database,
  workspaceId: string,
  kind: Kind | 'objective',
  text: string,
): Promise<string[]> {
  const table = {
    team: sql`select key as word from teams where workspace_id = ${workspaceId}`,
    person: sql`select handle as word from people where workspace_id = ${workspaceId} and handle is not null`,
    cycle: sql`select key as word from cycles where workspace_id = ${workspaceId}`,
    rock: sql`select key as word from rocks where workspace_id = ${workspaceId} and visibility = 'workspace'`,
    objective: sql`select key as word from objectives where workspace_id = ${workspaceId} and visibility = 'workspace'`,
  }[kind];
  const { rows } = await sql<{ word: string }>`
    select word from (${table}) as words order by similarity(word, lower(${text})) desc, word limit 20`.execute(
    db,
  );
  return rows.map(({ word }) => word);
}
