import { Cron } from 'croner';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { nextTimes } from '../../../src/cadence/core/calendar.ts';
import { parseSchedule } from '../../../src/cadence/core/schedule.ts';
import { byCairn, byCroner, differences } from './beside-croner.ts';
import { read } from './rules.ts';

/** Zones of all kinds; `npm run test:long` has all there are. */
const sample = ['Europe/Berlin', 'Australia/Lord_Howe', 'Africa/Casablanca', 'America/Santiago'];

describe('over five years Cairn and croner agree, wherever no clock is changed', () => {
  it.each(sample)('%s', (zone) => {
    expect(differences(zone)).toEqual([]);
  });

  it.each([
    ['0 9 * * MON', 'Europe/Berlin'],
    ['0 9 * * *', 'America/New_York'],
    ['30 14 1,15 * *', 'Africa/Casablanca'],
    ['0 7,9,16 * * MON-FRI', 'Australia/Lord_Howe'],
  ])('and for %s in %s on those days too: no clock is changed at such a time', (cron, zone) => {
    const [after, before] = ['2025-12-31T00:00Z', '2027-01-01T00:00Z'].map((at) => Temporal.Instant.from(at));
    if (after === undefined || before === undefined) throw new Error('there are two');
    const cairn = byCairn(cron, zone, after, before);
    expect(cairn).toEqual(byCroner(cron, zone, after, before));
    expect(cairn.length).toBeGreaterThan(20);
  });
});

type Difference = {
  what: string;
  why: string;
  cron: string;
  zone: string;
  after: string;
  before: string;
  cairn: string[];
  croner: string[];
};

/** Every case that is known in which the two differ. docs/schedules.md has the same table. */
const table: Difference[] = [
  {
    what: 'one time a day, in a gap',
    why: 'Cairn keeps the distance to the times beside it (RFC 5545, Temporal), croner takes the end of the gap',
    cron: '30 2 * * *',
    zone: 'Europe/Berlin',
    after: '2026-03-28T12:00Z',
    before: '2026-03-29T12:00Z',
    cairn: ['2026-03-29T01:30:00Z'],
    croner: ['2026-03-29T01:00:00Z'],
  },
  {
    what: 'one of several times a day, in a gap',
    why: 'Cairn loses nothing that was meant for a day that there is, croner takes it for an interval and leaves it out',
    cron: '30 2,9 * * *',
    zone: 'Europe/Berlin',
    after: '2026-03-28T12:00Z',
    before: '2026-03-29T12:00Z',
    cairn: ['2026-03-29T01:30:00Z', '2026-03-29T07:30:00Z'],
    croner: ['2026-03-29T07:30:00Z'],
  },
  {
    what: 'one of several times a day, in an overlap',
    why: 'Cairn asks nobody twice: a local time comes once, at its first turn; croner runs both turns',
    cron: '30 2,9 * * *',
    zone: 'Europe/Berlin',
    after: '2026-10-24T12:00Z',
    before: '2026-10-25T12:00Z',
    cairn: ['2026-10-25T00:30:00Z', '2026-10-25T08:30:00Z'],
    croner: ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T08:30:00Z'],
  },
  {
    what: 'every hour, in an overlap',
    why: 'the same: the hour that comes twice is one to Cairn',
    cron: '0 * * * *',
    zone: 'Europe/Berlin',
    after: '2026-10-24T23:30Z',
    before: '2026-10-25T02:30Z',
    cairn: ['2026-10-25T00:00:00Z', '2026-10-25T02:00:00Z'],
    croner: ['2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00Z'],
  },
  {
    what: 'a gap of half an hour',
    why: 'as in every gap',
    cron: '15 2 * * *',
    zone: 'Australia/Lord_Howe',
    after: '2026-10-03T00:00Z',
    before: '2026-10-04T00:00Z',
    cairn: ['2026-10-03T15:45:00Z'],
    croner: ['2026-10-03T15:30:00Z'],
  },
  {
    what: 'a gap at the end of a day',
    why: 'Cairn goes over to the next day and keeps the name of the one that was meant, croner stays on the day and leaves it out',
    cron: '30 23 * * *',
    zone: 'America/Nuuk',
    after: '2026-03-28T12:00Z',
    before: '2026-03-29T12:00Z',
    cairn: ['2026-03-29T01:30:00Z'],
    croner: [],
  },
  {
    what: 'a star with a step, and a weekday',
    why: 'as in Vixie cron, a field that begins with a star leaves the choice to the other; croner takes either',
    cron: '0 9 */2 * MON',
    zone: 'UTC',
    after: '2026-10-01T12:00Z',
    before: '2026-10-08T00:00Z',
    cairn: ['2026-10-05T09:00:00Z'],
    croner: ['2026-10-03T09:00:00Z', '2026-10-05T09:00:00Z', '2026-10-07T09:00:00Z'],
  },
];

describe('Cairn and croner differ on purpose', () => {
  it.each(table)('$what: $why', ({ cron, zone, after, before, cairn, croner }) => {
    const span = [Temporal.Instant.from(after), Temporal.Instant.from(before)] as const;
    expect(byCairn(cron, zone, ...span)).toEqual(cairn);
    expect(byCroner(cron, zone, ...span)).toEqual(croner);
  });
});

it('a day that a zone does not have is left out by both; Cairn records it as skipped', () => {
  const span = [
    Temporal.Instant.from('2011-12-29T00:00Z'),
    Temporal.Instant.from('2012-01-01T00:00Z'),
  ] as const;
  const expected = ['2011-12-29T19:00:00Z', '2011-12-30T19:00:00Z', '2011-12-31T19:00:00Z'];
  expect(byCairn('0 9 * * *', 'Pacific/Apia', ...span)).toEqual(expected);
  expect(byCroner('0 9 * * *', 'Pacific/Apia', ...span)).toEqual(expected);
  const slots = nextTimes(read('0 9 * * *', 'Pacific/Apia'), span[0], 2);
  expect(slots.map(({ name, skip }) => [name, skip])).toEqual([
    ['2011-12-29', null],
    ['2011-12-30', '30 December 2011 does not exist in Pacific/Apia'],
  ]);
});

describe('what only one of them reads', () => {
  const cairnReads = (text: string) => parseSchedule(text).ok;
  const cronerReads = (text: string) => {
    try {
      return new Cron(text, { paused: true }).nextRun() !== null;
    } catch {
      return false;
    }
  };

  it.each([
    ['0 9 20/5 * *', 'as in Vixie cron, a step may begin at a number'],
    ['every other Tuesday at 10:00', 'words'],
  ])('%s is read by Cairn: %s', (text) => {
    expect([cairnReads(text), cronerReads(text)]).toEqual([true, false]);
  });

  it.each([
    ['0 9 L * *', 'it is said in words: last day of the month'],
    ['0 9 * * MON#1', 'it is said in words: first Monday of the month'],
    ['0 9 ? * MON', 'a star says the same'],
    ['@weekly', 'it names no time that anybody would choose'],
    ['0 0 9 * * MON', 'seconds: nobody is asked to the second'],
  ])('%s is refused by Cairn: %s', (text) => {
    expect([cairnReads(text), cronerReads(text)]).toEqual([false, true]);
  });
});
