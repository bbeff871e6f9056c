import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/db/database.ts';
import type { Doer } from '../../platform/db/events.ts';

type Fact = { workspaceId: string; at: Temporal.Instant; doer: Doer };

/**
 * Told in the transaction in which a key result gets another owner (null: nobody), with the key result locked and saved.
 * OKRs do not know the features above them, so whoever has questions under way is given to them in the wiring.
 */
export type KeyResultMoved = (
  tx: Tx,
  moved: Fact & { keyResultId: number; fromId: number | null; toId: number | null },
) => Promise<void>;

/** Why key results are not asked about any more. `paused`: their objective went back into a cycle that has not begun. */
export type Ending = 'dropped' | 'done' | 'carried' | 'cycle-ended' | 'paused';

/** Told in the transaction in which key results are over, each once. */
export type KeyResultEnded = (
  tx: Tx,
  ended: Fact & { keyResultIds: readonly number[]; why: Ending },
) => Promise<void>;

/** What operations that move or end key results are given. */
export type OkrMoving = {
  onKeyResultMoved: readonly KeyResultMoved[];
  onKeyResultEnded: readonly KeyResultEnded[];
};

export async function tellKeyResultMoved(
  { onKeyResultMoved }: OkrMoving,
  tx: Tx,
  moved: Parameters<KeyResultMoved>[1],
): Promise<void> {
  for (const tell of onKeyResultMoved) await tell(tx, moved);
}

export async function tellKeyResultsEnded(
  { onKeyResultEnded }: OkrMoving,
  tx: Tx,
  ended: Parameters<KeyResultEnded>[1],
): Promise<void> {
  if (ended.keyResultIds.length === 0) return;
  for (const tell of onKeyResultEnded) await tell(tx, ended);
}
