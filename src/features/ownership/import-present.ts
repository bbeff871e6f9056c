import { sql } from 'kysely';
import { type Importing, portions } from '../../platform/db/importing.ts';

/** A rock without its owner, as file and database have it in common; references are ids. */
export type RockState = {
  name: string;
  summary: string | null;
  type: 'area' | 'activity';
  discipline: string | null;
  importance: string | null;
  weight: number;
  team_id: number | null;
  channel_id: number | null;
  aliases: string[];
  links: { label: string; url: string }[];
  backups: number[];
};

export type PresentRock = { id: number; state: RockState; owner: number | null };

/**
 * The rocks of `keys` that are there, by key. They are locked, as every change of an owner locks its rock, so
 * that a handoff accepted meanwhile waits for the import or is seen by it.
 */
export async function presentRocks(
  { tx, workspaceId }: Importing,
  keys: readonly string[],
): Promise<Map<string, PresentRock>> {
  const present = new Map<string, PresentRock>();
  for (const portion of portions([...keys].sort(), 5_000)) {
    await tx
      .selectFrom('rocks')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .where('key', 'in', portion)
      .orderBy('key')
      .forUpdate()
      .execute();
    const rows = await tx
      .selectFrom('rocks as r')
      .where('r.workspace_id', '=', workspaceId)
      .where('r.key', 'in', portion)
      .select([
        'r.id',
        'r.key',
        'r.name',
        'r.summary',
        'r.type',
        'r.discipline',
        'r.importance',
        'r.weight',
        'r.team_id',
        'r.channel_id',
        sql<string[]>`coalesce((select json_agg(n.name order by n.position) from rock_names n
          where n.rock_id = r.id and n.kind = 'alias'), '[]')`.as('aliases'),
        sql<RockState['links']>`coalesce((select json_agg(json_build_object('label', l.label, 'url', l.url)
          order by l.position) from rock_links l where l.rock_id = r.id), '[]')`.as('links'),
        sql<number[]>`coalesce((select json_agg(b.person_id order by b.position) from rock_backups b
          where b.rock_id = r.id), '[]')`.as('backups'),
        sql<number | null>`(select s.person_id from stints s
          where s.rock_id = r.id and s.ended_at is null)`.as('owner'),
      ])
      .execute();
    for (const { id, key, owner, ...state } of rows) present.set(key, { id, owner, state });
  }
  return present;
}
