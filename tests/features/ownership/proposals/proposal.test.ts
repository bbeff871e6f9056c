import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextMorning, reminderAt } from '../../../../src/cadence/core/morning.ts';
import {
  isAllAnswered,
  type Progress,
  split,
  whetherAsked,
} from '../../../../src/features/ownership/proposals/core/proposal.ts';
import { instant } from '../../../support/builders.ts';

const weekdays = ({ dayOfWeek }: { dayOfWeek: number }) => dayOfWeek <= 5;
const berlin = 'Europe/Berlin';

describe('when somebody is asked', () => {
  test.each([
    ['early on a working day: at nine', '2026-10-05T04:00:00Z', '2026-10-05T07:00:00Z'],
    ['in the morning: now', '2026-10-05T08:30:00Z', '2026-10-05T08:30:00Z'],
    ['at noon: on the next morning', '2026-10-05T10:00:00Z', '2026-10-06T07:00:00Z'],
    ['on a Friday evening: on Monday', '2026-10-02T18:00:00Z', '2026-10-05T07:00:00Z'],
    ['on a Sunday morning: on Monday', '2026-10-04T08:30:00Z', '2026-10-05T07:00:00Z'],
  ])('%s', (_what, now, expected) => {
    expect(nextMorning(instant(now), berlin, weekdays)?.toString()).toBe(expected);
  });

  test('never, while somebody does not work within a year', () => {
    expect(nextMorning(instant('2026-10-05T04:00:00Z'), berlin, () => false)).toBeNull();
    expect(reminderAt(instant('2026-10-05T07:00:00Z'), berlin, () => false)).toBeNull();
  });

  test('is a morning of a working day of theirs, wherever they live, and never in the past', () => {
    const zones = fc.constantFrom(berlin, 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland');
    const minutes = fc.integer({ min: 0, max: 60 * 24 * 365 });
    fc.assert(
      fc.property(zones, minutes, (zone, count) => {
        const now = instant('2026-01-01T00:00:00Z').add({ minutes: count });
        const at = nextMorning(now, zone, weekdays);
        if (at === null) throw new Error('a weekday comes every week');
        const local = at.toZonedDateTimeISO(zone);
        expect(weekdays(local)).toBe(true);
        expect(local.hour).toBeGreaterThanOrEqual(9);
        expect(local.hour).toBeLessThan(12);
        expect(at.epochMilliseconds).toBeGreaterThanOrEqual(now.epochMilliseconds);
      }),
    );
  });
});

test('a page splits into what is ticked and what is not; what it did not show, or is not listed, is neither', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 60 });
  fc.assert(
    fc.property(ids, ids, ids, (listedIds, shown, ticked) => {
      const listed = listedIds.map((id) => ({ stintId: id, rockId: id, name: `Rock ${id}` }));
      const { mine, notMine } = split(listed, shown, ticked);
      const both = [...mine, ...notMine].map(({ stintId }) => stintId);
      expect(both.toSorted()).toEqual(listedIds.filter((id) => shown.includes(id)).toSorted());
      expect(mine.every(({ stintId }) => ticked.includes(stintId))).toBe(true);
      expect(notMine.some(({ stintId }) => ticked.includes(stintId))).toBe(false);
    }),
  );
});

describe('whether somebody has been asked', () => {
  const now = instant('2026-10-05T12:00:00Z');
  const ana: Progress = {
    person: { id: 1, slackId: 'U1', name: 'Ana', isDeactivated: false, kind: 'member' },
    ...{ listed: 7, mine: 0, notMine: 0, left: 7 },
    askedAt: instant('2026-10-05T07:00:00Z'),
    isReminded: false,
    mayBeAsked: true,
    refusals: [],
  };
  test.each([
    ['done', { left: 0, mine: 7 }],
    ['asked', {}],
    ['soon', { askedAt: instant('2026-10-06T07:00:00Z') }],
    ['not-live', { askedAt: null, mayBeAsked: false }],
    ['left', { person: { ...ana.person, isDeactivated: true } }],
    ['not-in-slack', { person: { ...ana.person, slackId: null } }],
    ['guest', { person: { ...ana.person, kind: 'guest' } }],
  ] as const)('%s', (whether, given) => {
    expect(whetherAsked({ ...ana, ...given }, now)).toBe(whether);
  });

  test('the step is done once nobody is left who can answer', () => {
    const gone = { ...ana, person: { ...ana.person, isDeactivated: true } };
    expect(isAllAnswered([], now)).toBe(false);
    expect(isAllAnswered([{ ...ana, left: 0 }, gone], now)).toBe(true);
    expect(isAllAnswered([{ ...ana, left: 0 }, ana], now)).toBe(false);
  });
});
