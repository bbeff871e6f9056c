import { rewrite, tell, tellAll } from '../../../delivery/outbox.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { recordEvents } from '../../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../../platform/db/transaction.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import { giveKeyResult } from '../../okrs/giving-operations.ts';
import { keyResultsById } from '../../okrs/operations.ts';
import type { Actor, Person } from '../../people/core/person.ts';
import { showRuns } from '../closing-operations.ts';
import { followOwner } from '../following-operations.ts';
import { askAgain, redrawPrompt } from '../moving.ts';
import { listOpenItems } from '../moving-store.ts';
import { passPrompts } from '../passing-operations.ts';
import { lockRun } from '../run-store.ts';
import { findPrompt } from '../store.ts';
import { disownedBlocks, outcomeBlocks } from './blocks.ts';
import type { Disowning } from './disowning.ts';
import { endDisowning, findDisowning, insertDisownings, markDisowned, unmarkDisowned } from './store.ts';

/**
 * Somebody says that key results are not theirs and names who may own them: that person is asked, and no answer is owed
 * meanwhile. Refuses what they are not asked or have answered, and naming themselves.
 */
export async function disown(
  db: Database,
  workspaceId: string,
  actor: Actor,
  given: { occurrenceId: number; keyResultIds: readonly number[]; to: Person },
): Promise<Result<null>> {
  const { occurrenceId, keyResultIds, to } = given;
  if (to.id === actor.id) return refused('yourself', 'That is you. Name whoever may have it.');
  return await inTransaction(
    db,
    async (tx) => {
      await lockRun(tx, occurrenceId);
      const row = await findPrompt(tx, workspaceId, occurrenceId, actor.id);
      if (row === undefined || row.standing === 'closed') return over;
      const open = new Set(await listOpenItems(tx, row.id));
      const meant = keyResultIds.filter((id) => open.has(id));
      if (meant.length === 0) return over;
      const at = await companyNow(tx, workspaceId);
      const asked = { workspaceId, occurrenceId, byId: actor.id, toId: to.id, at };
      await markDisowned(tx, row.id, meant, at);
      const fresh = await insertDisownings(tx, asked, meant);
      for (const { id } of fresh) await askThem(tx, workspaceId, id);
      await redrawPrompt(tx, workspaceId, occurrenceId, actor.id);
      await showRuns(tx, [occurrenceId]);
      await recordEvents(
        tx,
        meant.map((id) => ({
          workspaceId,
          at,
          doer: { kind: 'person', personId: actor.id },
          type: 'key-result.disowned',
          subject: { kind: 'key-result', id },
          before: null,
          after: { asked: to.id },
        })),
      );
      return accepted(null);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/** Like a handoff's offer, it waits for somebody's yes: so it does not wait for their message of the day. */
async function askThem(tx: Tx, workspaceId: string, id: number): Promise<void> {
  const disowning = await findDisowning(tx, workspaceId, id);
  if (disowning === undefined) return;
  await tellAll(tx, [await noteFor(tx, workspaceId, disowning)]);
}

/**
 * The person who was named says whether it is theirs: then they own it and are asked for it; else it goes back to who said
 * that it is not. Refuses everybody else, what was answered before, and what is over or has another owner meanwhile.
 */
export async function answerDisowning(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { id, isTheirs }: { id: number; isTheirs: boolean },
): Promise<Result<Disowning>> {
  return await inTransaction(db, async (tx) => {
    const asked = await findDisowning(tx, workspaceId, id);
    if (asked === undefined || asked.to.id !== actor.id) return notYours;
    const { occurrenceId, keyResultId, by } = asked;
    await lockRun(tx, occurrenceId);
    const at = await companyNow(tx, workspaceId);
    const isSettled = await isSettledMeanwhile(tx, workspaceId, asked);
    const state = isSettled ? 'over' : isTheirs ? 'taken' : 'declined';
    if (!(await endDisowning(tx, id, state, at))) return answered;
    if (isSettled) {
      const note = await noteFor(tx, workspaceId, { ...asked, state });
      await rewrite(tx, await tell(tx, note), note.content);
      return refused('settled', `${inline(asked.title)} is settled meanwhile, so nothing changes.`);
    }
    if (isTheirs) {
      const doer = { kind: 'person', personId: actor.id } as const;
      await giveKeyResult(tx, { workspaceId, keyResultId, toId: actor.id, at, doer });
      await followOwner(tx, workspaceId, { keyResultId, ownerId: actor.id, at });
    } else {
      await unmarkDisowned(tx, occurrenceId, keyResultId);
      await askAgain(tx, { workspaceId, occurrenceId, personId: by.id, at });
      // Whoever has gone away meanwhile is stood in for, as with all that they are asked.
      await passPrompts(tx, workspaceId, by.id, at);
    }
    await redrawPrompt(tx, workspaceId, occurrenceId, by.id);
    await showRuns(tx, [occurrenceId]);
    const ended = { ...asked, state } as const;
    const note = await noteFor(tx, workspaceId, ended);
    await rewrite(tx, await tell(tx, note), note.content);
    await tell(tx, {
      workspaceId,
      dedupeKey: `check-in-disowned-outcome:${id}`,
      to: { personId: by.id },
      content: outcomeBlocks(ended),
      dueAt: at,
      isAnswer: true,
    });
    return accepted(ended);
  });
}

/** Whether it is over meanwhile, or has another owner than when somebody said that it is not theirs. */
async function isSettledMeanwhile(
  tx: Tx,
  workspaceId: string,
  { keyResultId, by }: Disowning,
): Promise<boolean> {
  const [keyResult] = await keyResultsById(tx, workspaceId, [keyResultId]);
  if (keyResult?.state !== 'active' || keyResult.cycleState !== 'active') return true;
  return keyResult.owner?.id !== by.id && keyResult.backupId !== by.id;
}

async function noteFor(tx: Tx, workspaceId: string, disowning: Disowning) {
  return {
    workspaceId,
    dedupeKey: `check-in-disowned:${disowning.id}`,
    to: { personId: disowning.to.id },
    content: disownedBlocks(disowning),
    dueAt: await companyNow(tx, workspaceId),
    isAnswer: true,
  };
}

const over = refused('over', 'That is answered or over meanwhile, so nothing changes.');
const notYours = refused('not-yours', 'Somebody else is asked about this.');
const answered = refused('already', 'You have answered this already.');
