import type { Tx } from '../../platform/db/database.ts';
import type { RockCard } from './core/rock.ts';
import { findCard } from './lookup-operations.ts';
import { lockOwnership, type OwnedRock } from './operations.ts';

/** Several, in the order of their ids, as every operation locks them: so that two never wait for each other. */
export async function lockRocks(
  tx: Tx,
  workspaceId: string,
  rockIds: Iterable<number>,
): Promise<Map<number, OwnedRock>> {
  const locked = new Map<number, OwnedRock>();
  for (const rockId of [...new Set(rockIds)].toSorted((one, other) => one - other)) {
    const rock = await lockOwnership(tx, workspaceId, rockId);
    if (rock !== undefined) locked.set(rockId, rock);
  }
  return locked;
}

/** A rock as `viewerId` sees it, locked for a change of owner; undefined where there is none for them. */
export async function lockCard(
  tx: Tx,
  workspaceId: string,
  rockId: number,
  viewerId: number,
): Promise<RockCard | undefined> {
  const locked = await lockOwnership(tx, workspaceId, rockId);
  return locked === undefined ? undefined : await findCard(tx, workspaceId, rockId, viewerId);
}
