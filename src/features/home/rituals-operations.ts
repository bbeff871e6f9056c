import { cadencesOf } from '../../cadence/operations.ts';
import type { Database } from '../../platform/db/database.ts';
import { leftBy } from '../check-ins/leaving/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { ownPages } from '../playbook/operations.ts';
import type { ComingRitual } from './core/home.ts';

/** What a ritual that comes with Cairn is called; undefined: it is none. */
export type NameOfRitual = (key: string) => string | undefined;

const most = 5;

/** The rituals that concern the actor, the soonest first: of their teams, and of key results that they own. */
export async function ritualsOf(
  db: Database,
  workspaceId: string,
  actor: Actor,
  nameOf: NameOfRitual,
): Promise<ComingRitual[]> {
  const cadences = await cadencesOf(db, workspaceId, actor.id, most);
  if (cadences.length === 0) return [];
  const own = new Map((await ownPages(db, workspaceId)).map(({ key, name }) => [key, name]));
  const left = new Set(await leftBy(db, workspaceId, actor.id));
  return cadences.map(({ id, key, ritual, channel, at }) => ({
    ...(left.has(id) ? { leftId: id } : {}),
    key,
    name: own.get(ritual) ?? nameOf(ritual) ?? ritual,
    channel,
    at,
  }));
}
