import { type Refusal, refused } from '../../platform/core/result.ts';
import { timeWritten } from './days.ts';
import type { Token } from './schedule-tokens.ts';
import type { Time } from './worded.ts';

const nine: Time = '09:00';

/** What is said of the days, before and after the times, and the times, in order. */
export type Sorted = { days: string[]; times: Time[] };

/**
 * Takes the times out of a schedule: what follows "at", and what looks like a time wherever it stands. Without any it
 * is nine o'clock.
 */
export function sortOutTimes(tokens: readonly Token[]): { ok: true; value: Sorted } | Refusal {
  const times = new Set<Time>();
  const before: string[] = [];
  const after: string[] = [];
  let isAmongTimes = false;
  let isAwaited = false;
  for (const { typed, plain } of tokens) {
    const isTime = isAmongTimes ? /^\d/.test(plain) : /[:m]/.test(plain) && /^\d/.test(plain);
    if (isTime) {
      const time = readTime(plain);
      if (time === null) {
        return refused('bad-schedule', `"${typed}" is not a time; write it as 9:00, 16:30, 9 am or noon`);
      }
      times.add(time);
      isAmongTimes = true;
      isAwaited = false;
    } else if (plain === 'at') {
      isAmongTimes = true;
      isAwaited = true;
    } else if (plain !== 'and') {
      isAmongTimes = false;
      (times.size === 0 ? before : after).push(plain);
    }
  }
  if (isAwaited)
    return refused('bad-schedule', 'no time follows "at"; write it as 9:00, 16:30, 9 am or noon');
  if ([before, after].every((days) => days.some((word) => /^[WN]/.test(word)))) {
    const words = 'one schedule has the same times on all of its days; set up a cadence for each';
    return refused('bad-schedule', words);
  }
  return {
    ok: true,
    value: { days: [...before, ...after], times: times.size === 0 ? [nine] : [...times].sort() },
  };
}

function readTime(text: string): Time | null {
  const [, hours, minutes = '00', half] = /^(\d{1,2})(?::(\d\d))?([ap]m)?$/.exec(text) ?? [];
  if (hours === undefined || Number(minutes) > 59) return null;
  const hour = Number(hours);
  if (half === undefined) return hour > 23 ? null : timeWritten(hour * 60 + Number(minutes));
  if (hour < 1 || hour > 12) return null;
  return timeWritten(((hour % 12) + (half === 'pm' ? 12 : 0)) * 60 + Number(minutes));
}
