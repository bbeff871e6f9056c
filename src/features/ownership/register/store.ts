import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { normalName } from '../core/names.ts';
import type { RockState } from '../present-rocks.ts';

/**
 * Whoever gives rocks names goes one after the other, so that no alias ever leads to two of them. Taken before any rock
 * is locked: else two would wait for each other.
 */
export async function lockNames(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`rock names of ${workspaceId}`}, 0))`.execute(tx);
}

/** The keys, and the aliases as they are compared, that begin like the key `base`: what a new one must not be. */
export async function listTakenKeys(
  db: Database,
  workspaceId: string,
  base: string,
): Promise<{ keys: Set<string>; aliases: Set<string> }> {
  const keys = await db
    .selectFrom('rocks')
    .select('key')
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`starts_with(key, ${base})`)
    .execute();
  const aliases = await db
    .selectFrom('rock_names')
    .select('normal')
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'alias')
    .where(sql<boolean>`starts_with(normal, ${normalName(base)})`)
    .execute();
  return {
    keys: new Set(keys.map((row) => row.key)),
    aliases: new Set(aliases.map((row) => row.normal)),
  };
}

export type TakenName = {
  normal: string;
  kind: 'key' | 'name' | 'alias';
  rockId: number;
  rock: string;
  isRetired: boolean;
  isSeen: boolean;
};

/** Who else has names of these normal forms, and whether `viewerId` sees that rock. */
export async function findTaken(
  db: Database,
  workspaceId: string,
  normals: readonly string[],
  { butRockId, viewerId }: { butRockId: number | null; viewerId: number },
): Promise<TakenName[]> {
  const { rows } = await sql<TakenName>`
    select n.normal, n.kind, r.id as "rockId", r.name as rock, r.state = 'retired' as "isRetired", sees(r, ${viewerId}) as "isSeen"
    from rock_names n join rocks r on r.id = n.rock_id
    where n.workspace_id = ${workspaceId} and n.normal = any(${[...normals]}::text[])
      and r.id is distinct from ${butRockId}::bigint
    order by n.kind = 'alias' desc, n.kind = 'name' desc, r.id`.execute(db);
  return rows;
}

type Columns = Omit<
  RockState,
  'aliases' | 'links' | 'backups' | 'viewers' | 'contributors' | 'set_down' | 'retired'
>;

export function columnsOf(state: RockState): Columns {
  const { aliases, links, backups, viewers, contributors, set_down, retired, ...columns } = state;
  return columns;
}

export async function insertRock(
  tx: Tx,
  workspaceId: string,
  key: string,
  state: RockState,
  at: Temporal.Instant,
): Promise<number> {
  const { id } = await tx
    .insertInto('rocks')
    .values({ ...columnsOf(state), workspace_id: workspaceId, key, created_at: at.toString() })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateRock(tx: Tx, id: number, state: RockState, at: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('rocks')
    .set({ ...columnsOf(state), changed_at: at.toString() })
    .where('id', '=', id)
    .execute();
}

export async function saveSetDown(
  tx: Tx,
  id: number,
  setDown: { byId: number; at: Temporal.Instant; reason: string; lookAgainOn: string },
): Promise<void> {
  const at = setDown.at.toString();
  await tx
    .updateTable('rocks')
    .set({
      state: 'set-down',
      set_down_by: setDown.byId,
      set_down_at: at,
      set_down_reason: setDown.reason,
      look_again_on: setDown.lookAgainOn,
      looked_again_on: null,
      changed_at: at,
    })
    .where('id', '=', id)
    .execute();
}

export async function saveRetired(
  tx: Tx,
  id: number,
  retired: { at: Temporal.Instant; reason: string; successorId: number | null },
): Promise<void> {
  const at = retired.at.toString();
  await tx
    .updateTable('rocks')
    .set({
      state: 'retired',
      set_down_by: null,
      set_down_at: null,
      set_down_reason: null,
      look_again_on: null,
      retired_at: at,
      retired_reason: retired.reason,
      successor_id: retired.successorId,
      changed_at: at,
    })
    .where('id', '=', id)
    .execute();
}

/** Whether somebody carried a rock until it was retired, the latest time that it was. */
export async function wasItsLastOwner(db: Database, rockId: number, personId: number): Promise<boolean> {
  const last = await db
    .selectFrom('stints')
    .select(['person_id', 'ended'])
    .where('rock_id', '=', rockId)
    .orderBy('ended_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.person_id === personId && last.ended === 'retired';
}

/** The owner has said that it is theirs. */
export async function confirmStint(tx: Tx, stintId: number, at: Temporal.Instant): Promise<void> {
  await tx.updateTable('stints').set({ confirmed_at: at.toString() }).where('id', '=', stintId).execute();
}
