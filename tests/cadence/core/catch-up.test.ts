import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { nextSlot } from '../../../src/cadence/core/calendar.ts';
import { type Plan, plan } from '../../../src/cadence/core/catch-up.ts';
import { ruleOf } from '../../../src/cadence/core/rule.ts';
import { parseSchedule } from '../../../src/cadence/core/schedule.ts';
import { cron, instants, read, zones } from './rules.ts';

const at = (text: string) => Temporal.Instant.from(text);

function planned(
  schedule: string,
  zone: string,
  due: Temporal.Instant,
  now: Temporal.Instant,
  catchUp = 'PT12H',
): Plan {
  return plan({ rule: read(schedule, zone), nextDueAt: due, catchUp, until: null }, now);
}

const span = (missed: Plan['missed']) => missed && `${missed.covers.from} to ${missed.covers.to}`;

describe('a weekly cadence that is due on Monday 5 October at nine', () => {
  const due = at('2026-10-05T09:00Z');
  const weekly = (now: string, catchUp?: string) => planned('0 9 * * MON', 'UTC', due, at(now), catchUp);

  it.each([
    ['on time', '2026-10-05T09:00Z'],
    ['a minute late', '2026-10-05T09:01Z'],
    ['as late as its catch-up time allows', '2026-10-05T21:00Z'],
  ])('is held when planned %s', (_, now) => {
    const { hold, missed, nextDueAt } = weekly(now);
    expect(hold?.name).toBe('2026-10-05');
    expect(hold?.at).toEqual(due);
    expect(missed).toBeNull();
    expect(nextDueAt).toEqual(at('2026-10-12T09:00Z'));
  });

  it('is missed, and recorded so, when it is later than its catch-up time', () => {
    const { hold, missed, nextDueAt } = weekly('2026-10-05T21:00:01Z');
    expect(hold).toBeNull();
    expect(missed?.name).toBe('2026-10-05');
    expect(missed?.dueAt).toEqual(due);
    expect(missed?.reason).not.toBe('');
    expect(span(missed)).toBe('2026-10-05T00:00:00 to 2026-10-12T00:00:00');
    expect(nextDueAt).toEqual(at('2026-10-12T09:00Z'));
  });

  it('is held late when its own catch-up time is longer, in hours or in days of 24', () => {
    expect(weekly('2026-10-07T08:00Z', 'PT48H').hold?.name).toBe('2026-10-05');
    expect(weekly('2026-10-07T08:00Z', 'P2D').hold?.name).toBe('2026-10-05');
    expect(weekly('2026-10-07T09:01Z', 'P2D').hold).toBeNull();
    expect(weekly('2026-10-05T09:00:01Z', 'PT0S').hold).toBeNull();
    expect(weekly('2026-10-05T09:00Z', 'PT0S').hold?.name).toBe('2026-10-05');
  });

  it('holds the latest one after an outage of weeks, and names all before it in one span', () => {
    const { hold, missed, nextDueAt } = weekly('2026-10-26T10:00Z');
    expect(hold?.name).toBe('2026-10-26');
    expect(missed?.name).toBe('2026-10-05');
    expect(missed?.dueAt).toEqual(due);
    expect(span(missed)).toBe('2026-10-05T00:00:00 to 2026-10-26T00:00:00');
    expect(nextDueAt).toEqual(at('2026-11-02T09:00Z'));
  });

  it('holds none after an outage that ends too late for the latest one', () => {
    const { hold, missed, nextDueAt } = weekly('2026-10-28T10:00Z');
    expect(hold).toBeNull();
    expect(span(missed)).toBe('2026-10-05T00:00:00 to 2026-11-02T00:00:00');
    expect(nextDueAt).toEqual(at('2026-11-02T09:00Z'));
  });

  it('plans nothing before it is due', () => {
    expect(weekly('2026-10-05T08:59Z')).toEqual({
      missed: null,
      skipped: [],
      hold: null,
      nextDueAt: due,
      isOver: false,
    });
  });

  it('does not walk through history after years', () => {
    const { hold, missed } = weekly('2036-10-06T10:00Z');
    expect(hold?.name).toBe('2036-10-06');
    expect(span(missed)).toBe('2026-10-05T00:00:00 to 2036-10-06T00:00:00');
  });
});

