import { Temporal } from 'temporal-polyfill';
import { type WorksOn, workingDayAfter, workingDaysLater } from '../../../../cadence/core/working-days.ts';

/** How a question stands: what it lists, and what was said. What was undone or moved meanwhile counts no more. */
export type Standing = { listed: number; mine: number; notMine: number; left: number };

/** A rock that is listed as somebody's and that they have said nothing about. */
export type Listed = { rockId: number; stintId: number; name: string };

/** Rocks on a page of the form: five groups of ten, which is what Slack lets stand in one. */
export const pageLength = 50;
export const groupLength = 10;

/** After this long, what an import has added since is asked about, even where the last question has no answer. */
export const daysBetween = 7;

const begins = Temporal.PlainTime.from('09:00');
const noon = Temporal.PlainTime.from('12:00');

/**
 * When somebody is asked: on their next working morning. Between nine and noon of a working day that is now. Null:
 * they do not work within a year.
 */
export function nextMorning(now: Temporal.Instant, zone: string, worksOn: WorksOn): Temporal.Instant | null {
  const local = now.toZonedDateTimeISO(zone);
  const today = local.toPlainDate();
  const time = local.toPlainTime();
  const { compare } = Temporal.PlainTime;
  const isMorning = worksOn(today) && compare(time, noon) < 0;
  if (isMorning && compare(time, begins) >= 0) return now;
  const day = isMorning ? today : dayAfter(today, worksOn);
  return day === null ? null : day.toPlainDateTime(begins).toZonedDateTime(zone).toInstant();
}

/** When they are reminded, once: a working day later. Null: never. */
export function reminderAt(asked: Temporal.Instant, zone: string, worksOn: WorksOn): Temporal.Instant | null {
  return rangeOrNull(() => workingDaysLater(asked, zone, 1, worksOn));
}

function dayAfter(date: Temporal.PlainDate, worksOn: WorksOn): Temporal.PlainDate | null {
  return rangeOrNull(() => workingDayAfter(date, 1, worksOn));
}

function rangeOrNull<T>(reckon: () => T): T | null {
  try {
    return reckon();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** What of a page is theirs: those that are ticked; the others are not. What is not listed any more counts as neither. */
export function split(
  listed: readonly Listed[],
  shown: readonly number[],
  ticked: readonly number[],
): { mine: Listed[]; notMine: Listed[] } {
  const page = listed.filter(({ stintId }) => shown.includes(stintId));
  return {
    mine: page.filter(({ stintId }) => ticked.includes(stintId)),
    notMine: page.filter(({ stintId }) => !ticked.includes(stintId)),
  };
}

/** How far somebody's answers are, as admins read it. */
export type Progress = Standing & {
  person: { id: number; slackId: string | null; name: string; isDeactivated: boolean; kind: string };
  askedAt: Temporal.Instant | null;
  isReminded: boolean;
  /** Whether the workspace lets them be told anything yet. */
  mayBeTold: boolean;
  refusals: readonly Refusal[];
};

export type Refusal = {
  name: string;
  reason: string;
  suggested: { slackId: string | null; name: string } | null;
};

/** Why somebody has not been asked, or that they have been. */
export type Whether = 'done' | 'asked' | 'soon' | 'not-live' | 'not-in-slack' | 'left' | 'guest';

export function whetherAsked(progress: Progress, now: Temporal.Instant): Whether {
  const { person, left, askedAt, mayBeTold } = progress;
  if (left === 0) return 'done';
  if (person.isDeactivated) return 'left';
  if (person.slackId === null) return 'not-in-slack';
  if (person.kind !== 'member') return 'guest';
  if (askedAt !== null && Temporal.Instant.compare(askedAt, now) <= 0) return 'asked';
  return mayBeTold ? 'soon' : 'not-live';
}

/** Whether nobody is left who can still answer. */
export function isAllAnswered(all: readonly Progress[], now: Temporal.Instant): boolean {
  const unreachable: readonly Whether[] = ['done', 'left', 'not-in-slack', 'guest'];
  return all.length > 0 && all.every((each) => unreachable.includes(whetherAsked(each, now)));
}
