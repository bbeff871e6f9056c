import { rewrite, tell } from '../../delivery/outbox.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { lockRocks } from '../ownership/locking.ts';
import { type Moving, tellMoved } from '../ownership/moved.ts';
import { restoreStint } from '../ownership/operations.ts';
import { returnedBlocks } from './blocks.ts';
import { listReleasedRocks } from './left-store.ts';
import { findActingMessage } from './message-store.ts';
import { actingIn } from './release-operations.ts';
import { overBlocks, stoodInBlocks, welcomeBlocks } from './stand-in-blocks.ts';
import { lockDeparture, markReturned } from './store.ts';
import { rewriteAll } from './telling-operations.ts';

/**
 * Somebody is there again. What was released and has not moved on since is theirs again; they, whoever stood in and
 * whoever was told before hear of it. Of what was not released nobody hears who was not told of the departure.
 */
export async function undoDeparture(
  { db, ...moving }: { db: Database } & Moving,
  workspaceId: string,
  departureId: number,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const known = await listReleasedRocks(tx, workspaceId, departureId);
    await lockRocks(
      tx,
      workspaceId,
      known.map(({ id }) => id),
    );
    const departure = await lockDeparture(tx, workspaceId, departureId);
    if (departure === undefined || departure.returnedAt !== null || departure.person.isDeactivated) return;
    const at = await companyNow(tx, workspaceId);
    const doer = { kind: 'clock' } as const;
    const rocks = await listReleasedRocks(tx, workspaceId, departureId);
    const restored = rocks.filter(({ isUntouched }) => isUntouched);
    const { person } = departure;
    for (const { id: rockId, stintId } of restored) {
      await restoreStint(tx, { workspaceId, rockId, stintId, personId: person.id, at, doer });
      await tellMoved(moving, tx, { workspaceId, rockId, why: 'taken', at, doer });
    }
    await markReturned(tx, departureId, at);
    await recordEvent(tx, {
      workspaceId,
      at,
      doer,
      type: 'departure.returned',
      subject: { kind: 'departure', id: departureId },
      after: {
        person: person.id,
        restored: restored.map(({ id }) => id),
        movedOn: rocks.filter(({ isUntouched }) => !isUntouched).map(({ id }) => id),
      },
    });
    await rewriteAll(tx, workspaceId, departureId, (reader) => returnedBlocks(departure, rocks, reader));
    if (rocks.length > 0) {
      await tell(tx, {
        workspaceId,
        dedupeKey: `departure-welcome:${departureId}`,
        to: { personId: person.id },
        content: welcomeBlocks(rocks),
        dueAt: at,
      });
    }
    for (const [acting, own] of actingIn(restored)) {
      const told = await findActingMessage(tx, workspaceId, departureId, acting.id);
      if (told !== undefined) await rewrite(tx, told, overBlocks(person));
      await tell(tx, {
        workspaceId,
        dedupeKey: `departure-stood-in:${departureId}:${acting.id}`,
        to: { personId: acting.id },
        content: stoodInBlocks(person, own),
        dueAt: at,
      });
    }
  });
}
