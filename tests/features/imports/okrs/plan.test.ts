import { describe, expect, it } from 'vitest';
import { known, person, plan, told } from './sheets.ts';

describe('rows of an objective', () => {
  it('belong to the objective above them where their own cell is empty, as merged cells come', () => {
    const { rows } = plan(`
      Objective | Key result | Owner | Start | Target
      Checkout that just works | Failed payment rate | Ana Sousa | 4,2 % | 2 %
      | Time to pay | Chi | 30 | 12
      Trust | Audits passed | Ana Sousa | 0 | 3`);
    expect(rows.map(({ objective: of, added }) => [of?.title, added?.title, added?.target])).toEqual([
      ['Checkout that just works', 'Failed payment rate', 2],
      ['Checkout that just works', 'Time to pay', 12],
      ['Trust', 'Audits passed', 3],
    ]);
    const [first] = rows;
    expect(first?.added).toMatchObject({
      type: 'percent',
      unit: null,
      start: 4.2,
      direction: 'down',
      ownerId: 1,
    });
  });

  it('belong together wherever they stand', () => {
    const { rows } = plan(`
      Objective | Key result | Start | Target
      Trust | Audits passed | 0 | 3
      Speed | Time to pay | 30 | 12
      TRUST | Disputes won | 10 | 30`);
    expect(rows[0]?.objective?.ref).toBe(rows[2]?.objective?.ref);
    const isNew = 'A new objective in 2026-Q4.';
    expect(rows.map(({ words }) => words)).toEqual([isNew, isNew, '']);
  });

  it('may be an objective alone', () => {
    const { rows } = plan(`
      Objective | Key result | Owner | Team
      Trust | | Ana Sousa | Checkout team`);
    expect(rows[0]).toMatchObject({ outcome: 'added', added: null, name: 'Trust' });
    expect(rows[0]?.objective).toMatchObject({ ownerId: 1, teamId: 1, cycle: '2026-Q4' });
  });

  it('above every objective are refused, and rows that say nothing are left out', () => {
    expect(
      told(`
        Objective | Key result | Owner | Target
        | Time to pay | Ana Sousa | 12
        | | Ana Sousa |
        Trust | | |`),
    ).toEqual([
      'refused: No objective stands above it. Write the objective that it belongs to.',
      'left-out: It has no objective and no key result.',
      'added: A new objective in 2026-Q4.',
    ]);
  });

  it('that stand there twice are refused', () => {
    expect(
      told(`
        Objective | Key result | Start | Target
        Trust | Audits passed | 0 | 3
        Trust | audits passed | 0 | 4`),
    ).toEqual([
      'added: A new objective in 2026-Q4.',
      'refused: It stands in row 2 already. Take one of them out.',
    ]);
  });
});

describe('cycles', () => {
  it.each(['Q4 2026', '2026-Q4', 'Q4/26', '2026 q4', '4Q26', 'Q4', 'current', "Q4'26"])(
    'knows %s',
    (cell) => {
      const { rows } = plan(`Objective | Quarter\nTrust | ${cell}`);
      expect(rows[0]?.objective).toMatchObject({ cycle: '2026-Q4', newCycle: null });
    },
  );

  it('adds a quarter that is not there, as a draft', () => {
    const { rows } = plan('Objective | Quarter\nTrust | Q1 2027');
    expect(rows[0]).toMatchObject({ words: 'A new objective in 2027-Q1 (a new cycle, as a draft).' });
    const days = { starts: '2027-01-01', ends: '2027-03-31' };
    expect(rows[0]?.objective?.newCycle).toEqual({ key: '2027-Q1', state: 'draft', ...days });
  });

  it('refuses what is no cycle, and closed and graded ones', () => {
    expect(
      told(`
        Objective | Quarter
        Trust | whenever
        Trust | Q3 2026
        Trust | Q2 2026`),
    ).toEqual([
      'refused: There is no cycle “whenever”. Write a quarter such as 2026-Q4, or one of these: 2026-Q4.',
      'refused: 2026-Q3 is closed. Nothing in it changes any more.',
      'refused: 2026-Q2 is being graded. Nothing is added to it or edited any more.',
    ]);
  });

  it('are asked for once where none is active and the rows name none', () => {
    const none = known([], { cycles: [] });
    const text = 'Objective\nTrust\nSpeed';
    const { rows, questions } = plan(text, none);
    expect(questions).toEqual([
      {
        key: 'cycle',
        words: 'For which cycle are the rows that name none (rows 2 and 3)?',
        choices: [
          { value: '2026-Q4', name: '2026-Q4, to be added' },
          { value: '2027-Q1', name: '2027-Q1, to be added as a draft' },
        ],
        suggested: '2026-Q4',
      },
    ]);
    expect(rows.map(({ objective }) => objective?.cycle)).toEqual(['2026-Q4', '2026-Q4']);
    expect(told(text, none, { cycle: '2027-Q1' })[0]).toBe(
      'added: A new objective in 2027-Q1 (a new cycle, as a draft).',
    );
  });
});

