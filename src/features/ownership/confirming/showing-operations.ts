import { lateWords } from '../../../cadence/core/lateness.ts';
import { rewrite } from '../../../delivery/outbox.ts';
import { dayWords } from '../../../platform/core/time-words.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { resay, unsayUnsent } from '../../daily/operations.ts';
import { type AuditRow, listAudits, lockOpenAudits } from './audit-store.ts';
import { auditBlocks, auditPromptBlocks, thanksBlocks } from './blocks.ts';
import { auditKey, auditNudgeKey } from './keys.ts';
import { listPromptsOf } from './prompt-store.ts';

/**
 * Somebody has confirmed or given up something: the open audits that asked them say so, and ask no more once nothing
 * is left. The rocks are locked by the caller.
 */
export async function answerAudits(tx: Tx, workspaceId: string, personId: number): Promise<void> {
  const ids = await lockOpenAudits(tx, workspaceId, personId);
  await showAudits(tx, ids);
  for (const { occurrenceId, standing } of await listPromptsOf(tx, ids, personId)) {
    const key = auditKey(occurrenceId, personId);
    if (standing.left > 0) {
      await resay(tx, workspaceId, key, auditPromptBlocks(occurrenceId, standing));
      continue;
    }
    const nudge = auditNudgeKey(occurrenceId, personId);
    await unsayUnsent(tx, workspaceId, [key, nudge], 'answered already');
    await resay(tx, workspaceId, key, thanksBlocks(standing.owned));
    await resay(tx, workspaceId, nudge, thanksBlocks(standing.owned));
  }
}

/** Lets the channels' messages say how these audits stand now. */
export async function showAudits(tx: Tx, occurrenceIds: readonly number[]): Promise<AuditRow[]> {
  const audits = await listAudits(tx, occurrenceIds);
  for (const { messageId, tally, isOpen, dueAt, plannedAt, timezone } of audits) {
    const late = lateWords(dueAt, plannedAt, timezone);
    await rewrite(
      tx,
      messageId,
      auditBlocks(tally, { day: dayWords(dueAt, timezone), late, isOver: !isOpen }),
    );
  }
  return audits;
}
