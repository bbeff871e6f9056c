import type { Temporal } from 'temporal-polyfill';
import { accepted, type Result } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { keyResultsOfOwner } from '../okrs/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { keepOldEarlyAnswers } from './answer-store.ts';
import { keepAnswers } from './answering.ts';
import { earliest, type GivenFor, type Prompt } from './core/check-in.ts';
import { lackingIn } from './core/questions.ts';
import { type Kept, notAsked } from './operations.ts';
import { itemsOf } from './reading.ts';

/** What a person owns in the cycles of today, to be answered before a check-in asks; undefined when that is nothing. */
export async function findEarly(
  db: Database,
  workspaceId: string,
  actor: Actor,
): Promise<Prompt | undefined> {
  const now = await companyNow(db, workspaceId);
  const on = now.toZonedDateTimeISO(actor.timezone).toPlainDate();
  const owned = await keyResultsOfOwner(db, workspaceId, actor.id, { cycle: 'current', on });
  const open = owned.filter(({ state, cycleState }) => state === 'active' && cycleState === 'active');
  if (open.length === 0) return undefined;
  const items = await itemsOf(
    db,
    workspaceId,
    open.map((keyResult) => ({ occurrenceId: null, personId: actor.id, keyResult })),
  );
  return {
    occurrenceId: null,
    occurrenceName: on.toString(),
    standing: 'open',
    person: actor,
    snoozedUntil: null,
    isAway: false,
    items,
  };
}

/** Keeps answers given early: they count for the next check-in, which then does not ask. Refuses what is not theirs. */
export async function answerEarly(
  db: Database,
  workspaceId: string,
  actor: Actor,
  answers: readonly GivenFor[],
): Promise<Result<Kept>> {
  return await inTransaction(
    db,
    async (tx) => {
      const prompt = await findEarly(tx, workspaceId, actor);
      const own = new Set(prompt?.items.map(({ keyResult }) => keyResult.id));
      const others = answers.map(({ keyResultId }) => keyResultId).filter((id) => !own.has(id));
      if (prompt === undefined || others.length > 0) return await notAsked(tx, workspaceId, actor, others);
      const at = await companyNow(tx, workspaceId);
      const lacking = lackingIn(prompt.items, answers, dayIn(at, actor.timezone));
      if (lacking.length > 0) return accepted({ kind: 'lacking', prompt, lacking });
      const ids = answers.map(({ keyResultId }) => keyResultId);
      await keepOldEarlyAnswers(tx, ids, at.subtract({ hours: 24 * earliest }));
      await keepAnswers(tx, { workspaceId, actor, prompt, answers, at });
      return accepted({ kind: 'kept', prompt: (await findEarly(tx, workspaceId, actor)) ?? prompt });
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

function dayIn(at: Temporal.Instant, zone: string): Temporal.PlainDate {
  return at.toZonedDateTimeISO(zone).toPlainDate();
}
