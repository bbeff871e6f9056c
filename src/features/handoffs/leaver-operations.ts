import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/db/database.ts';
import type { Doer } from '../../platform/db/events.ts';

export async function endHandoffsOfLeaver(
  _tx: Tx,
  _given: { workspaceId: string; personId: number; at: Temporal.Instant; doer: Doer },
): Promise<void> {}