describe('a slot in a spring gap', () => {
  it('that was missed is recorded, as every other', () => {
    const { hold, missed } = planned(
      '30 2,9 * * *',
      'Europe/Berlin',
      at('2026-03-29T01:30Z'),
      at('2026-03-29T05:00Z'),
      'PT1H',
    );
    expect(hold).toBeNull();
    expect(missed?.name).toBe('2026-03-29T03:30');
    expect(missed?.dueAt).toEqual(at('2026-03-29T01:30Z'));
    expect(span(missed)).toBe('2026-03-29T03:30:00 to 2026-03-29T03:31:00');
  });
});

it('records the day that was meant where a gap pushed it past midnight', () => {
  const due = at('2026-03-29T01:30Z');
  const { hold, missed } = planned('30 23 * * *', 'America/Nuuk', due, at('2026-03-29T05:00Z'), 'PT1H');
  expect(hold).toBeNull();
  expect(missed?.name).toBe('2026-03-28');
  expect(span(missed)).toBe('2026-03-28T00:00:00 to 2026-03-29T00:00:00');
});

it('records what was due by a rule that was changed meanwhile', () => {
  const { hold, missed } = planned('0 9 * * MON', 'UTC', at('2026-10-07T14:00Z'), at('2026-10-12T09:00Z'));
  expect(hold?.name).toBe('2026-10-12');
  expect(span(missed)).toBe('2026-10-05T00:00:00 to 2026-10-12T00:00:00');
});

it('has no next time once a rule never comes again', () => {
  const never = planned('0 9 30 2 *', 'UTC', at('2026-10-05T09:00Z'), at('2026-10-05T09:00Z'));
  expect(never).toEqual({ missed: null, skipped: [], hold: null, nextDueAt: null, isOver: false });
});

describe('of a daily cadence that skips days off', () => {
  const daysOff = new Map([
    ['2026-12-25', 'Christmas Day'],
    ['2026-12-26', 'Boxing Day'],
  ]);
  const parsed = parseSchedule('0 9 * * *');
  if (!parsed.ok) throw new Error(parsed.words);
  const rule = ruleOf({
    schedule: parsed.value,
    zone: 'UTC',
    startsOn: null,
    onHoliday: 'skip',
    dayOff: (date) => daysOff.get(date.toString()) ?? null,
  });
  const daily = (due: string, now: string, catchUp = 'PT12H') => {
    const { skipped, hold, missed, nextDueAt } = plan(
      { rule, nextDueAt: at(due), catchUp, until: null },
      at(now),
    );
    return {
      skipped: skipped.map(({ name, skip }) => `${name} ${skip}`),
      hold: hold?.name ?? null,
      missed: span(missed),
      next: nextDueAt?.toString(),
    };
  };

  it('a day off is skipped with its name, on time', () => {
    expect(daily('2026-12-25T09:00Z', '2026-12-25T09:00Z')).toEqual({
      skipped: ['2026-12-25 Christmas Day'],
      hold: null,
      missed: null,
      next: '2026-12-26T09:00:00Z',
    });
  });

  it('is skipped and not missed, however late it is planned', () => {
    expect(daily('2026-12-25T09:00Z', '2026-12-26T23:00Z')).toEqual({
      skipped: ['2026-12-25 Christmas Day', '2026-12-26 Boxing Day'],
      hold: null,
      missed: null,
      next: '2026-12-27T09:00:00Z',
    });
  });

  it('the day before it is held when its catch-up time reaches over the day off', () => {
    expect(daily('2026-12-24T09:00Z', '2026-12-25T10:00Z', 'PT48H')).toEqual({
      skipped: ['2026-12-25 Christmas Day'],
      hold: '2026-12-24',
      missed: null,
      next: '2026-12-26T09:00:00Z',
    });
    expect(daily('2026-12-24T09:00Z', '2026-12-25T10:00Z')).toMatchObject({
      skipped: ['2026-12-25 Christmas Day'],
      hold: null,
      missed: '2026-12-24T00:00:00 to 2026-12-25T00:00:00',
    });
  });

  it('days off at the beginning of an outage are skipped, what comes after them is missed', () => {
    expect(daily('2026-12-25T09:00Z', '2026-12-29T10:00Z')).toEqual({
      skipped: ['2026-12-25 Christmas Day', '2026-12-26 Boxing Day'],
      hold: '2026-12-29',
      missed: '2026-12-27T00:00:00 to 2026-12-29T00:00:00',
      next: '2026-12-30T09:00:00Z',
    });
  });

  it('days off in the midst of an outage are part of its span', () => {
    expect(daily('2026-12-23T09:00Z', '2026-12-29T10:00Z')).toMatchObject({
      skipped: [],
      missed: '2026-12-23T00:00:00 to 2026-12-29T00:00:00',
    });
  });
});

