import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { type Dates, datesAfter, noDates } from '../../../../src/features/roadmap/core/due.ts';
import { horizons } from '../../../../src/features/roadmap/core/item.ts';
import { dueWords } from '../../../../src/features/roadmap/core/words.ts';

const today = Temporal.PlainDate.from('2026-11-20');
const inNow = (present: Dates, wanted: string | null, why: string | null = null) =>
  datesAfter(present, { horizon: 'now', wanted, why, today });
const due: Dates = { due: '2026-12-01', first: '2026-12-01', last: '2026-12-01', slips: 0 };

describe('a date', () => {
  test('is for what is in now alone', () => {
    for (const horizon of ['next', 'later', 'shipped', 'stopped'] as const)
      expect(datesAfter(noDates, { horizon, wanted: '2026-12-01', why: null, today })).toEqual({
        ok: false,
        field: 'due',
        code: 'no-date-here',
        words: 'Only what is in now has a date. Move it to now, or leave the date out.',
      });
  });

  test('that is over is refused, and one that is kept never is', () => {
    expect(inNow(noDates, '2026-11-19')).toMatchObject({
      field: 'due',
      words: 'That day is over. Pick today or a later one.',
    });
    expect(inNow(noDates, '2026-11-20')).toMatchObject({ ok: true });
    const past = { ...due, due: '2026-11-02', last: '2026-11-02' };
    expect(inNow(past, '2026-11-02')).toEqual({ ok: true, dates: past, slip: null });
  });

  test('is the first one, until it moves back: then it asks why, and counts', () => {
    expect(inNow(noDates, '2026-12-01')).toEqual({ ok: true, dates: due, slip: null });
    expect(inNow(due, '2026-12-08')).toEqual({
      ok: false,
      field: 'why',
      code: 'why-slip',
      words: 'The date moves from 1 December 2026 to 8 December 2026. Please say in a few words why.',
    });
    expect(inNow(due, '2026-12-08', 'The provider was late')).toEqual({
      ok: true,
      dates: { due: '2026-12-08', first: '2026-12-01', last: '2026-12-08', slips: 1 },
      slip: { from: '2026-12-01', to: '2026-12-08' },
    });
  });

  test('that moves forward is no slip', () => {
    expect(inNow(due, '2026-11-27')).toMatchObject({ ok: true, slip: null, dates: { slips: 0 } });
  });

  test('is lost on the way back to next, but not the first one; what comes back later slips', () => {
    const back = datesAfter(due, { horizon: 'next', wanted: null, why: null, today });
    expect(back).toMatchObject({ ok: true, dates: { due: null, first: '2026-12-01', last: '2026-12-01' } });
    if (!back.ok) return;
    expect(inNow(back.dates, '2026-12-15')).toMatchObject({ code: 'why-slip' });
    expect(inNow(back.dates, '2026-12-15', 'Risk was late')).toMatchObject({ dates: { slips: 1 } });
    expect(inNow(back.dates, '2026-11-30')).toMatchObject({ ok: true, slip: null });
  });

  test('stays with what ships or stops', () => {
    for (const horizon of ['shipped', 'stopped'] as const)
      expect(datesAfter(due, { horizon, wanted: null, why: null, today })).toEqual({
        ok: true,
        dates: due,
        slip: null,
      });
  });
});

const day = fc.integer({ min: -30, max: 60 }).map((days) => today.add({ days }).toString());
const step = fc.record({ horizon: fc.constantFrom(...horizons), wanted: fc.option(day) });

test('whatever happens, the first date stays, slips never fall, and only now has a date', () => {
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      let dates = noDates;
      for (const { horizon, wanted } of steps) {
        const after = datesAfter(dates, { horizon, wanted, why: 'why', today });
        if (!after.ok) continue;
        if (dates.first !== null) expect(after.dates.first).toBe(dates.first);
        expect(after.dates.slips).toBe(dates.slips + (after.slip === null ? 0 : 1));
        if (after.slip !== null) expect(after.slip.to > after.slip.from).toBe(true);
        if (horizon === 'next' || horizon === 'later') expect(after.dates.due).toBeNull();
        if (after.dates.due !== null) expect(after.dates.first).not.toBeNull();
        dates = after.dates;
      }
    }),
  );
});

describe('as people read it', () => {
  const on = (iso: string) => Temporal.PlainDate.from(iso);
  test.each([
    ['due 1 Dec', 'now', '2026-12-01', '2026-12-01', 0],
    ['due 1 Dec, slipped twice, first 3 Nov', 'now', '2026-12-01', '2026-11-03', 2],
    ['due 15 Jan 2027, slipped once, first 3 Nov', 'now', '2027-01-15', '2026-11-03', 1],
    ['was due 1 Dec, slipped 3 times, first 3 Nov', 'shipped', '2026-12-01', '2026-11-03', 3],
    ['slipped once, first due 3 Nov', 'next', null, '2026-11-03', 1],
    ['first due 3 Nov', 'later', null, '2026-11-03', 0],
  ] as const)('%s', (words, horizon, dueOn, firstDueOn, slips) => {
    const dates = { dueOn: dueOn === null ? null : on(dueOn), firstDueOn: on(firstDueOn), slips };
    expect(dueWords({ horizon, ...dates }, today)).toBe(words);
  });

  test('nothing where it never had one', () => {
    expect(dueWords({ horizon: 'now', dueOn: null, firstDueOn: null, slips: 0 }, today)).toBeNull();
  });
});
