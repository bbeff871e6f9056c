import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { latestSlot, nextSlot } from '../../src/cadence/core/calendar.ts';
import { plan } from '../../src/cadence/core/catch-up.ts';
import { schedules, zones } from './steps.ts';
import { ruleFor } from './world.ts';

const rule = fc
  .record({ schedule: fc.constantFrom(...schedules), zone: fc.constantFrom(...zones, 'Pacific/Apia') })
  .map(({ schedule, zone }) => ruleFor(schedule, zone));
/** Five years with leap days, and the day that Samoa left out. */
const moment = fc
  .integer({ min: Date.parse('2011-06-01T00:00:00Z'), max: Date.parse('2016-06-01T00:00:00Z') })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));

it('the next time is later than now, and it is the latest one from then until the one after it', () => {
  fc.assert(
    fc.property(rule, moment, fc.integer({ min: 1, max: 24 * 3_600_000 }), (of, after, ms) => {
      const next = nextSlot(of, after);
      if (next === null) throw new Error('all of these come again');
      expect(Temporal.Instant.compare(next.at, after)).toBe(1);
      const afterThat = nextSlot(of, next.at);
      const later = next.at.add({ milliseconds: ms });
      if (afterThat === null || Temporal.Instant.compare(afterThat.at, later) <= 0) return;
      expect(latestSlot(of, later, after)?.at.toString()).toBe(next.at.toString());
    }),
    { numRuns: 300 },
  );
});

it('whoever begins anew at any moment finds the same times as whoever never stopped', () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 40 * 24 * 3_600_000 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(rule, moment, gaps, (of, begin, waits) => {
      const kept: string[] = [];
      let due = nextSlot(of, begin)?.at ?? begin;
      let now = begin;
      for (const ms of waits) {
        now = now.add({ milliseconds: ms });
        if (Temporal.Instant.compare(due, now) > 0) continue;
        const decided = plan({ rule: of, nextDueAt: due, catchUp: 'PT12H', until: null }, now);
        const spans = [
          decided.missed?.covers,
          decided.hold?.covers,
          ...decided.skipped.map((it) => it.covers),
        ];
        for (const span of spans) if (span) kept.push(`${span.from} ${span.to}`);
        expect(Temporal.Instant.compare(decided.nextDueAt ?? begin, now)).toBe(1);
        due = decided.nextDueAt ?? due;
      }
      for (let slot = nextSlot(of, begin); slot !== null; slot = nextSlot(of, slot.at)) {
        if (Temporal.Instant.compare(slot.at, now) > 0) break;
        const from = slot.covers.from.toString();
        const holding = kept.filter((span) => {
          const [since = '', until = ''] = span.split(' ');
          return since <= from && from < until;
        });
        expect(holding, `${slot.name} of ${of.zone}`).toHaveLength(1);
      }
    }),
    { numRuns: 150 },
  );
});
