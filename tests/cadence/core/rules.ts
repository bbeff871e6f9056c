import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { type Cron, parseCron } from '../../../src/cadence/core/cron.ts';
import { type CadenceRule, noDayOff, ruleOf } from '../../../src/cadence/core/rule.ts';

/** Rules as people write them, and some as nobody would: any day, several a day, days that are rare. */
export const cron: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('0', '30', '15', '59', '0,30', '0,15,40', '*/20'),
    fc.constantFrom('9', '0', '2', '23', '0,23', '1,2,3', '2-3', '9,14', '*'),
    fc.constantFrom('*', '*', '1', '31', '29', '1,15', '28-31', '*/10'),
    fc.constantFrom('*', '*', '1,4,7,10', 'MAR', '10,11', '2'),
    fc.constantFrom('*', '*', 'MON', 'SUN', 'MON,THU', 'MON-FRI'),
  )
  .map((fields) => fields.join(' '));

/** Zones whose clocks do what clocks seldom do, beside ordinary ones. */
export const zones: fc.Arbitrary<string> = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Africa/Cairo',
  'America/St_Johns',
  'America/Santiago',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'America/Nuuk',
);

const transitions = [
  '2026-03-08',
  '2026-03-22',
  '2026-03-29',
  '2026-04-05',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
];

/** Moments of a few years, half of them near those at which clocks are changed. */
export const instants: fc.Arbitrary<Temporal.Instant> = fc
  .oneof(
    fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2029, 0) }),
    fc
      .tuple(fc.constantFrom(...transitions), fc.integer({ min: -36 * 60, max: 36 * 60 }))
      .map(([date, minutes]) => Date.parse(date) + minutes * 60_000),
  )
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));

const known = new Map<string, Cron>();

/** The rule of a cron, also of one that never comes; counting out its period takes a while, so that it is read once. */
export function read(text: string, zone = 'UTC'): CadenceRule {
  let schedule = known.get(text);
  if (schedule === undefined) {
    const parsed = parseCron(text);
    if (!parsed.ok) throw new Error(parsed.words);
    schedule = parsed.value;
    known.set(text, schedule);
  }
  return ruleOf({ schedule, zone, startsOn: null, onHoliday: 'hold', dayOff: noDayOff });
}
