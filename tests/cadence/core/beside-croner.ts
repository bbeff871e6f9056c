import { Cron } from 'croner';
import { Temporal } from 'temporal-polyfill';
import { nextSlot } from '../../../src/cadence/core/calendar.ts';
import { read } from './rules.ts';

/** Five years that hold leap days, and changes of clocks that are known. */
export const from = Temporal.Instant.from('2024-01-01T00:00Z');
export const until = Temporal.Instant.from('2029-01-01T00:00Z');

/** Crons in which Cairn and croner are meant to agree wherever no clock is changed: the times are all over the day. */
export const crons = [
  '0 9 * * MON',
  '30 2 * * SUN',
  '30 23,0 * * SAT,SUN',
  '0 9 15 * *',
  '45 1 31 * *',
  '0 0 29 2 *',
  '15 3 13 * FRI',
  '0 12 1 JAN,APR,JUL,OCT *',
  '0 9,16 */10 * *',
  '59 23 28-31 * *',
];

/** The moments of a cron from `after` (not included) to `before`, as Cairn has them; what it skips is left out. */
export function byCairn(
  cron: string,
  zone: string,
  after: Temporal.Instant,
  before: Temporal.Instant,
): string[] {
  const rule = read(cron, zone);
  const found: string[] = [];
  for (let at = after; ; ) {
    const slot = nextSlot(rule, at);
    if (slot === null || Temporal.Instant.compare(slot.at, before) >= 0) return found;
    if (slot.skip === null) found.push(slot.at.toString());
    at = slot.at;
  }
}

/** The same as croner has them. */
export function byCroner(
  cron: string,
  zone: string,
  after: Temporal.Instant,
  before: Temporal.Instant,
): string[] {
  const job = new Cron(cron, { timezone: zone, paused: true });
  const found: string[] = [];
  for (let at = new Date(after.epochMilliseconds); ; ) {
    const next = job.nextRun(at);
    if (next === null || next.getTime() >= before.epochMilliseconds) return found;
    found.push(Temporal.Instant.fromEpochMilliseconds(next.getTime()).toString());
    at = next;
  }
}

/**
 * What the two have at different moments in a zone over five years, cron by cron, but for the days on which its clocks
 * are changed and the days after: in these they differ on purpose, as a table of the differential test says.
 */
export function differences(zone: string, of: readonly string[] = crons): string[] {
  const changes = changedDays(zone);
  return of.flatMap((cron) => {
    const cairn = new Set(byCairn(cron, zone, from, until));
    const croner = new Set(byCroner(cron, zone, from, until));
    const onlyCairn = [...cairn]
      .filter((at) => !croner.has(at))
      .map((at) => `${cron} ${zone} ${at}: Cairn alone`);
    const onlyCroner = [...croner]
      .filter((at) => !cairn.has(at))
      .map((at) => `${cron} ${zone} ${at}: croner alone`);
    return [...onlyCairn, ...onlyCroner].filter((line) => {
      const at = /\S+Z(?=:)/.exec(line)?.[0] ?? '';
      return !changes.has(Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString());
    });
  });
}

function changedDays(zone: string): Set<string> {
  const days = new Set<string>();
  let at = from.toZonedDateTimeISO(zone).subtract({ days: 2 });
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || Temporal.Instant.compare(next.toInstant(), until) > 0) return days;
    // A gap at midnight belongs to the day that it ends, too.
    for (const day of [-1, 0, 1]) days.add(next.toPlainDate().add({ days: day }).toString());
    at = next;
  }
}
