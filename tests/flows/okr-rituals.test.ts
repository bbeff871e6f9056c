import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';

/** The small company with a draft of the next quarter, its planning in December and its close in January. */
const company = `${smallCompany
  .replace('weekly-okr, ', 'weekly-okr, starts: 2028-01-01, ')
  .replace('cycles: [', 'cycles: [{ key: 2027-Q1, starts: 2027-01-01, ends: 2027-03-31 }, ')
  .replace(
    'objectives:\n',
    `objectives:
  - { key: faster, title: Faster payouts, team: checkout, cycle: 2027-Q1 }
`,
  )}
  - { key: planning, ritual: okr-planning, channel: "#general", teams: [checkout], schedule: "0 9 15 12 *", timezone: Europe/Berlin }
  - { key: close, ritual: okr-close, channel: "#general", schedule: "0 9 4 1 *", timezone: Europe/Berlin }
`;

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn({ company });
  await cairn.db.updateTable('cycles').set({ state: 'draft' }).where('key', '=', '2027-Q1').execute();
});
afterAll(() => cairn?.close());

const titleOf = async (who: string) => (await cairn.as(who).modal())?.title.text;
const message = async (channel: string, begin: string) =>
  (await cairn.slack.messages(channel)).find(({ text }) => text?.startsWith(begin));
const at = async (begin: string) => {
  const found = await message('#general', begin);
  return found === undefined ? {} : { message: found };
};
const planning = async () => await message('#general', 'Planning 2027-Q1');

const rehearsed = async (key: string) => {
  await cairn.as('chi').command(`/cadence rehearse ${key}`, { in: 'general' });
  return (await cairn.as('chi').ephemerals('general')).at(-1);
};

describe('a rehearsal', () => {
  it('of a planning shows the page of the draft, and asks nobody', async () => {
    const shown = await rehearsed('planning');
    expect(shown?.text).toContain('It would ask nobody directly');
    expect(shown?.text).toContain('Planning 2027-Q1\nOne objective drafted');
    expect(shown?.text).toContain('This planning is over.');
    expect(buttonsOf(shown)).toEqual([]);
  });

  it('of a close shows the whole run: the channel, those who grade, the results', async () => {
    const shown = await rehearsed('close');
    expect(shown?.text).toContain('It would ask <@U0ANA>, <@U0BEN>.');
    expect(shown?.text).toContain('2026-Q4 is being graded: 0 of 2 graded.');
    expect(shown?.text).toContain('2026-Q4 ends. How did it go with one key result of yours?');
    expect(shown?.text).toContain('Results of 2026-Q4');
    expect(await cairn.db.selectFrom('grading_prompts').selectAll().execute()).toEqual([]);
  });

  it('of a run that would be skipped says why', async () => {
    await cairn.db.updateTable('cycles').set({ state: 'active' }).where('key', '=', '2027-Q1').execute();
    expect((await rehearsed('planning'))?.text).toContain(
      'As things stand it would be skipped, and nobody would hear of it: no cycle is a draft; `/okr cycle add` makes one.',
    );
    await cairn.db.updateTable('cycles').set({ state: 'draft' }).where('key', '=', '2027-Q1').execute();
  });
});

describe('OKR planning', () => {
  it('shows what is drafted and what it lacks, and asks nobody directly', async () => {
    await cairn.turnTo('2026-12-15T09:01:00+01:00');
    expect((await planning())?.text).toBe(`Planning 2027-Q1
One objective drafted; key results: 0 committed, 0 aspirational. With a gap: 1.
• *Faster payouts* · Checkout
   :warning: no owner, no key results, no line it supports`);
    expect(buttonsOf(await planning())).toEqual(['Add an objective', 'Start 2027-Q1']);
  });

  it('follows what is drafted, in place', async () => {
    await cairn.as('chi').press('Add an objective', await at('Planning 2027-Q1'));
    await expect.poll(() => titleOf('chi')).toBe('Add an objective');
    const { id } = await cairn.db
      .selectFrom('cycles')
      .select('id')
      .where('key', '=', '2027-Q1')
      .executeTakeFirstOrThrow();
    await cairn.as('chi').submit({ Objective: 'Refunds in a day', Cycle: String(id) });
    await cairn.as('chi').close({ all: true });
    await cairn.turnTo('2026-12-15T09:02:00+01:00');
    expect((await planning())?.text).toContain('2 objectives drafted');
    expect((await planning())?.text).toContain('• *Refunds in a day* · Checkout · ');
  });

  it('starts the cycle by a lead, who is asked first, and by nobody else', async () => {
    await cairn.as('ben').press('Start 2027-Q1', await at('Planning 2027-Q1'));
    await expect
      .poll(async () => (await cairn.as('ben').ephemerals('general')).at(-1)?.text)
      .toBe('Leads who have drafted something in it and Cairn admins start it. Ask one of them.');
    await cairn.as('chi').press('Start 2027-Q1', await at('Planning 2027-Q1'));
    await expect.poll(() => titleOf('chi')).toBe('Start 2027-Q1?');
    expect(JSON.stringify(await cairn.as('chi').modal())).toContain('2 objectives have a gap still.');
    await cairn.as('chi').submit();
    await cairn.as('chi').close({ all: true });
    await cairn.turnTo('2026-12-15T09:03:00+01:00');
    expect((await planning())?.text).toContain('2027-Q1 has started.');
    expect(buttonsOf(await planning())).toEqual([]);
  });
});

describe('OKR close on the calendar', () => {
  it('begins the grading of the cycle that is over, in its channel and those of its teams', async () => {
    await cairn.turnTo('2027-01-04T10:00:00+01:00');
    expect((await message('#general', '2026-Q4'))?.text).toBe('2026-Q4 is being graded: 0 of 2 graded.');
    expect((await message('#payments', '2026-Q4'))?.text).toBe('2026-Q4 is being graded: 0 of 2 graded.');
  });

  it('is closed by a lead before all are graded, who reads which are not', async () => {
    await cairn.as('chi').press('Close 2026-Q4', await at('2026-Q4'));
    await expect.poll(() => titleOf('chi')).toBe('Close 2026-Q4?');
    expect(JSON.stringify(await cairn.as('chi').modal())).toContain('• Failed payment rate');
    await cairn.as('chi').submit();
    expect(JSON.stringify(await cairn.as('chi').modal())).toContain('*2026-Q4* is closed.');
    await cairn.as('chi').close({ all: true });
    await cairn.turnTo('2027-01-04T10:01:00+01:00');
    expect((await message('#payments', 'Results of 2026-Q4'))?.text).toBe(
      `Results of 2026-Q4
:white_circle: not graded · *Checkout that just works*
   • :white_circle: not graded, Failed payment rate
   • :white_circle: not graded, Days to refund`,
    );
  });

  it('compares confidence of fewer than five people for nobody but each', async () => {
    await cairn.as('ana').press('How sure were we?', await at('Results of 2026-Q4'));
    await expect
      .poll(async () => (await cairn.as('ana').ephemerals('general')).at(-1)?.text)
      .toContain('I say this for teams of five people or more only');
    await cairn.as('ana').press('How sure was I?', await at('Results of 2026-Q4'));
    await expect
      .poll(async () => (await cairn.as('ana').ephemerals('general')).at(-1)?.text)
      .toContain('There is nothing to compare yet');
  });
});
