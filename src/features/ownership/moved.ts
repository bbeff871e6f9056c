import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/db/database.ts';
import type { Doer } from '../../platform/db/events.ts';
import type { Moved } from './core/moved.ts';

/**
 * Told in the transaction in which a rock moves otherwise than by a handoff; the rock is locked. Ownership does not
 * know the features above it, so whoever has something under way for rocks is given to it in the wiring.
 */
export type RockMoved = (
  tx: Tx,
  moved: { workspaceId: string; rockId: number; why: Moved; at: Temporal.Instant; doer: Doer },
) => Promise<void>;

/** What operations that move rocks are given. */
export type Moving = { onRockMoved: readonly RockMoved[] };

export async function tellMoved(
  { onRockMoved }: Moving,
  tx: Tx,
  moved: Parameters<RockMoved>[1],
): Promise<void> {
  for (const tell of onRockMoved) await tell(tx, moved);
}
