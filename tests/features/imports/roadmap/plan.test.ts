import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answers } from '../../../../src/features/imports/core/import.ts';
import { guessMapping } from '../../../../src/features/imports/core/mapping.ts';
import { roadmapFields } from '../../../../src/features/imports/roadmap/core/fields.ts';
import type { RoadmapKnown } from '../../../../src/features/imports/roadmap/core/known.ts';
import { planRoadmap } from '../../../../src/features/imports/roadmap/core/plan.ts';
import type { PresentItem } from '../../../../src/features/roadmap/core/present.ts';
import type { ItemState } from '../../../../src/features/roadmap/core/state.ts';
import { known as okrs, sheet, today } from '../okrs/sheets.ts';

function item(id: number, title: string, more: Partial<ItemState> = {}): PresentItem {
  const state: ItemState = {
    ...{ title, summary: null, horizon: 'next', owner_id: 2, team_id: null, rock_id: null, supports: null },
    ...{ needs: [], impact: null, effort: null, alignment: null, due_on: null, first_due_on: null, slips: 0 },
    ...{ why_stopped: null, outcome: null, outcome_words: null, ...more },
  };
  return { id, key: `item-${id}`, state, lastDueOn: state.due_on };
}

function known(items: PresentItem[] = []): RoadmapKnown {
  const { people, teams, zone } = okrs();
  const rocks = [
    { id: 1, key: 'payments', name: 'Payments', names: ['payments', 'Payments', 'billing'] },
    { id: 2, key: 'refunds', name: 'Refunds', names: ['refunds', 'Refunds'] },
  ];
  return { people, teams, zone, rocks, items };
}

function plan(text: string, of = known(), answers: Answers = {}) {
  const given = sheet(text);
  const mapping = guessMapping(given.columns, given.rows, roadmapFields, of.people);
  return planRoadmap({ sheet: given, mapping, answers, known: of, today });
}

function told(text: string, of?: RoadmapKnown, answers?: Answers): string[] {
  return plan(text, of, answers).rows.map(({ outcome, words }) =>
    words === '' ? outcome : `${outcome}: ${words}`,
  );
}

describe('where an item stands', () => {
  it.each([
    ['now', 'now'],
    ['In Progress', 'now'],
    ['Q4 2026', 'now'],
    ['Up next', 'next'],
    ['Q1', 'next'],
    ['2027-Q2', 'later'],
    ['Backlog', 'later'],
    ['Done', 'shipped'],
    ['shipped', 'shipped'],
  ])('"%s" is %s', (cell, horizon) => {
    expect(plan(`Title | Status\nSmart retries | ${cell}`).rows[0]?.item).toMatchObject({
      state: { horizon },
    });
  });

  it('is refused with what is possible', () => {
    expect(told('Title | Status\nA | on fire\nB | Q2 2026\nC | cancelled')).toEqual([
      'refused: “on fire” is no horizon. Write now, next, later, shipped or stopped, or a quarter such as 2026-Q4.',
      'refused: “Q2 2026” is over. Write shipped or stopped, or where it stands now.',
      'refused: A sentence is enough: why is it stopped? Write it in a column for the reason.',
    ]);
  });

  it('goes to later where nothing is said, and says so', () => {
    expect(told('Title | Status\nSmart retries |')).toEqual([
      'added: It says nothing of when, so it goes to later.',
    ]);
  });
});

describe('what hangs from it', () => {
  it('is found by name and alias, and asked about where it nearly is one', () => {
    const { rows, questions } = plan(`
      Title | Status | Owner | Rock | Team | Needs
      Smart retries | now | Ana Sousa | Billing | Checkout | Risk
      Faster refunds | now | Chi Wen | Refundz | |
      New logo | now | Chi Wen | Branding | |`);
    expect(rows[0]?.item).toMatchObject({ state: { owner_id: 1, rock_id: 1, team_id: 1, needs: [2] } });
    expect(questions.map(({ key, words, suggested }) => [key, words, suggested])).toEqual([
      ['rock:refundz', 'Which rock is “Refundz” (row 3)?', '2'],
    ]);
    expect(rows[1]?.item).toMatchObject({ state: { rock_id: 2 } });
    expect(rows[2]).toMatchObject({ words: 'There is no rock “Branding”, so it hangs from none.' });
  });

  it('is not its own team', () => {
    const { rows } = plan('Title | Status | Team | Needs\nRetries | now | Risk | Risk, Checkout');
    expect(rows[0]).toMatchObject({
      words: 'Risk is its own team, so it needs nothing of it.',
      item: { state: { needs: [1] } },
    });
  });
});

