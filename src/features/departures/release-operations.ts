import type { Temporal } from 'temporal-polyfill';
import { tell } from '../../delivery/outbox.ts';
import { accepted, type Result } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { type Doer, recordEvent } from '../../platform/db/events.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { endHandoffsOfLeaver } from '../handoffs/leaver-operations.ts';
import type { PersonRef } from '../ownership/core/rock.ts';
import { lockRocks } from '../ownership/locking.ts';
import { type Moving, tellMoved } from '../ownership/moved.ts';
import { beginActing, leaveUnowned, lockOwnership, type OwnedRock } from '../ownership/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { releasedBlocks } from './blocks.ts';
import type { Departure, ReleasedRock } from './core/departure.ts';
import { listReleasedRocks, listRocksNear, readLeft, saveReleasedRocks } from './left-store.ts';
import { actingKey } from './message-store.ts';
import { actingBlocks } from './stand-in-blocks.ts';
import { findLeaver, lockDeparture, markReleased } from './store.ts';
import { gone, overRefusal, refusalFor, rewriteAll } from './telling-operations.ts';

/**
 * Releases what somebody who left carried: the first backup of each rock who is there becomes its acting owner and is
 * told, the others become unowned, and what was handed to or by them and is not decided ends, loans included. Refuses
 * whoever is no admin, and what was released already (it says by whom) or is no longer to be: the person is back.
 */
export async function releaseDeparture(
  { db, ...moving }: { db: Database } & Moving,
  workspaceId: string,
  actor: Actor,
  departureId: number,
): Promise<Result<Departure>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  return await inTransaction(db, async (tx) => {
    const personId = await findLeaver(tx, workspaceId, departureId);
    if (personId === undefined) return gone;
    const locked = await lockRocks(tx, workspaceId, await listRocksNear(tx, workspaceId, personId));
    const departure = await lockDeparture(tx, workspaceId, departureId);
    if (departure === undefined) return gone;
    const over = overRefusal(departure);
    if (over !== null) return over;
    const at = await companyNow(tx, workspaceId);
    const doer = { kind: 'person', personId: actor.id } as const;
    await endHandoffsOfLeaver(tx, { workspaceId, personId, at, doer });
    const rocks = await releaseRocks(tx, { moving, workspaceId, departure, locked, at, doer });
    await markReleased(tx, departureId, actor.id, at);
    await recordEvent(tx, {
      workspaceId,
      at,
      doer,
      type: 'departure.released',
      subject: { kind: 'departure', id: departureId },
      before: { owner: personId },
      after: {
        person: personId,
        acting: rocks.filter(({ acting }) => acting !== null).map(({ id }) => id),
        unowned: rocks.filter(({ acting }) => acting === null).map(({ id }) => id),
      },
    });
    await tellActing(tx, workspaceId, departure, rocks, at);
    const released = { ...departure, released: { at, by: actor } };
    await rewriteAll(tx, workspaceId, departureId, (reader) => releasedBlocks(released, rocks, reader));
    return accepted(released);
  });
}

type Release = {
  moving: Moving;
  workspaceId: string;
  departure: Departure;
  locked: ReadonlyMap<number, OwnedRock>;
  at: Temporal.Instant;
  doer: Doer;
};

async function releaseRocks(
  tx: Tx,
  { moving, workspaceId, departure, locked, at, doer }: Release,
): Promise<ReleasedRock[]> {
  const { rocks } = await readLeft(tx, workspaceId, departure.person.id);
  const released: Parameters<typeof saveReleasedRocks>[3][number][] = [];
  for (const { id: rockId, standIn } of rocks.toSorted((one, other) => one.id - other.id)) {
    // One that came to them a moment ago was not locked with the others.
    const rock = locked.get(rockId) ?? (await lockOwnership(tx, workspaceId, rockId));
    if (rock?.owner?.personId !== departure.person.id) continue;
    const stintId = rock.owner.stintId;
    if (standIn === null) {
      await leaveUnowned(tx, { workspaceId, rockId, at, ended: 'released', reason: null, doer });
      released.push({ rockId, stintId, actingStintId: null });
    } else {
      const actingStintId = await beginActing(tx, { workspaceId, rockId, personId: standIn.id, at, doer });
      released.push({ rockId, stintId, actingStintId });
    }
    await tellMoved(moving, tx, { workspaceId, rockId, why: 'released', at, doer });
  }
  await saveReleasedRocks(tx, workspaceId, departure.id, released);
  return await listReleasedRocks(tx, workspaceId, departure.id);
}

/** Each acting owner hears once of all that is theirs to stand in for. */
async function tellActing(
  tx: Tx,
  workspaceId: string,
  departure: Departure,
  rocks: readonly ReleasedRock[],
  at: Temporal.Instant,
): Promise<void> {
  for (const [person, own] of actingIn(rocks)) {
    await tell(tx, {
      workspaceId,
      dedupeKey: actingKey(departure.id, person.id),
      to: { personId: person.id },
      content: actingBlocks(departure, own),
      dueAt: at,
    });
  }
}

/** Who stands in for which of these rocks. */
export function actingIn(rocks: readonly ReleasedRock[]): [PersonRef, ReleasedRock[]][] {
  const people = new Map<number, [PersonRef, ReleasedRock[]]>();
  for (const rock of rocks) {
    if (rock.acting === null) continue;
    const own = people.get(rock.acting.id);
    if (own === undefined) people.set(rock.acting.id, [rock.acting, [rock]]);
    else own[1].push(rock);
  }
  return [...people.values()];
}
