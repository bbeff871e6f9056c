import type { Database, Tx } from '../../platform/db/database.ts';
import { type NewEvent, recordEvent } from '../../platform/db/events.ts';
import type { Choice } from '../../platform/slack/fields.ts';
import { slug } from './core/handle.ts';

/** The workspace's teams by name, as a menu offers them. */
export async function teamChoices(db: Database, workspaceId: string): Promise<Choice[]> {
  const rows = await db
    .selectFrom('teams')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(({ id, name }) => ({ id: String(id), name }));
}

/** The workspace's teams by key and name, as a sheet may name them. */
export async function knownTeams(
  db: Database,
  workspaceId: string,
): Promise<{ id: number; key: string; name: string }[]> {
  return await db
    .selectFrom('teams')
    .select(['id', 'key', 'name'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
}

/** Makes teams of these names, without anybody in them yet. Gives their ids by name. */
export async function addTeams(
  tx: Tx,
  { workspaceId, at, doer }: Pick<NewEvent, 'workspaceId' | 'at' | 'doer'>,
  names: readonly string[],
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  if (names.length === 0) return ids;
  const taken = new Set((await knownTeams(tx, workspaceId)).map(({ key }) => key));
  for (const name of names) {
    const base = slug(name) || 'team';
    let key = base;
    for (let number = 2; taken.has(key); number += 1) key = `${base}-${number}`;
    taken.add(key);
    const { id } = await tx
      .insertInto('teams')
      .values({ workspace_id: workspaceId, key, name, lead_id: null, channel_id: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    ids.set(name, id);
    await recordEvent(tx, {
      ...{ workspaceId, at, doer },
      type: 'team.created',
      subject: { kind: 'team', id },
      after: { key, name },
    });
  }
  return ids;
}
