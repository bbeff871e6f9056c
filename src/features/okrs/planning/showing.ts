import { rewriteAll } from '../../../delivery/outbox.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { planningBlocks } from './blocks.ts';
import { listPlanned, listPlannings } from './store.ts';

/** Lets plannings say what is drafted now: these, or all that are open. One small statement where none is. */
export async function showPlannings(
  tx: Tx,
  workspaceId: string,
  occurrenceIds: readonly number[] | null = null,
): Promise<void> {
  const plannings = await listPlannings(tx, workspaceId, occurrenceIds);
  const messages = [];
  for (const { messageId, cycle, cadenceId, isOpen } of plannings) {
    const objectives = await listPlanned(tx, cycle.id, cadenceId);
    messages.push({ id: messageId, content: planningBlocks(cycle, objectives, { isOpen }) });
  }
  await rewriteAll(tx, messages);
}
