import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn({ company: smallCompany, at: '2027-01-04T08:00:00+01:00' });
  await cairn.db.updateTable('cadences').set({ state: 'paused' }).execute();
});
afterAll(() => cairn?.close());

const newest = async (who: string) => (await cairn.as(who).ephemerals('general')).at(-1);
const titleOf = async (who: string) => (await cairn.as(who).modal())?.title.text;
const shown = async (who: string) => JSON.stringify((await cairn.as(who).modal())?.blocks);
const inChannel = async (begin: string) =>
  (await cairn.slack.messages('#payments')).find(({ text }) => text?.startsWith(begin));
const prompt = async (who: string) =>
  (await cairn.as(who).messages()).find((it) => !it.ephemeral && it.text?.includes('2026-Q4'));
const later = async (minutes: number) =>
  await cairn.turnTo(`2027-01-04T09:${String(minutes).padStart(2, '0')}:00+01:00`);

async function ask(who: string, command: string): Promise<string | undefined> {
  await cairn.as(who).command(command, { in: 'general' });
  return (await newest(who))?.text;
}

describe('/okr close', () => {
  it('names what it needs, and refuses whoever leads nothing of it', async () => {
    expect(await ask('chi', '/okr close')).toBe('Which cycle? For example `/okr close 2026-Q4`.');
    expect(await ask('chi', '/okr close 2020-Q1')).toBe('There is no cycle 2020-Q1. Under way: 2026-Q4.');
    expect(await ask('ben', '/okr close 2026-Q4')).toBe(
      'Its leads and Cairn admins start the grading of a cycle and close it. Ask one of them.',
    );
  });

  it('says first what will happen, then asks every owner once, in one message', async () => {
    await cairn.as('chi').command('/okr close 2026-Q4', { in: 'general' });
    await expect.poll(() => titleOf('chi')).toBe('Grade 2026-Q4?');
    expect(await shown('chi')).toContain('has 2 key results. When its grading starts, 2 people are asked');
    await cairn.as('chi').submit();
    expect(await shown('chi')).toContain('is being graded. Whoever owns a key result of it is asked');
    await cairn.as('chi').close({ all: true });
    await later(1);
    expect((await inChannel('2026-Q4'))?.text).toBe('2026-Q4 is being graded: 0 of 2 graded.');
    expect(buttonsOf(await inChannel('2026-Q4'))).toEqual(['Grade', 'Close 2026-Q4']);
    expect((await prompt('ana'))?.text).toContain(
      '2026-Q4 ends. How did it go with one key result of yours?',
    );
    expect(buttonsOf(await prompt('ben'))).toEqual(['Grade', 'Why am I seeing this?']);
  });

  it('is graded in two presses besides typing, with the score that the numbers suggest', async () => {
    await cairn.as('ana').press('Grade');
    await expect.poll(() => titleOf('ana')).toBe('Grade 2026-Q4');
    expect(await shown('ana')).toContain('"initial_value":"0.5"');
    expect(await shown('ana')).toContain('Carry over into 2027-Q1');
    expect(await cairn.as('ana').submit({ Score: '1.1' })).toMatchObject({
      errors: { 'score/1': 'A score is a number from 0.0 to 1.0.' },
    });
    expect(await cairn.as('ana').submit({ Score: '0,5' })).toMatchObject({
      errors: { 'words/1': 'A committed key result that was missed needs a word about why.' },
    });
    await cairn.as('ana').submit({ 'What happened?': 'The new provider came late.' });
    await later(2);
    expect((await inChannel('2026-Q4'))?.text).toBe('2026-Q4 is being graded: 1 of 2 graded.');
    expect((await prompt('ana'))?.text).toContain('Thank you, one key result of yours in 2026-Q4 is graded.');
  });

  it('closes with the last grade, and posts what came out, what is to be reviewed and what goes on', async () => {
    await cairn.as('ben').press('Grade');
    await expect.poll(() => titleOf('ben')).toBe('Grade 2026-Q4');
    await cairn.as('ben').submit({ Score: '0.7', 'And now?': 'done' });
    expect(await shown('ben')).toContain(
      'That was the last one. *2026-Q4* is closed, and its results are posted.',
    );
    await cairn.as('ben').close({ all: true });
    await later(3);
    expect((await inChannel('2026-Q4'))?.text).toBe(
      '2026-Q4 is closed: 2 of 2 graded. The results are in this channel.',
    );
    expect((await inChannel('Results of 2026-Q4'))?.text).toBe(
      `Results of 2026-Q4
:large_yellow_circle: 0.6 amber · *Checkout that just works*
   • :red_circle: 0.5 red, Failed payment rate · committed, to be reviewed · carried over into 2027-Q1 · “The new provider came late.”
   • :large_green_circle: 0.7 green, Days to refund`,
    );
    expect((await prompt('ana'))?.text).toContain('2026-Q4 is closed. Thank you.');
    const next = await cairn.db
      .selectFrom('key_results as k')
      .innerJoin('objectives as o', 'o.id', 'k.objective_id')
      .innerJoin('cycles as c', 'c.id', 'o.cycle_id')
      .select(['k.key', 'k.start_value', 'k.target_value', 'o.key as objective', 'c.key as cycle', 'c.state'])
      .where('k.carried_from_id', 'is not', null)
      .execute();
    expect(next).toEqual([
      {
        ...{ key: 'failed-rate-2', start_value: 3.1, target_value: 2, objective: 'reliable-2' },
        ...{ cycle: '2027-Q1', state: 'draft' },
      },
    ]);
    expect(await ask('chi', '/okr close 2026-Q4')).toBe('2026-Q4 is closed. Nothing in it changes any more.');
  });
});
