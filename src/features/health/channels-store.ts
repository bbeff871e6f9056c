import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';

/** A channel in which Cairn has to write, and what for. */
export type UsedChannel = { slackId: string | null; name: string; uses: string[] };

/** Those of active cadences, product operations, leaders and teams, by name. */
export async function listUsedChannels(db: Database, workspaceId: string): Promise<UsedChannel[]> {
  const { rows } = await sql<UsedChannel>`
    select c.slack_id as "slackId", c.name, array_agg(used.what order by used.what) as uses
    from (
      select channel_id, 'cadence ' || key as what from cadences
      where workspace_id = ${workspaceId} and state = 'active'
      union all
      select product_operations_channel_id, 'product operations' from workspaces where id = ${workspaceId}
      union all
      select leaders_channel_id, 'leaders' from workspaces where id = ${workspaceId}
      union all
      select channel_id, 'team ' || key from teams where workspace_id = ${workspaceId}
    ) used join channels c on c.id = used.channel_id
    group by c.id order by c.name, c.id`.execute(db);
  return rows;
}
