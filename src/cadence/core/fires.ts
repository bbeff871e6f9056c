import { cronFires } from './cron.ts';
import { type Day, firstOf, mondayOf, spanAround, weekdayOf } from './days.ts';
import type { Schedule } from './schedule.ts';
import type { Worded } from './worded.ts';

/** On which days a schedule comes; `worksOn` says which are working days. */
export function firesOf(
  schedule: Schedule,
  startsOn: Day | null,
  worksOn: (day: Day) => boolean,
): (day: Day) => boolean {
  const fires = firesAtAll(schedule, startsOn, worksOn);
  return startsOn === null ? fires : (day) => day >= startsOn && fires(day);
}

/** Monday, 5 January 1970: weeks are counted from here where no first day says otherwise. */
const firstMonday = 4;

function firesAtAll(
  schedule: Schedule,
  startsOn: Day | null,
  worksOn: (day: Day) => boolean,
): (day: Day) => boolean {
  switch (schedule.kind) {
    case 'cron':
      return cronFires(schedule);
    case 'working-days':
      return worksOn;
    case 'nth':
      return nthFires(schedule, worksOn);
    case 'weeks': {
      const { every, weekdays } = schedule;
      // Who sets up every other Tuesday on a Friday means the next Tuesday.
      const anchor = mondayOf(firstOf(weekdays, startsOn ?? firstMonday));
      return (day) => weekdays.includes(weekdayOf(day)) && ((mondayOf(day) - anchor) / 7) % every === 0;
    }
  }
}

function nthFires(
  { nth, day: counted, of }: Extract<Worded, { kind: 'nth' }>,
  worksOn: (day: Day) => boolean,
): (day: Day) => boolean {
  const counts = (day: Day): boolean =>
    counted === 'day' || (counted === 'working-day' ? worksOn(day) : weekdayOf(day) === counted);
  // The days of the month or quarter that was asked about last: walks go from day to day.
  let span = { from: 0, to: 0 };
  let days = new Set<Day>();
  return (day) => {
    if (day < span.from || day >= span.to) {
      span = spanAround(day, of);
      days = new Set(nth.map((each) => nthIn(span, each, counts)));
    }
    return days.has(day);
  };
}

/** The `nth` day of a span that counts, the last for -1; none of a span that has fewer. */
function nthIn(span: { from: Day; to: Day }, nth: number, counts: (day: Day) => boolean): Day {
  const step = nth < 0 ? -1 : 1;
  let left = Math.abs(nth);
  for (let day = nth < 0 ? span.to - 1 : span.from; day >= span.from && day < span.to; day += step) {
    if (counts(day)) left -= 1;
    if (left === 0) return day;
  }
  return Number.NaN;
}
