import { Temporal } from 'temporal-polyfill';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { resay } from '../daily/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { type FeedbackDeps, nameOf } from './asking-operations.ts';
import { saidBlocks } from './blocks.ts';
import { opinionKey, type Verdict } from './core/round.ts';
import { findRound, listOpinions, lockRound, type Round, saveOpinion } from './store.ts';

/** A ritual about which somebody may still say something. Refuses who was not asked, and what is over. */
export async function readRound(
  { db, rituals }: FeedbackDeps,
  workspaceId: string,
  actor: Actor,
  roundId: number,
): Promise<Result<{ roundId: number; name: string; words: string | null }>> {
  const round = await findRound(db, workspaceId, roundId);
  const mine = (await listOpinions(db, roundId)).find(({ personId }) => personId === actor.id);
  if (round === undefined || mine === undefined) return notAsked;
  const problem = overRefusal(round, await companyNow(db, workspaceId));
  if (problem !== null) return problem;
  return accepted({ roundId, name: nameOf(rituals, round.ritual), words: mine.words });
}

/**
 * Keeps what somebody thinks of a ritual; said again, it takes the place of what they said. Refuses, beside the field, a
 * change or an end without words, since nobody could do anything about it.
 */
export async function giveOpinion(
  { db, rituals }: FeedbackDeps,
  workspaceId: string,
  actor: Actor,
  roundId: number,
  { verdict, words }: { verdict: Verdict; words: string | null },
): Promise<Result<null>> {
  if (verdict !== 'keep' && words === null) return noWords;
  return await inTransaction(
    db,
    async (tx) => {
      const round = await lockRound(tx, workspaceId, roundId);
      const mine = (await listOpinions(tx, roundId)).find(({ personId }) => personId === actor.id);
      if (round === undefined || mine === undefined) return notAsked;
      const at = await companyNow(tx, workspaceId);
      const problem = overRefusal(round, at);
      if (problem !== null) return problem;
      if (mine.verdict === verdict && mine.words === words) return accepted(null);
      await saveOpinion(tx, roundId, actor.id, { verdict, words, at });
      const content = saidBlocks({ roundId, name: nameOf(rituals, round.ritual), verdict, words });
      await resay(tx, workspaceId, opinionKey(roundId, actor.id), content);
      await recordEvent(tx, {
        workspaceId,
        at,
        doer: { kind: 'person', personId: actor.id },
        type: 'cadence.judged',
        subject: { kind: 'cadence', id: round.cadenceId },
        before: { verdict: mine.verdict },
        // The words stay where they are: what is said without a name is not kept beside one for ever.
        after: { verdict, quarter: round.quarter },
      });
      return accepted(null);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

function overRefusal({ closedAt, closeAt }: Round, now: Temporal.Instant): Refusal | null {
  const isOver = closedAt !== null || Temporal.Instant.compare(closeAt, now) <= 0;
  return isOver
    ? refused('over', 'This is closed, and product operations has read it. You are asked again next quarter.')
    : null;
}

const notAsked = refused('not-asked', 'That was asked of somebody else.');
const noWords: Refusal & { field: string } = {
  ...refused('no-words', 'A sentence is enough: what should be different?'),
  field: 'words',
};
