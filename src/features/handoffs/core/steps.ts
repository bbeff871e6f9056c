import { Temporal } from 'temporal-polyfill';
import type { Handoff } from './handoff.ts';
import { type Clock, daysLater, endOfDay, followUpDays, waitingTimes } from './times.ts';

/** What the clock will do. */
export type PlannedStep = {
  step: 'remind' | 'escalate' | 'expire' | 'return' | 'overlap-end' | 'follow-up-7' | 'follow-up-30';
  dueAt: Temporal.Instant;
};

/**
 * What the clock does for a handoff from `at` on, now that it is in this state; `clock` is of whose answer is waited
 * for. An offer of a loan is over when the loan would have been.
 */
export function stepsOf(handoff: Handoff, at: Temporal.Instant, clock: Clock): PlannedStep[] {
  switch (handoff.state) {
    case 'asked':
    case 'offered':
    case 'changes-suggested': {
      const times = waitingTimes(at, clock);
      const loanEnd = endOfLoan(handoff);
      const expireAt = loanEnd === null ? times.expire : earlier(times.expire, loanEnd);
      const before: PlannedStep[] = [
        { step: 'remind', dueAt: times.remind },
        { step: 'escalate', dueAt: times.escalate },
      ];
      return [
        ...before.filter(({ dueAt }) => Temporal.Instant.compare(dueAt, expireAt) < 0),
        { step: 'expire', dueAt: expireAt },
      ];
    }
    case 'accepted': {
      const end = endOfLoan(handoff);
      return end === null ? [] : [{ step: 'return', dueAt: end }];
    }
    case 'overlap': {
      const { overlapUntil, to } = handoff;
      const [first, last] = followUpDays;
      return [
        { step: 'overlap-end', dueAt: overlapUntil ?? at },
        { step: 'follow-up-7', dueAt: daysLater(at, first, to.timezone) },
        { step: 'follow-up-30', dueAt: daysLater(at, last, to.timezone) },
      ];
    }
    case 'draft':
    case 'completed':
    case 'declined':
    case 'withdrawn':
    case 'expired':
      return [];
  }
}

/** When a loan is over; null for what is none. */
export function endOfLoan({ kind, untilOn, from }: Handoff): Temporal.Instant | null {
  return kind !== 'lend' || untilOn === null ? null : endOfDay(untilOn, from?.timezone ?? 'UTC');
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) <= 0 ? one : other;
}
