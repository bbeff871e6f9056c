import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { nextSlot } from '../../../src/cadence/core/calendar.ts';
import { nearestSlot } from '../../../src/cadence/core/nearest.ts';
import { cron, instants, read, zones } from './rules.ts';

const at = (text: string) => Temporal.Instant.from(text);
const nearest = (schedule: string, reckonedAt: string) =>
  nearestSlot(read(schedule, 'UTC'), at(reckonedAt))?.at.toString();

describe('the time that was reckoned with older time zones', () => {
  it.each([
    ['an hour too late', '2026-10-05T10:00Z'],
    ['an hour too early', '2026-10-05T08:00Z'],
    ['a day too late', '2026-10-06T09:00Z'],
    ['rightly', '2026-10-05T09:00Z'],
  ])('%s is the one that was meant', (_, reckonedAt) => {
    expect(nearest('0 9 * * MON', reckonedAt)).toBe('2026-10-05T09:00:00Z');
  });

  it('is the next one when none is near', () => {
    expect(nearest('0 9 * * MON', '2026-10-08T09:00Z')).toBe('2026-10-12T09:00:00Z');
  });

  it('is none of a rule that never comes again', () => {
    expect(nearest('0 9 30 2 *', '2026-10-08T09:00Z')).toBeUndefined();
  });

  it('stays, whatever the rule and the zone, when they are as they were', () => {
    fc.assert(
      fc.property(cron, zones, instants, (schedule, zone, from) => {
        const rule = read(schedule, zone);
        const slot = nextSlot(rule, from);
        if (slot === null) return;
        expect(nearestSlot(rule, slot.at)?.at.toString()).toBe(slot.at.toString());
      }),
      { numRuns: 200 },
    );
  });
});