describe('its date and its scores', () => {
  it('has a date in now alone', () => {
    expect(told('Title | Status | Due\nA | next | 24 Dec 2026\nB | now | 24 Dec 2026')).toEqual([
      'added: Only what is in now has a date, so 24 December 2026 is left out.',
      'added',
    ]);
  });

  it('refuses a day that is over, one that is none, and one that can be read in two ways', () => {
    expect(told('Title | Status | Due\nA | now | 2026-01-05\nB | now | soon\nC | now | 03/04/2027')).toEqual([
      'refused: That day is over. Pick today or a later one.',
      'refused: “soon” is no day of the calendar. Write it like 2026-12-24.',
      'refused: “03/04/2027” can be read in two ways. Write it like 2026-12-24.',
    ]);
  });

  it('is scored 1 to 5', () => {
    const { rows } = plan(
      'Title | Status | Impact | Effort | Alignment\nA | now | high | S | 4/5\nB | now | 9 | |',
    );
    expect(rows[0]?.item).toMatchObject({ state: { impact: 5, effort: 2, alignment: 4 } });
    expect(rows[1]).toMatchObject({ outcome: 'refused', words: 'Impact: “9” is not 1 to 5.' });
  });
});

describe('what is there already', () => {
  it('is unchanged, or changed in what the row says', () => {
    const of = known([item(7, 'Smart retries')]);
    expect(told('Title | Status | Owner\nsmart retries | next | Ben Kaya', of)).toEqual(['unchanged']);
    const { rows } = plan('Title | Status | Due | Owner\nSmart retries | now | 2026-12-24 | Chi Wen', of);
    expect(rows[0]).toMatchObject({
      outcome: 'changed',
      words: 'Horizon from next to now, due 24 December 2026. Stays as people have it: owner Ben Kaya.',
      item: { id: 7, change: { horizon: 'now', due_on: '2026-12-24' } },
    });
  });

  it('is asked about where it is nearly called so', () => {
    const of = known([item(7, 'Smart retries for cards')]);
    const text = 'Title | Status\nSmart retries for all cards | next';
    const { questions } = plan(text, of);
    expect(questions).toMatchObject([
      {
        key: 'same-item:2',
        words: 'Is “Smart retries for all cards” an item that is on the roadmap (row 2)?',
        suggested: null,
      },
    ]);
    expect(told(text, of)).toEqual(['added']);
    expect(told(text, of, { 'same-item:2': '7' })).toEqual(['unchanged']);
    expect(told(text, of, { 'same-item:2': 'new' })).toEqual(['added']);
  });

  it('is there once', () => {
    expect(told('Title | Status\nA thing | now\nA thing | next\n | now')).toEqual([
      'added',
      'refused: It stands in row 2 already. Take one of them out.',
      'left-out: It has no title.',
    ]);
  });
});

it('whatever is typed, each row becomes one thing, and what is written is within what the roadmap takes', () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 40 }).map((text) => text.replace(/[|\n\r]/g, ' ')),
    fc.constantFrom('now', 'done', '3', '24 Dec 2026', 'Ben', 'Checkout', 'Payments', '', 'Q1', '5'),
  );
  const columns = ['Title', 'Status', 'Owner', 'Team', 'Rock', 'Needs', 'Due', 'Impact', 'Effort'];
  const cells = fc.array(cell, { minLength: columns.length, maxLength: columns.length });
  fc.assert(
    fc.property(fc.array(cells, { maxLength: 8 }), (typed) => {
      const rows = typed.map((it, index) => ({ line: index + 2, cells: it }));
      const mapping = {
        title: 0,
        horizon: 1,
        owner: 2,
        team: 3,
        rock: 4,
        needs: 5,
        due: 6,
        impact: 7,
        effort: 8,
      };
      const planned = planRoadmap({
        ...{ sheet: { name: null, columns, rows, notes: [] }, mapping, answers: {}, today },
        known: known([item(7, 'Smart retries')]),
      });
      expect(planned.rows.map(({ line }) => line)).toEqual(rows.map(({ line }) => line));
      for (const row of planned.rows) {
        expect(row.item !== null).toBe(row.outcome === 'added' || row.outcome === 'changed');
        if (row.outcome === 'refused') expect(row.words).not.toBe('');
        if (row.item === null || row.item.id !== null) continue;
        const { due_on: due, horizon, why_stopped: why } = row.item.state;
        expect(due === null || horizon === 'now').toBe(true);
        expect(horizon === 'stopped').toBe(why !== null);
      }
    }),
    { numRuns: 60 },
  );
});
