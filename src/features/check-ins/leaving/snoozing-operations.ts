import { Temporal } from 'temporal-polyfill';
import { remindAt } from '../../../cadence/core/asking.ts';
import { later } from '../../../cadence/core/working-days.ts';
import { accepted, type Refusal, type Result, refused } from '../../../platform/core/result.ts';
import { momentWords } from '../../../platform/core/time-words.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { recordEvent } from '../../../platform/db/events.ts';
import { postpone, unsayUnsent } from '../../daily/operations.ts';
import type { Actor } from '../../people/core/person.ts';
import { readWorksOn } from '../../people/working-days.ts';
import type { SnoozeReason } from '../core/leaving.ts';
import { findEnd } from './snooze-store.ts';

/**
 * Asks the actor again at the same time on their next working day what an occurrence, of whatever ritual, asks them in
 * one part of their message of the day, and reminds them accordingly later. Refuses a time by which it has closed. In
 * the caller's transaction, which has checked that they are asked.
 */
export async function snoozeParts(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  asked: { occurrenceId: number; reason: SnoozeReason; question: string; nudge: string },
): Promise<Result<{ until: Temporal.Instant; now: Temporal.Instant }>> {
  const { occurrenceId, reason, question, nudge } = asked;
  const now = await companyNow(tx, workspaceId);
  const end = await findEnd(tx, workspaceId, occurrenceId);
  const life = (await readWorksOn(tx, workspaceId, [actor.id], now)).get(actor.id);
  if (end === undefined || life === undefined) return over;
  const until = later(now, 'P1D', life.timezone, life.worksOn);
  const { closeAt } = end;
  if (closeAt !== null && Temporal.Instant.compare(until, closeAt) >= 0)
    return closesBefore(momentWords(closeAt, now, actor.timezone));
  await postpone(tx, workspaceId, [question], until);
  const remindedAt = remindAt(end, until, life);
  if (remindedAt === null)
    await unsayUnsent(tx, workspaceId, [nudge], 'snoozed until shortly before the end');
  else await postpone(tx, workspaceId, [nudge], remindedAt);
  await recordEvent(tx, {
    workspaceId,
    at: now,
    doer: { kind: 'person', personId: actor.id },
    type: 'ritual.snoozed',
    subject: { kind: 'occurrence', id: occurrenceId },
    before: null,
    after: { until: until.toString(), reason },
  });
  return accepted({ until, now });
}

const over = refused('closed', 'This is over, so there is nothing to put off.');
const closesBefore = (closes: string): Refusal =>
  refused('closes-before', `It closes before that: ${closes}. It takes about a minute.`);
