import type { Temporal } from 'temporal-polyfill';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { dateWords } from '../../platform/core/time-words.ts';
import { type Cron, comesAtAll, parseCron } from './cron.ts';
import { cronInWords } from './cron-words.ts';
import { dateOf, dayOf, firstOf } from './days.ts';
import { readWords } from './read-words.ts';
import { type Worded, wordsOf } from './worded.ts';
import { yearlyAsCron, yearlyInWords } from './yearly.ts';

/** When a cadence comes: plain data, the same however it was written. */
export type Schedule = Worded | Cron;

/** Texts are read again with every tick; there are seldom more than these. */
const mostKnown = 5_000;
const known = new Map<string, Result<Schedule>>();

/**
 * Reads a schedule as people write it: a cron of five fields, or words such as "every other Tuesday at 10:00",
 * "last Thursday of the quarter at 15:00", "first working day of the month"; without a time it is nine o'clock.
 * Refuses what it cannot read and what never comes, in words that say how to mend it. The same text gives the
 * same object.
 */
export function parseSchedule(text: string): Result<Schedule> {
  const before = known.get(text);
  if (before !== undefined) return before;
  const read = readSchedule(text);
  if (known.size >= mostKnown) known.clear();
  known.set(text, read);
  return read;
}

/**
 * Reads a schedule back in words, which parseSchedule takes for the same. Where weeks are counted, `startsOn` adds from
 * which day; that is for people alone.
 */
export function scheduleWords(schedule: Schedule, startsOn: Temporal.PlainDate | null): string {
  if (schedule.kind === 'cron') return yearlyInWords(schedule) ?? `${byCron} ${schedule.cron}`;
  const words = wordsOf(schedule);
  if (schedule.kind !== 'weeks' || schedule.every === 1 || startsOn === null) return words;
  return `${words}, first on ${dateWords(dateOf(firstOf(schedule.weekdays, dayOf(startsOn))))}`;
}

/** The minutes of a day at which a schedule comes, in order. */
export function timesOf(schedule: Schedule): number[] {
  if (schedule.kind === 'cron') {
    return schedule.hours.flatMap((hour) => schedule.minutes.map((minute) => hour * 60 + minute));
  }
  return schedule.times.map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
}

const byCron = 'by the cron';
const cronMend = 'write it like "0 9 * * MON", Mondays at nine';
const dateMend = 'write it like "24 December at 9:00"';

function readSchedule(text: string): Result<Schedule> {
  const given = text.trim().replace(/^(by (the )?)?cron\s+/i, '');
  const yearly = yearlyAsCron(given);
  if (yearly === null && !isCron(given)) return readWords(given);
  const cron = parseCron(yearly ?? given);
  if (!cron.ok) return refused(cron.code, `${cron.words}; ${yearly === null ? cronMend : dateMend}`);
  if (!comesAtAll(cron.value))
    return refused('never-comes', `"${given}" never comes; name a day that exists`);
  return accepted(cronInWords(cron.value) ?? cron.value);
}

/** Whether somebody meant a cron: it begins with two fields of digits, or has a sign in it that words never have. */
function isCron(text: string): boolean {
  return /[*@?#]/.test(text) || /^[\d,/-]+\s+[\d,/-]+(\s|$)/.test(text);
}
