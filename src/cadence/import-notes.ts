import { sql } from 'kysely';
import { type Importing, portions } from '../platform/db/importing.ts';
import type { CadenceEntry } from './file.ts';
import type { CadenceState } from './import-store.ts';

/** Why a cadence waits whose channel Cairn is not in. */
export function notIn(channel: string): string {
  return `Cairn is not in #${channel}`;
}

/** Those of the channels that Slack has told of and Cairn is not in. */
export async function outsideOf({ tx }: Importing, channelIds: readonly number[]): Promise<Set<number>> {
  const outside = new Set<number>();
  for (const portion of portions(channelIds)) {
    const rows = await tx
      .selectFrom('channels')
      .select('id')
      .where('id', 'in', portion)
      .where('slack_id', 'is not', null)
      .where('has_cairn', '=', false)
      .execute();
    for (const { id } of rows) outside.add(id);
  }
  return outside;
}

/** What whoever imports should know of the cadences of their file, a line each. */
export async function notesOn(
  importing: Importing,
  entries: readonly CadenceEntry[],
  wanted: ReadonlyMap<string, CadenceState>,
): Promise<string[]> {
  const paused = entries.flatMap(({ key, channel }) =>
    wanted.get(key)?.pause_reason === notIn(channel)
      ? [`${key} is paused: ${notIn(channel)}. Invite it there (/invite @Cairn) and import the file again.`]
      : [],
  );
  return [...paused, ...(await doublesIn(importing, new Set(entries.map(({ key }) => key))))];
}

async function doublesIn({ tx, workspaceId }: Importing, keys: ReadonlySet<string>): Promise<string[]> {
  if (keys.size === 0) return [];
  const { rows } = await sql<{ keys: string[]; ritual: string; channel: string }>`
    select array_agg(c.key order by c.key) as keys, c.ritual, h.name as channel
    from cadences c join channels h on h.id = c.channel_id
    where c.workspace_id = ${workspaceId} and c.state <> 'ended'
    group by c.ritual, h.id, h.name having count(*) > 1
    order by h.name, c.ritual`.execute(tx);
  return rows
    .filter((row) => row.keys.some((key) => keys.has(key)))
    .map(({ keys: all, ritual, channel }) => {
      const listed = `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
      return `${listed} hold the same ritual, ${ritual}, in #${channel}: people there are asked by each of them.`;
    });
}