describe('how a key result is measured', () => {
  const one = (head: string, cells: string) =>
    plan(`Objective | Key result | ${head}\nTrust | Failed payments | ${cells}`).rows[0];

  it('is told by its numbers', () => {
    const money = { type: 'currency', unit: '€', start: 1200, target: 2400, direction: 'up' };
    expect(one('Start | Target', '€ 1.200 | € 2.400')?.added).toMatchObject(money);
    const days = { type: 'number', unit: 'days', direction: 'down' };
    expect(one('Start | Target | Unit', '12 | 4 | days')?.added).toMatchObject(days);
  });

  it('is a milestone without any', () => {
    expect(one('Due', '24 Dec 2026')).toMatchObject({
      added: { type: 'milestone', start: 0, target: 1, direction: 'up', dueOn: '2026-12-24' },
      words: 'A new objective in 2026-Q4. A milestone, as it has no target.',
    });
  });

  it.each([
    ['Start | Target | Current', 'no | yes | no'],
    ['Unit | Start | Target | Current', 'milestone | no | yes | not started'],
    ['Unit | Target | Current', 'Yes/No | yes | no'],
  ])('is a milestone that is not done: %s, %s', (head, cells) => {
    expect(one(head, cells)).toMatchObject({
      outcome: 'added',
      added: { type: 'milestone', start: 0, target: 1, current: 0 },
    });
  });

  it('has a baseline to be found where the start is open', () => {
    expect(one('Target | Current', '2 | 4')).toMatchObject({
      added: { start: null, direction: 'down', current: 4 },
      words: 'A new objective in 2026-Q4. It has no start: the first check-in finds it. Taken to go down.',
    });
    expect(one('Start | Target | Direction', 'baseline | 5 | up')?.words).toBe('A new objective in 2026-Q4.');
  });

  it.each([
    ['committed', 'committed'],
    ['Stretch', 'aspirational'],
    ['moonshot', 'aspirational'],
    ['aspirational', 'aspirational'],
    ['', 'committed'],
  ])('is sure as "%s" says', (cell, commitment) => {
    expect(one('Target | Commitment', `2 | ${cell}`)?.added?.commitment).toBe(commitment);
  });

  it.each([
    ['Start | Target', '1 | lots', 'Target: “lots” is not a number. Write it like 12.5.'],
    ['Current | Target', 'fine | 5', 'Current value: “fine” is not a number. Write it like 12.5.'],
    [
      'Start | Target',
      '5 | 5',
      'Target: The target equals the start. To keep a value where it is, choose Maintain.',
    ],
    ['Start | Target', '5 |', 'Target: Say what is to be reached, such as 12.5.'],
    [
      'Start | Target | Direction',
      '1 | 5 | down',
      'Direction: From 1 to 5 is up. Pick Up, or leave it open.',
    ],
    ['Target | Type', '5 | fluffy', '“fluffy” is no type. Write number, percent, currency or milestone.'],
    ['Target | Commitment', '5 | perhaps', '“perhaps” is no commitment. Write committed or aspirational.'],
    ['Target | Due', '5 | soon', '“soon” is no day of the calendar. Write it like 2026-12-24.'],
    ['Target | Due', '5 | 03/04/2027', '“03/04/2027” can be read in two ways. Write it like 2026-12-24.'],
    ['Target | Due', '5 | 2026-09-01', '2026-Q4 begins on 1 October 2026. Pick a day from then on.'],
  ])('is refused for %s of %s', (head, cells, words) => {
    expect(one(head, cells)).toMatchObject({ outcome: 'refused', words });
  });

  it('leaves confidence to the owner, and says so once for the whole sheet', () => {
    const { rows, notes } = plan(`
      Objective | Key result | Target | Confidence
      Trust | Audits passed | 5 | 8
      Trust | Failed payments | 5 | 6`);
    expect(rows.map(({ words }) => words).join(' ')).not.toContain('onfidence');
    expect(notes).toEqual(['Confidence is left out: each owner says it, at the first check-in.']);
    expect(plan('Objective | Confidence\nTrust | ').notes).toEqual([]);
  });

  it.each(['number', 'Count', '#'])('has no unit where the column says %s', (unit) => {
    expect(one('Unit | Start | Target', `${unit} | 8,1 | 6`)?.added).toMatchObject({
      type: 'number',
      unit: null,
    });
  });
});

