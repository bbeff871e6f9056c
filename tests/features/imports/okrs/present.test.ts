import { describe, expect, it } from 'vitest';
import { keyResult, known, objective, plan, told } from './sheets.ts';

describe('what is there already', () => {
  const rate = { start: 4.2, target: 2, direction: 'down', current: 3.1 } as const;
  const there = () =>
    known([
      objective(10, 'Checkout that just works', {
        keyResults: [keyResult(100, 'Failed payment rate', rate)],
      }),
    ]);
  const head = 'Objective | Key result | Owner | Start | Target | Current';

  it('is unchanged where the row says the same', () => {
    const row = 'checkout that just works | Failed payment rates | Ben Kaya | 4.2 | 2 | 3.1';
    expect(told(`${head}\n${row}`, there())).toEqual(['unchanged']);
  });

  it('is changed where the row says more of how it is measured', () => {
    const { rows } = plan(`${head}\nCheckout that just works | Failed payment rate | | | 1.5 |`, there());
    expect(rows[0]).toMatchObject({ outcome: 'changed', words: 'Target from 2 to 1.5.' });
    expect(rows[0]?.changed).toMatchObject({
      id: 100,
      start: 4.2,
      target: 1.5,
      ownerId: null,
      current: null,
    });
  });

  it('keeps its owner, its value and its day as people have them', () => {
    const row = 'Checkout that just works | Failed payment rate | Ana Sousa | | | 2.5';
    expect(told(`${head}\n${row}`, there())).toEqual([
      'unchanged: Stays as people have it: owner Ben Kaya, current value 3.1.',
    ]);
  });

  it('is asked about where it is nearly called so', () => {
    const text = `${head}\nCheckout that simply works | Failed payment rate | | | 1.5 |`;
    const { questions } = plan(text, there());
    expect(questions).toEqual([
      {
        key: 'same-objective:2',
        words: 'Is the objective “Checkout that simply works” one that is there in 2026-Q4 (row 2)?',
        choices: [
          { value: '10', name: 'Yes: Checkout that just works' },
          { value: 'new', name: 'No, it is a new one' },
        ],
        suggested: null,
      },
    ]);
    expect(told(text, there())[0]).toMatch(/^added/);
    expect(told(text, there(), { 'same-objective:2': '10' })).toEqual(['changed: Target from 2 to 1.5.']);
    expect(told(text, there(), { 'same-objective:2': 'new' })[0]).toMatch(
      /^added: A new objective in 2026-Q4\./,
    );
  });

  it('is most likely meant by a slip of the finger', () => {
    const text = `${head}\nCheckout that just wroks | Failed payment rate | | | 1.5 |`;
    expect(plan(text, there()).questions).toMatchObject([{ key: 'same-objective:2', suggested: '10' }]);
    expect(told(text, there())).toEqual(['changed: Target from 2 to 1.5.']);
  });

  it('is asked about by key result too', () => {
    const text = `${head}\nCheckout that just works | Failed payments rate (%) | | | 1.5 |`;
    expect(plan(text, there()).questions.map(({ key }) => key)).toEqual([]);
    const other = `${head}\nCheckout that just works | Rate of failed payments | | | 1.5 |`;
    expect(plan(other, there()).questions.map(({ key }) => key)).toEqual(['same-key-result:2']);
  });

  it('gets an owner and a team where it has none', () => {
    const audits = keyResult(100, 'Audits');
    const open = known([objective(10, 'Trust', { ownerId: null, keyResults: [audits] })]);
    const { rows } = plan(
      `
      Objective | Objective owner | Team | Key result
      Trust | Ana Sousa | Risk | Audits`,
      open,
    );
    expect(rows[0]).toMatchObject({
      outcome: 'changed',
      words: 'The objective gets Ana Sousa as owner. The objective goes to Risk.',
      objective: { patch: { id: 10, ownerId: 1, teamId: 2 } },
    });
  });

  it('of another objective is not moved', () => {
    const trust = objective(10, 'Trust', { keyResults: [keyResult(100, 'Audits')] });
    expect(
      told('Objective | Key | Title\nSpeed | kr-100 | Audits', known([trust, objective(11, 'Speed')])),
    ).toEqual(['refused: “kr-100” belongs to the objective “Trust”. A sheet does not move it.']);
  });

  it('is known by the keys of an export, in a closed cycle too', () => {
    const closed = known([objective(10, 'Trust', { cycleId: 2, keyResults: [keyResult(100, 'Audits')] })]);
    const row = (target: string) => `Objective | Key | Title | Target\no-10 | kr-100 | Audits | ${target}`;
    expect(told(row('10'), closed)).toEqual(['unchanged']);
    expect(told(row('11'), closed)).toEqual(['refused: 2026-Q3 is closed. Nothing in it changes any more.']);
  });

  it('stays when it is over', () => {
    const audits = keyResult(100, 'Audits', { state: 'dropped' });
    const over = known([objective(10, 'Trust', { keyResults: [audits] })]);
    expect(told('Objective | Key result | Target\nTrust | Audits | 11', over)).toEqual([
      'refused: “Audits” is over, so nothing of it is changed any more.',
    ]);
  });
});