describe('a weekly cadence whose cycle ends on Wednesday 30 December', () => {
  const until = at('2026-12-31T00:00Z');
  const weekly = (due: string, now: string) => {
    const { hold, missed, nextDueAt, isOver } = plan(
      { rule: read('0 9 * * MON', 'UTC'), nextDueAt: at(due), catchUp: 'P9D', until },
      at(now),
    );
    return { hold: hold?.name ?? null, missed: span(missed), next: nextDueAt?.toString() ?? null, isOver };
  };

  it('goes on while another one comes before that', () => {
    expect(weekly('2026-12-21T09:00Z', '2026-12-21T09:00Z')).toEqual({
      hold: '2026-12-21',
      missed: null,
      next: '2026-12-28T09:00:00Z',
      isOver: false,
    });
  });

  it('is over with the last one in it', () => {
    expect(weekly('2026-12-28T09:00Z', '2026-12-28T09:00Z')).toEqual({
      hold: '2026-12-28',
      missed: null,
      next: null,
      isOver: true,
    });
  });

  it('holds nothing that comes after it, also after an outage', () => {
    expect(weekly('2026-12-28T09:00Z', '2027-01-05T10:00Z')).toEqual({
      hold: '2026-12-28',
      missed: null,
      next: null,
      isOver: true,
    });
    expect(weekly('2027-01-04T09:00Z', '2027-01-04T09:00Z')).toEqual({
      hold: null,
      missed: null,
      next: null,
      isOver: true,
    });
  });
});

describe('for random rules, zones and outages', () => {
  const outage = fc.integer({ min: 0, max: 70 * 24 * 60 }).map((minutes) => ({ minutes }));

  it('the slot that is due ends as held or missed, and nothing overlaps', () => {
    fc.assert(
      fc.property(
        cron,
        zones,
        instants,
        outage,
        fc.constantFrom('PT0S', 'PT12H', 'P2D'),
        (text, zone, from, late, catchUp) => {
          const rule = read(text, zone);
          const due = nextSlot(rule, from);
          if (due === null) return;
          const now = due.at.add(late);
          const { hold, missed, nextDueAt } = planned(text, zone, due.at, now, catchUp);

          const spans = [missed?.covers, hold?.covers].filter((covers) => covers !== undefined);
          const isIn = ({ from, to }: typeof due.covers) =>
            Temporal.PlainDateTime.compare(from, due.local) <= 0 &&
            Temporal.PlainDateTime.compare(due.local, to) < 0;
          expect(spans.some(isIn)).toBe(true);
          for (const { from, to } of spans) expect(Temporal.PlainDateTime.compare(from, to)).toBe(-1);
          const [first, second] = spans;
          if (first && second)
            expect(Temporal.PlainDateTime.compare(first.to, second.from)).toBeLessThanOrEqual(0);

          if (nextDueAt !== null) {
            expect(Temporal.Instant.compare(nextDueAt, now)).toBe(1);
            const upcoming = nextSlot(rule, now);
            for (const { to } of spans) {
              expect(Temporal.PlainDateTime.compare(to, upcoming?.covers.from ?? to)).toBeLessThanOrEqual(0);
            }
          }
        },
      ),
      {
        numRuns: 200,
        examples: [['30 2,9 * * *', 'Europe/Berlin', at('2026-03-29T00:00Z'), { minutes: 200 }, 'PT0S']],
      },
    );
  });
});
