import type { Temporal } from 'temporal-polyfill';
import { type Result, refused } from '../../../platform/core/result.ts';
import type { Database } from '../../../platform/db/database.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import type { LeaveReason, SnoozeReason } from '../../check-ins/core/leaving.ts';
import type { Left } from '../../check-ins/leaving/blocks.ts';
import { leaveCadence } from '../../check-ins/leaving/cadence-operations.ts';
import { snoozeParts } from '../../check-ins/leaving/snoozing-operations.ts';
import { unsayUnsent } from '../../daily/operations.ts';
import type { Actor } from '../../people/core/person.ts';
import { findAuditOf, lockOpenAudits } from './audit-store.ts';
import { auditKey, auditNudgeKey } from './keys.ts';
import { deleteAuditPrompt, listPromptsOf, listTeamsLeft } from './prompt-store.ts';
import { showAudits } from './showing-operations.ts';

const notYours = refused('not-yours', 'That was asked of somebody else.');

/**
 * The cadence of an audit asks the actor nothing any more: what they own counts as unasked in it, and stays theirs. Who
 * leads the teams of what they have not confirmed is told once. Refuses who is not asked, and who has left already.
 */
export async function leaveAudit(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { occurrenceId, reason }: { occurrenceId: number; reason: LeaveReason },
): Promise<Result<Left>> {
  return await inTransaction(db, async (tx) => {
    const audit = await findAuditOf(tx, workspaceId, occurrenceId, actor.id);
    if (audit === undefined) return notYours;
    const { cadenceId } = audit;
    return await leaveCadence(tx, workspaceId, actor, { cadenceId, reason }, async () => {
      const open = await lockOpenAudits(tx, workspaceId, actor.id, cadenceId);
      const asked = await listPromptsOf(tx, open, actor.id);
      const nudges = asked.map((each) => auditNudgeKey(each.occurrenceId, actor.id));
      await unsayUnsent(tx, workspaceId, nudges, 'the person has left the ritual');
      for (const each of asked) await deleteAuditPrompt(tx, each.occurrenceId, actor.id);
      await showAudits(tx, open);
      const ids = new Set([occurrenceId, ...asked.map((each) => each.occurrenceId)]);
      return {
        ...{ thing: 'rock', passed: [] },
        unasked: asked.reduce((sum, { standing }) => sum + standing.left, 0),
        teamIds: await listTeamsLeft(tx, workspaceId, actor.id, cadenceId),
        keys: [...ids].flatMap((id) => [auditKey(id, actor.id), auditNudgeKey(id, actor.id)]),
      };
    });
  });
}

/** Asks the actor again on their next working day. Refuses who is not asked or has answered, and what has closed by then. */
export async function snoozeAudit(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { occurrenceId, reason }: { occurrenceId: number; reason: SnoozeReason },
): Promise<Result<{ until: Temporal.Instant; now: Temporal.Instant }>> {
  return await inTransaction(db, async (tx) => {
    const audit = await findAuditOf(tx, workspaceId, occurrenceId, actor.id);
    if (audit === undefined) return notYours;
    await lockOpenAudits(tx, workspaceId, actor.id, audit.cadenceId);
    const [prompt] = await listPromptsOf(tx, [occurrenceId], actor.id);
    if (prompt === undefined) return notYours;
    if (prompt.standing.left === 0) return refused('answered', 'You have answered already. Thank you.');
    const question = auditKey(occurrenceId, actor.id);
    const nudge = auditNudgeKey(occurrenceId, actor.id);
    return await snoozeParts(tx, workspaceId, actor, { occurrenceId, reason, question, nudge });
  });
}
