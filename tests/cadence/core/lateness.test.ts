import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { latenessOf, lateWords } from '../../../src/cadence/core/lateness.ts';

const due = Temporal.Instant.from('2026-10-05T09:00+02:00');
const words = (planned: string) => lateWords(due, Temporal.Instant.from(planned), 'Europe/Berlin');

describe('what is said of an occurrence that comes late', () => {
  it.each([
    ['on time', '2026-10-05T09:00+02:00'],
    ['a heartbeat later', '2026-10-05T09:00:05+02:00'],
    ['a restart later', '2026-10-05T09:04:59+02:00'],
  ])('is nothing when it was planned %s', (_, planned) => {
    expect(words(planned)).toBeNull();
    expect(latenessOf(due, Temporal.Instant.from(planned))).toBeNull();
  });

  it.each([
    ['2026-10-05T09:05+02:00', 'This comes 5 minutes late: I was not running at 09:00.'],
    ['2026-10-05T09:59:59+02:00', 'This comes 59 minutes late: I was not running at 09:00.'],
    ['2026-10-05T10:20+02:00', 'This comes an hour late: I was not running at 09:00.'],
    ['2026-10-05T12:00+02:00', 'This comes 3 hours late: I was not running at 09:00.'],
    ['2026-10-05T12:40+02:00', 'This comes 4 hours late: I was not running at 09:00.'],
    ['2026-10-06T07:00+02:00', 'This comes 22 hours late: I was not running at 09:00 on 5 October 2026.'],
    ['2026-10-08T10:00+02:00', 'This comes 3 days late: I was not running at 09:00 on 5 October 2026.'],
  ])('planned at %s is "%s"', (planned, said) => {
    expect(words(planned)).toBe(said);
  });

  it('is nothing of one whose planning an older version did not write down', () => {
    expect(lateWords(due, null, 'Europe/Berlin')).toBeNull();
  });

  it('is told by hours and minutes', () => {
    expect(latenessOf(due, due.add({ hours: 3, minutes: 5 }))?.toString()).toBe('PT3H5M');
  });
});
