import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { mondayToFriday } from '../../../../src/cadence/core/working-days.ts';
import { stepsOf } from '../../../../src/features/handoffs/core/steps.ts';
import {
  dueRefusal,
  loanRefusal,
  morningFrom,
  waitingTimes,
} from '../../../../src/features/handoffs/core/times.ts';
import { aHandoff, ana } from '../a-handoff.ts';

const at = (iso: string) => Temporal.Instant.from(iso);
const day = (iso: string) => Temporal.PlainDate.from(iso);
const berlin = { timezone: 'Europe/Berlin', worksOn: mondayToFriday };
const monday = at('2026-10-05T09:00Z');

describe('the next working morning', () => {
  it.each([
    ['before nine, today', '2026-10-05T06:59Z', '2026-10-05T07:00:00Z'],
    ['at nine, now', '2026-10-05T07:00Z', '2026-10-05T07:00:00Z'],
    ['after nine, tomorrow', '2026-10-05T07:00:01Z', '2026-10-06T07:00:00Z'],
    ['on Friday noon, Monday', '2026-10-09T10:00Z', '2026-10-12T07:00:00Z'],
    ['past the change of clocks, nine by the new one', '2026-10-23T10:00Z', '2026-10-26T08:00:00Z'],
  ])('%s', (_, from, morning) => {
    expect(morningFrom(at(from), berlin).toString()).toBe(morning);
  });

  it('of somebody who never works is the next one', () => {
    expect(morningFrom(monday, { ...berlin, worksOn: () => false }).toString()).toBe('2026-10-06T07:00:00Z');
  });
});

describe('waiting', () => {
  it('is reckoned in working days, at the same local time', () => {
    const times = waitingTimes(monday, berlin);
    expect(Object.values(times).map(String)).toEqual([
      '2026-10-06T09:00:00Z',
      '2026-10-08T09:00:00Z',
      '2026-10-19T09:00:00Z',
    ]);
  });

  it('for somebody who works on no day of a year ends all the same', () => {
    expect(waitingTimes(monday, { ...berlin, worksOn: () => false }).expire.toString()).toBe(
      '2026-10-15T09:00:00Z',
    );
  });

  it('for a loan ends with the loan, and nobody is reminded of what is over', () => {
    const loan = aHandoff({ kind: 'lend', untilOn: day('2026-10-06'), from: ana });
    expect(stepsOf(loan, monday, berlin).map(({ step, dueAt }) => [step, String(dueAt)])).toEqual([
      ['remind', '2026-10-06T09:00:00Z'],
      ['expire', '2026-10-06T22:00:00Z'],
    ]);
  });
});

describe('what the clock does in other states', () => {
  it('is nothing when a handoff is over, and for a piece of work', () => {
    for (const state of ['draft', 'completed', 'declined', 'withdrawn', 'expired'] as const) {
      expect(stepsOf(aHandoff({ state }), monday, berlin)).toEqual([]);
    }
    expect(stepsOf(aHandoff({ kind: 'work', rock: null, state: 'accepted' }), monday, berlin)).toEqual([]);
  });

  it('is the return of a loan at the end of its last day in the owner’s zone', () => {
    const loan = aHandoff({ kind: 'lend', state: 'accepted', untilOn: day('2026-10-25'), from: ana });
    // The clocks change in that night.
    expect(stepsOf(loan, monday, berlin).map(String)).toHaveLength(1);
    expect(stepsOf(loan, monday, berlin)[0]?.dueAt.toString()).toBe('2026-10-25T23:00:00Z');
  });
});

describe('days that cannot be', () => {
  const today = day('2026-11-25');
  it('a loan lasts until today at least, and a year at most', () => {
    expect(loanRefusal(day('2026-11-24'), today)?.words).toBe(
      'Tue 24 Nov is over already. Until when shall they have it? Such as `until Fri`.',
    );
    expect(loanRefusal(today, today)).toBeNull();
    expect(loanRefusal(day('2027-11-26'), today)).toBeNull();
    expect(loanRefusal(day('2027-11-27'), today)?.code).toBe('long');
  });

  it('a piece of work is due today at least, and within a year', () => {
    expect(dueRefusal(day('2026-11-24'), today)?.code).toBe('past');
    expect(dueRefusal(today, today)).toBeNull();
    expect(dueRefusal(day('2027-12-01'), today)?.code).toBe('far');
  });
});
