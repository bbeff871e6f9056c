import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { type Askable, askAt, assign, isAwayOn, nudgeAt } from '../../../src/cadence/core/asking.ts';

const at = (text: string) => Temporal.Instant.from(text);
const date = (text: string) => Temporal.PlainDate.from(text);
const monday = {
  local: Temporal.PlainDateTime.from('2026-10-05T09:00'),
  dueAt: at('2026-10-05T09:00+02:00'),
  beginsAt: at('2026-10-05T09:00+02:00'),
  isAtMostDaily: true,
  closeAt: null,
};

describe('many people are asked', () => {
  it('some seconds after their own nine o’clock', () => {
    expect(askAt(monday, 'America/New_York', 90).toString()).toBe('2026-10-05T13:01:30Z');
  });

  it('with the channel when their own nine o’clock comes after the close', () => {
    const short = { ...monday, closeAt: at('2026-10-05T12:00+02:00') };
    expect(askAt(short, 'America/New_York', 90).toString()).toBe('2026-10-05T07:01:30Z');
    expect(askAt(short, 'Europe/Berlin', 4 * 3600).toString()).toBe('2026-10-05T07:00:00Z');
  });
});

describe('a reminder comes', () => {
  const ana: Askable = { id: 1, timezone: 'Europe/Berlin', workingDays: null, absences: [] };
  const nudge = (person: Partial<Askable>, given: Partial<Parameters<typeof nudgeAt>[0]> = {}) => {
    const occurrence = { ...monday, nudgeAfter: 'P1D', dayOff: () => null, ...given };
    return nudgeAt(occurrence, at('2026-10-05T09:00+02:00'), { ...ana, ...person })?.toString() ?? null;
  };

  it.each([
    ['at the same time on the next working day', {}, '2026-10-06T07:00:00Z'],
    ['on the next weekday on which the person works', { workingDays: [1, 4] }, '2026-10-08T07:00:00Z'],
    [
      'when the person is back',
      { absences: [{ from: date('2026-10-06'), to: date('2026-10-09') }] },
      '2026-10-12T07:00:00Z',
    ],
  ])('%s', (_, person, expected) => {
    expect(nudge(person)).toBe(expected);
  });

  it('by the clock of the person, not of the cadence', () => {
    const askedAt = at('2026-10-30T09:00-04:00');
    const person = { ...ana, timezone: 'America/New_York' };
    const occurrence = { ...monday, nudgeAfter: 'P1D', dayOff: () => null };
    // Over the weekend on which the clocks change there.
    expect(nudgeAt(occurrence, askedAt, person)?.toString()).toBe('2026-11-02T14:00:00Z');
  });

  it('not on a day off', () => {
    const dayOff = (day: Temporal.PlainDate) => (day.toString() === '2026-10-06' ? 'Founders day' : null);
    expect(nudge({}, { dayOff })).toBe('2026-10-07T07:00:00Z');
  });

  it('after plain time where it says so, and from when it was really asked', () => {
    expect(nudge({}, { nudgeAfter: 'PT4H' })).toBe('2026-10-05T11:00:00Z');
    expect(nudge({}, { nudgeAfter: 'PT4H', beginsAt: at('2026-10-05T12:00+02:00') })).toBe(
      '2026-10-05T14:00:00Z',
    );
  });

  it.each([
    ['when none is wanted', {}, { nudgeAfter: null }],
    ['at the close', {}, { closeAt: at('2026-10-06T07:00Z') }],
    ['after the close', {}, { closeAt: at('2026-10-06T06:00Z') }],
    [
      'to somebody who does not come back within a year',
      { absences: [{ from: date('2026-10-06'), to: date('2028-01-01') }] },
      {},
    ],
  ])('never %s', (_, person, given) => {
    expect(nudge(person, given)).toBeNull();
  });

  it('just before the close', () => {
    expect(nudge({}, { closeAt: at('2026-10-06T07:01Z') })).toBe('2026-10-06T07:00:00Z');
  });
});

it('somebody is away from the first day to the last, both included', () => {
  const absences = [{ from: date('2026-10-05'), to: date('2026-10-06') }];
  const days = ['2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'];
  expect(days.map((day) => isAwayOn({ absences }, date(day)))).toEqual([false, true, true, false]);
});

describe('a key result is asked of', () => {
  const item = (owner: number | null, backupId: number | null = null) => ({
    owner: owner === null ? null : { id: owner },
    backupId,
  });
  const given =
    (away: number[], unreachable: number[] = []) =>
    (id: number) =>
      away.includes(id) ? 'away' : unreachable.includes(id) ? 'unreachable' : 'asked';
  const summed = ({ asked, away, unasked }: ReturnType<typeof assign>) => ({
    asked: [...asked.keys()],
    away: [...away],
    unasked,
  });

  it.each([
    ['its owner', item(1, 2), given([]), { asked: [1], away: [], unasked: 0 }],
    ['its backup while its owner is away', item(1, 2), given([1]), { asked: [2], away: [1], unasked: 0 }],
    [
      'its backup where its owner is not in Slack',
      item(1, 2),
      given([], [1]),
      { asked: [2], away: [], unasked: 0 },
    ],
    ['nobody while both are away', item(1, 2), given([1, 2]), { asked: [], away: [1], unasked: 0 }],
    [
      'nobody while its owner is away and there is no backup',
      item(1),
      given([1]),
      { asked: [], away: [1], unasked: 0 },
    ],
    ['nobody when its only one is away', item(null, 2), given([2]), { asked: [], away: [2], unasked: 0 }],
    ['nobody at all', item(null), given([]), { asked: [], away: [], unasked: 1 }],
    ['nobody in Slack', item(1, 2), given([], [1, 2]), { asked: [], away: [], unasked: 1 }],
  ])('%s', (_, only, availability, expected) => {
    expect(summed(assign([only], availability))).toEqual(expected);
  });

  it('at most one person, who can be asked, and every one is accounted for', () => {
    const people = fc.option(fc.integer({ min: 1, max: 6 }));
    const items = fc.array(fc.tuple(people, people).map(([owner, backup]) => item(owner, backup)));
    const availabilities = fc.array(
      fc.constantFrom('asked' as const, 'away' as const, 'unreachable' as const),
      {
        minLength: 7,
        maxLength: 7,
      },
    );
    fc.assert(
      fc.property(items, availabilities, (all, is) => {
        const assigned = assign(all, (id) => is[id] ?? 'unreachable');
        const asked = [...assigned.asked.values()].flat();
        expect(new Set(asked).size).toBe(asked.length);
        for (const id of assigned.asked.keys()) expect(is[id]).toBe('asked');
        for (const id of assigned.away) expect(is[id]).toBe('away');
        const left = all.filter((each) => !asked.includes(each));
        if (assigned.away.size === 0) expect(left).toHaveLength(assigned.unasked);
        else expect(assigned.unasked).toBeLessThanOrEqual(left.length);
      }),
    );
  });
});
