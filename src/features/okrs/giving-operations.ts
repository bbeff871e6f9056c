import type { Temporal } from 'temporal-polyfill';
import { markHomes } from '../../delivery/homes.ts';
import type { Tx } from '../../platform/db/database.ts';
import { type Doer, recordEvent } from '../../platform/db/events.ts';
import { saveOwner } from './answer-store.ts';

/**
 * Gives a key result to another owner, in the caller's transaction; open check-ins are the caller's to move. Gives who
 * owned it before (null: nobody).
 */
export async function giveKeyResult(
  tx: Tx,
  given: { workspaceId: string; keyResultId: number; toId: number; at: Temporal.Instant; doer: Doer },
): Promise<number | null> {
  const { workspaceId, keyResultId, toId, at, doer } = given;
  const before = await saveOwner(tx, workspaceId, keyResultId, toId);
  if (before === toId) return before;
  await recordEvent(tx, {
    workspaceId,
    at,
    doer,
    type: 'key-result.given',
    subject: { kind: 'key-result', id: keyResultId },
    before: { owner: before },
    after: { owner: toId },
  });
  await markHomes(tx, workspaceId, [toId, ...(before === null ? [] : [before])]);
  return before;
}
