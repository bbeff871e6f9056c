import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/db/database.ts';
import type { Doer } from '../../platform/db/events.ts';
import { lapse } from './ending-operations.ts';
import { listUndecidedOf } from './list-store.ts';

/**
 * Ends what is not decided between somebody who left and others, and what they have on loan, in the caller's transaction
 * with the rocks locked; the others are told. What they have lent out goes on: whoever owns the rock then lends it.
 */
export async function endHandoffsOfLeaver(
  tx: Tx,
  {
    workspaceId,
    personId,
    at,
    doer,
  }: { workspaceId: string; personId: number; at: Temporal.Instant; doer: Doer },
): Promise<void> {
  for (const handoff of await listUndecidedOf(tx, workspaceId, personId))
    await lapse(tx, workspaceId, doer, handoff, 'released', at, personId);
}
