import { sql } from 'kysely';
import type { Database, Tx } from '../../../platform/db/database.ts';

/** A name, key or alias of exactly this normal form that a rock has, one that goes on first. */
export async function findNamesake(
  db: Database,
  workspaceId: string,
  normal: string,
): Promise<{ id: number; name: string; visibility: string } | undefined> {
  const { rows } = await sql<{ id: number; name: string; visibility: string }>`
    select r.id, r.name, r.visibility from rock_names n join rocks r on r.id = n.rock_id
    where n.workspace_id = ${workspaceId} and n.normal = ${normal}
    order by r.state = 'retired', r.id limit 1`.execute(db);
  return rows[0];
}

/** How many aliases, or links, a rock has. */
export async function countOf(db: Database, rockId: number): Promise<{ aliases: number; links: number }> {
  const { rows } = await sql<{ aliases: number; links: number }>`
    select (select count(*) from rock_names where rock_id = ${rockId} and kind = 'alias') as aliases,
      (select count(*) from rock_links where rock_id = ${rockId}) as links`.execute(db);
  return rows[0] ?? { aliases: 0, links: 0 };
}

/** One more name by which a rock is found. False when another one has it as an alias. */
export async function appendAlias(
  tx: Tx,
  alias: { workspaceId: string; rockId: number; name: string; normal: string },
): Promise<boolean> {
  const inserted = await sql`
    insert into rock_names (workspace_id, rock_id, kind, position, name, normal)
    select ${alias.workspaceId}, ${alias.rockId}, 'alias', coalesce(max(position) + 1, 0), ${alias.name},
      ${alias.normal}
    from rock_names where rock_id = ${alias.rockId} and kind = 'alias'
    on conflict (workspace_id, normal) where kind = 'alias' do nothing`.execute(tx);
  return inserted.numAffectedRows === 1n;
}

/** One more page of a rock. */
export async function appendLink(
  tx: Tx,
  link: { workspaceId: string; rockId: number; label: string; url: string; place: string },
): Promise<void> {
  await sql`
    insert into rock_links (workspace_id, rock_id, position, label, url, place)
    select ${link.workspaceId}, ${link.rockId}, coalesce(max(position) + 1, 0), ${link.label}, ${link.url},
      ${link.place}
    from rock_links where rock_id = ${link.rockId}`.execute(tx);
}
