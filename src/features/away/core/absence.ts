import { Temporal } from 'temporal-polyfill';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { shortDateWords } from '../../../platform/core/time-words.ts';

/** Days on which somebody is away, both included, in their own zone. */
export type Absence = { from: Temporal.PlainDate; until: Temporal.PlainDate };

const { compare } = Temporal.PlainDate;

/** Somebody who is away for longer hands over what they carry. */
const longestDays = 366;
/** Nobody knows so far ahead. */
const farthestDays = 366;

/**
 * Whether somebody may be away from one day until another, as they said it. What has begun before today counts from
 * today on. Refuses, with words for them, what is over, what ends before it begins, and more than a year.
 */
export function absenceOf(
  from: Temporal.PlainDate,
  until: Temporal.PlainDate,
  today: Temporal.PlainDate,
): Result<Absence> {
  if (compare(until, today) < 0) {
    return refused(
      'past',
      `${shortDateWords(until, today)} is over already. Which is your last day away? Such as \`/ooo until Fri\`.`,
    );
  }
  if (compare(until, from) < 0) {
    return refused(
      'end-before-start',
      `${shortDateWords(until, today)} is before ${shortDateWords(from, today)}. Which is the first day, and which the last? Such as \`/ooo 24 Dec - 2 Jan\`.`,
    );
  }
  if (from.since(today).days > farthestDays) {
    return refused(
      'far',
      `${shortDateWords(from, today)} is more than a year ahead. Tell me when it is nearer.`,
    );
  }
  return checked({ from: compare(from, today) < 0 ? today : from, until }, today);
}

function checked(absence: Absence, today: Temporal.PlainDate): Result<Absence> {
  if (absence.from.until(absence.until).days < longestDays) return accepted(absence);
  return refused(
    'long',
    `${spanWords(absence, today)} is longer than a year. Whoever is away for so long hands over what they carry: \`/handoff\`.`,
  );
}

/**
 * One absence of a new one and all that it overlaps or touches, and which those are. Refuses when they are longer
 * than a year together.
 */
export function mergedWith<Known extends Absence>(
  known: readonly Known[],
  added: Absence,
  today: Temporal.PlainDate,
): Result<{ absence: Absence; replaced: Known[] }> {
  let absence = added;
  let apart = [...known];
  const replaced: Known[] = [];
  // What two of them span together may reach a third one.
  for (let near = apart.filter(reaches(absence)); near.length > 0; near = apart.filter(reaches(absence))) {
    replaced.push(...near);
    apart = apart.filter((one) => !near.includes(one));
    absence = near.reduce<Absence>(
      (span, { from, until }) => ({ from: earlier(span.from, from), until: later(span.until, until) }),
      absence,
    );
  }
  const whole = checked(absence, today);
  return whole.ok ? accepted({ absence, replaced }) : whole;
}

/** Whether one overlaps another, or no day lies between them. */
function reaches(absence: Absence): (other: Absence) => boolean {
  return ({ from, until }) =>
    compare(from, absence.until.add({ days: 1 })) <= 0 && compare(absence.from, until.add({ days: 1 })) <= 0;
}

/** What somebody is away for on a day. */
export function awayOn<Known extends Absence>(
  absences: readonly Known[],
  day: Temporal.PlainDate,
): Known | undefined {
  return absences.find(({ from, until }) => compare(from, day) <= 0 && compare(day, until) <= 0);
}

/** "Wed 25 Nov to Fri 27 Nov", or the one day that it is. */
export function spanWords({ from, until }: Absence, today: Temporal.PlainDate): string {
  const last = shortDateWords(until, today);
  return from.equals(until) ? last : `${shortDateWords(from, today)} to ${last}`;
}

function earlier(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return compare(one, other) <= 0 ? one : other;
}

function later(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return compare(one, other) >= 0 ? one : other;
}