describe('people and teams', () => {
  it('asks who is meant where two may be, and takes the answer', () => {
    const text = `
      Objective | Key result | Owner | Start | Target
      Trust | Audits passed | Ben | 0 | 3`;
    const { rows, questions } = plan(text);
    expect(rows[0]).toMatchObject({
      outcome: 'added',
      words: 'A new objective in 2026-Q4. Nobody owns it: “Ben” may be Ben Kaya or Ben Olsen.',
    });
    expect(questions).toMatchObject([{ key: 'person:ben', words: 'Who is “Ben” (row 2)?', suggested: null }]);
    const answered = (answer: string) => plan(text, known(), { 'person:ben': answer }).rows[0];
    expect(answered('3')?.added).toMatchObject({ ownerId: 3 });
    expect(answered('nobody')).toMatchObject({
      words: 'A new objective in 2026-Q4. Nobody owns it: “Ben” is left open.',
      added: { ownerId: null },
    });
  });

  it('leaves open who has left or is not known, and says so', () => {
    const gone = [person(5, 'Dan Roe', { isDeactivated: true }), person(6, 'Eva Gast', { kind: 'guest' })];
    const of = known([], { people: [person(1, 'Ana Sousa'), ...gone] });
    const words = told(
      `
      Objective | Key result | Owner | Start | Target
      Trust | Audits passed | Dan Roe | 0 | 3
      | Disputes won | Eva Gast | 0 | 3
      | Refunds | Zoltan | 0 | 3`,
      of,
    );
    expect(words).toEqual([
      'added: A new objective in 2026-Q4. Nobody owns it: Dan Roe left Slack.',
      'added: Nobody owns it: Eva Gast is a guest, and only members can.',
      'added: Nobody owns it: I know nobody called “Zoltan”.',
    ]);
  });

  it('takes the second name as the backup', () => {
    const { rows } = plan(`
      Objective | Key result | Owner | Start | Target
      Trust | Audits passed | Ana Sousa / Chi Wen | 0 | 3`);
    expect(rows[0]?.added).toMatchObject({ ownerId: 1, backupId: 4 });
  });

  it('asks for a team that is not there, with the nearest suggested', () => {
    const text = 'Objective | Team\nTrust | Chekout';
    const { rows, questions } = plan(text);
    expect(rows[0]?.objective?.teamId).toBe(1);
    expect(questions).toMatchObject([
      {
        key: 'team:chekout',
        words: 'There is no team “Chekout” (row 2). Which one is it?',
        suggested: '1',
      },
    ]);
    expect(told(text, known(), { 'team:chekout': 'none' })).toEqual([
      'added: A new objective in 2026-Q4. There is no team “Chekout”, so it is left out.',
    ]);
  });
});
