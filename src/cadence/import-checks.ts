import { Temporal } from 'temporal-polyfill';
import { dateWords } from '../platform/core/time-words.ts';
import type { Importing } from '../platform/db/importing.ts';
import type { Finding } from '../platform/file/finding.ts';
import { nextTimes } from './core/calendar.ts';
import type { DayOff } from './core/rule.ts';
import type { CadenceEntry } from './file.ts';
import { presentCadences, ruleFor, type Scheduled } from './import-store.ts';

/** Slots that are skipped do not happen; a rule that skips more than these in a row is left to itself. */
const looksAhead = 30;

/**
 * Finds cadences that are new, or say something else than before, and would not come before their cycle is over. One that
 * came all through its cycle and is in the file still is no mistake.
 */
export async function findLateCadences(
  importing: Pick<Importing, 'tx' | 'workspaceId' | 'at'>,
  entries: readonly CadenceEntry[],
  given: { cycleEnds: ReadonlyMap<string, string>; timezone: string; dayOff: DayOff },
  findings: Finding[],
): Promise<void> {
  if (!entries.some(({ cycle }) => cycle !== 'current')) return;
  const { states } = await presentCadences(importing.tx, importing.workspaceId);
  for (const {
    path,
    key,
    cycle,
    schedule,
    timezone = given.timezone,
    starts = null,
    on_holiday,
  } of entries) {
    const ends = given.cycleEnds.get(cycle);
    if (ends === undefined) continue;
    const present = states.get(key);
    const isAsBefore =
      present?.cycle === cycle &&
      present.schedule === schedule &&
      present.timezone === timezone &&
      present.starts_on === starts &&
      present.on_holiday === on_holiday;
    if (isAsBefore) continue;
    const scheduled = { schedule, timezone, starts_on: starts, on_holiday };
    const first = lateStart(scheduled, ends, given.dayOff, importing.at);
    if (first === null) continue;
    const comes = `the first time it would come is ${dateWords(first)}`;
    const end = Temporal.PlainDate.from(ends);
    findings.push({
      path: [...path, 'cycle'],
      words: `${comes}, after ${cycle} ends on ${dateWords(end)}; name a later cycle, or write current`,
    });
  }
}

/** The first day on which a cadence would come from `at` on, if that is after its cycle is over; else null. */
export function lateStart(
  scheduled: Scheduled,
  cycleEnds: string,
  dayOff: DayOff,
  at: Temporal.Instant,
): Temporal.PlainDate | null {
  const first = nextTimes(ruleFor(scheduled, dayOff), at, looksAhead).find(({ skip }) => skip === null);
  if (first === undefined) return null;
  const day = first.local.toPlainDate();
  return Temporal.PlainDate.compare(day, Temporal.PlainDate.from(cycleEnds)) > 0 ? day : null;
}
