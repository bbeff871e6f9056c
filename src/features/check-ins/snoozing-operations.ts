import { Temporal } from 'temporal-polyfill';
import { isAwayOn, nudgeAt } from '../../cadence/core/asking.ts';
import { later, worksOn } from '../../cadence/core/working-days.ts';
import { readDaysOff } from '../../cadence/days-off.ts';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { momentWords } from '../../platform/core/time-words.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { postpone, unsayUnsent } from '../daily/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { isComplete } from './core/check-in.ts';
import type { SnoozeReason } from './core/leaving.ts';
import { nudgeKey, promptKey } from './keys.ts';
import { saveSnooze } from './moving-store.ts';
import { promptOf } from './reading.ts';
import { listReachable, lockRun } from './run-store.ts';
import { findPrompt } from './store.ts';

/** How long somebody wants to be left alone: two hours, or until the same time on their next working day. */
export type Snooze = '2h' | 'tomorrow';

/**
 * Asks a person again later, and reminds them accordingly later. Refuses what is over or answered, and a time by which
 * the check-in has closed. `reason`: why, where they said so. Gives when they are asked again.
 */
export async function snooze(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { occurrenceId, how, reason = null }: { occurrenceId: number; how: Snooze; reason?: SnoozeReason | null },
): Promise<Result<{ until: Temporal.Instant; now: Temporal.Instant }>> {
  return await inTransaction(db, async (tx) => {
    const run = await lockRun(tx, occurrenceId);
    const row = await findPrompt(tx, workspaceId, occurrenceId, actor.id);
    if (run === undefined || row === undefined) return notYours;
    if (row.standing !== 'open') return over;
    if (isComplete((await promptOf(tx, workspaceId, row)).items)) return answered;
    const now = await companyNow(tx, workspaceId);
    const today = now.toZonedDateTimeISO(actor.timezone).toPlainDate();
    const [person] = await listReachable(tx, workspaceId, [actor.id], today);
    if (person === undefined) return notYours;
    const dayOff = await readDaysOff(tx, workspaceId);
    const awayOn = (date: Temporal.PlainDate) => isAwayOn(person, date);
    const works = worksOn({ workingDays: person.workingDays, awayOn, dayOff });
    const until = how === '2h' ? now.add({ hours: 2 }) : later(now, 'P1D', actor.timezone, works);
    const { closeAt } = row;
    if (closeAt !== null && Temporal.Instant.compare(until, closeAt) >= 0) {
      const closes = momentWords(closeAt, now, actor.timezone);
      return refused('closes-before', `The check-in closes before that: ${closes}. It takes about a minute.`);
    }
    await saveSnooze(tx, row.id, until, reason);
    await postpone(tx, workspaceId, [promptKey(occurrenceId, actor.id)], until);
    const nudge = [nudgeKey(occurrenceId, actor.id)];
    const remindedAt = nudgeAt({ ...row, dayOff }, until, person);
    if (remindedAt === null)
      await unsayUnsent(tx, workspaceId, nudge, 'snoozed until shortly before the end');
    else await postpone(tx, workspaceId, nudge, remindedAt);
    await recordEvent(tx, {
      workspaceId,
      at: now,
      doer: { kind: 'person', personId: actor.id },
      type: 'check-in.snoozed',
      subject: { kind: 'occurrence', id: occurrenceId },
      before: null,
      after: { until: until.toString(), ...(reason === null ? {} : { reason }) },
    });
    return accepted({ until, now });
  });
}

const notYours = refused('not-yours', 'This check-in is for somebody else to answer.');
const over = refused('closed', 'This check-in is over, so there is nothing to put off.');
const answered = refused('answered', 'You have answered already. Thank you.');
