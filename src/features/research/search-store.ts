import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import { mostRanked, snippet, withHits } from '../../platform/db/search.ts';
import { who } from './account-store.ts';
import type { Hit } from './core/lists.ts';

/**
 * Conversations in which a query is found: of the latest matches the best first, a page of them from the `skip`th on. Only
 * those of the page are read whole, for their snippets.
 */
export async function findTalks(
  db: Database,
  workspaceId: string,
  query: RawBuilder<string>,
  { skip, most }: { skip: number; most: number },
): Promise<Hit[]> {
  const { rows } = await sql<Hit>`
    select c.id, a.name as account, c.held_on as on, ${who('p')} as by, c.contact,
      ${withHits(sql`c.topic`, query)} as topic, ${snippet(sql`c.notes`, query)} as notes,
      c.recording_url as "recordingUrl", best.total
    from (
      select id, ts_rank(search, ${query}, 1) as rank, count(*) over ()::int as total, held_on
      from (
        select id, held_on, search from conversations
        where workspace_id = ${workspaceId} and search @@ ${query}
        order by held_on desc, id desc limit ${mostRanked + 1}
      ) latest
      order by rank desc, held_on desc, id desc offset ${skip} limit ${most}
    ) best
    join conversations c on c.id = best.id
    join accounts a on a.id = c.account_id
    join people p on p.id = c.by_id
    order by best.rank desc, best.held_on desc, best.id desc`.execute(db);
  return rows;
}
