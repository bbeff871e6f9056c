import type { Temporal } from 'temporal-polyfill';
import { markHomes } from '../../../delivery/homes.ts';
import { may } from '../../../permission/permissions.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { Actor } from '../../people/core/person.ts';
import { rolesOverPerson } from '../../people/roles.ts';
import { listBackpack } from './backpack-store.ts';
import type { Backpack } from './core/backpack.ts';
import { type Load, type LoadView, leastTeam, suggestHandoffs, type TeamLoad } from './core/load.ts';
import { type StandIn, standInOf } from './core/stand-in.ts';
import { listCarried, listLoads, listTeamLoads } from './load-store.ts';
import { listBackups, listBackupsOfOwner } from './stand-in-store.ts';

/**
 * What one person carries in sums: owned rocks that are not lent out, and rocks on loan to them. Whoever shows it asks
 * before whether its reader may see it (`see somebody's load`). Throws for nobody of this workspace.
 */
export async function readLoad(db: Database, workspaceId: string, personId: number): Promise<Load> {
  const load = (await readLoads(db, workspaceId, [personId])).get(personId);
  if (load === undefined) throw new Error(`person ${personId} is not in ${workspaceId}`);
  return load;
}

/** The same for several people at once, by their ids; who is not of this workspace is left out. */
export async function readLoads(
  db: Database,
  workspaceId: string,
  personIds: readonly number[],
): Promise<Map<number, Load>> {
  const loads = await listLoads(db, workspaceId, personIds);
  return new Map(loads.map(({ personId, rocks, load, limit }) => [personId, { rocks, load, limit }]));
}

/**
 * Somebody's load as the actor may see it, with what could be handed off first: for the person, their lead and
 * admins; null for anybody else. Rocks that the actor does not see are in the sum, and neither named nor suggested.
 */
export async function readLoadFor(
  db: Database,
  workspaceId: string,
  actor: Actor,
  personId: number,
): Promise<LoadView | null> {
  const roles = await rolesOverPerson(db, workspaceId, actor, personId);
  if (!may("see somebody's load", roles)) return null;
  const load = await readLoad(db, workspaceId, personId);
  const rows = await listCarried(db, workspaceId, personId, actor.id);
  const near = [...new Set(rows.flatMap(({ takers }) => takers.map(({ id }) => id)))];
  const loads = await readLoads(db, workspaceId, near);
  const carried = rows.map((row) => ({
    ...row,
    takers: row.takers.flatMap((taker) => {
      const own = loads.get(taker.id);
      return own === undefined ? [] : [{ ...taker, load: own.load, limit: own.limit }];
    }),
  }));
  return {
    ...load,
    hidden: load.rocks - carried.length,
    suggestions: suggestHandoffs(carried, load),
    mayChangeLimit: may("change somebody's limit", roles),
  };
}

/** What somebody carries, has on loan and stands in for, in their own eyes: `limit` of it after `offset`. */
export async function readBackpack(
  db: Database,
  workspaceId: string,
  person: Actor,
  part: { offset: number; limit: number },
): Promise<Backpack> {
  return await listBackpack(db, workspaceId, person.id, part);
}

/** Teams of five or more in sums, for leaders; smaller ones would tell of single people. */
export async function teamLoads(db: Database, workspaceId: string): Promise<TeamLoad[]> {
  return await listTeamLoads(db, workspaceId, leastTeam);
}

/** Who stands in for each rock that a person carries on some days, by the rock's name. */
export async function readStandIns(
  db: Database,
  workspaceId: string,
  personId: number,
  days: { from: Temporal.PlainDate; until: Temporal.PlainDate },
): Promise<StandIn[]> {
  const rocks = await listBackups(db, workspaceId, personId, days.from);
  return rocks.map((rock) => standInOf(rock, days));
}

/** Says that the Homes read differently of a person and of everybody who stands in for them, in the caller's transaction. */
export async function markHomesAround(tx: Tx, workspaceId: string, personId: number): Promise<void> {
  await markHomes(tx, workspaceId, [personId, ...(await listBackupsOfOwner(tx, workspaceId, personId))]);
}
