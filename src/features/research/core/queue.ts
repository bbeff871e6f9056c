import { Temporal } from 'temporal-polyfill';
import type { WorksOn } from '../../../cadence/core/working-days.ts';
import type { Standing, Wait } from './account.ts';
import { daysLeft } from './cool-down.ts';

/** A turn lasts so many working days of whoever has it, and never more days of the calendar than the second. */
const turn = { workingDays: 5, mostDays: 30 };

/** Whose turn it is comes first, then whoever asked first. */
export function inTurn<W extends Pick<Wait, 'id' | 'state' | 'since'>>(waits: readonly W[]): W[] {
  return waits.toSorted(
    (one, other) =>
      Number(other.state === 'next') - Number(one.state === 'next') ||
      Temporal.Instant.compare(one.since, other.since) ||
      one.id - other.id,
  );
}

/** Whose turn it is at this moment; undefined: nobody's. */
export function turnIn(waits: readonly Wait[]): Wait | undefined {
  return waits.find(({ state }) => state === 'next');
}

/** Who gets the turn now: the first who waits, when the account is rested and it is nobody's. */
export function whoIsNext({ account, last, waits, today }: Standing): Wait | undefined {
  if (turnIn(waits) !== undefined || daysLeft(last?.on ?? null, account.coolDown, today) > 0)
    return undefined;
  return inTurn(waits)[0];
}

/**
 * Why `personId` cannot say now that they contact the account: it rests, somebody has the turn, or others were there
 * first; null: they can.
 */
export function whyNotNow(
  { account, last, waits, today }: Standing,
  personId: number,
): 'rests' | 'taken' | 'queue' | null {
  const now = turnIn(waits);
  if (now !== undefined) return now.person.id === personId ? null : 'taken';
  if (daysLeft(last?.on ?? null, account.coolDown, today) > 0) return 'rests';
  const first = inTurn(waits)[0];
  return first === undefined || first.person.id === personId ? null : 'queue';
}

/**
 * When a turn that begins at `at` is over: the same local time on the fifth working day of whoever has it. Whoever is
 * away for long does not hold all others up: after 30 days it is over anyway.
 */
export function turnEnds(at: Temporal.Instant, zone: string, worksOn: WorksOn): Temporal.Instant {
  const local = at.toZonedDateTimeISO(zone).toPlainDateTime();
  let day = local.toPlainDate();
  for (let reached = 0, days = 0; reached < turn.workingDays && days < turn.mostDays; days += 1) {
    day = day.add({ days: 1 });
    if (worksOn(day)) reached += 1;
  }
  return day.toPlainDateTime(local.toPlainTime()).toZonedDateTime(zone).toInstant();
}

/** When somebody is told that it is their turn: at nine where they live, or at once when that is over for the day. */
export function toldAt(at: Temporal.Instant, zone: string): Temporal.Instant {
  const nine = at
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toZonedDateTime({ timeZone: zone, plainTime: { hour: 9 } })
    .toInstant();
  return Temporal.Instant.compare(nine, at) > 0 ? nine : at;
}
