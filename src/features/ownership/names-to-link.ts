import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';

/** A rock with all that it is called. */
export type LinkableRock = { id: number; key: string; name: string; names: string[] };

/** The rocks that somebody sees and to which something new may be linked: all that are not retired. */
export async function rocksToLink(
  db: Database,
  workspaceId: string,
  viewerId: number,
): Promise<LinkableRock[]> {
  const { rows } = await sql<LinkableRock>`
    select r.id, r.key, r.name,
      (select array_agg(n.name order by n.position) from rock_names n where n.rock_id = r.id) as names
    from rocks r where r.workspace_id = ${workspaceId} and r.state <> 'retired' and sees(r, ${viewerId})
    order by r.id`.execute(db);
  return rows.map((rock) => ({ ...rock, names: [rock.key, rock.name, ...(rock.names ?? [])] }));
}
