import { afterAll, beforeAll, expect, it } from 'vitest';
import { buttonsOf, startCairn, type TestCairn } from '../support/cairn.ts';

const pasted =
  'Rock\tOwner\nPayouts\tana@test.example\nLedger\tben@test.example\nInvoices\tben@test.example\n';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn({ company: 'version: 1\n' });
});
afterAll(async () => {
  expect(await cairn.slack.refused()).toEqual([]);
  await cairn.close();
});

const newest = async (who: string) => (await cairn.as(who).messages()).filter((it) => !it.ephemeral).at(-1);
const rocks = async () =>
  (await cairn.db.selectFrom('rocks').select('name').orderBy('name').execute()).map(({ name }) => name);

it('an undo leaves what somebody has said yes to, and takes the other questions back', async () => {
  const sees = async (words: string) =>
    await expect.poll(async () => JSON.stringify((await cairn.as('chi').modal()) ?? null)).toContain(words);
  await cairn.as('chi').command('/cairn import rocks');
  await cairn.as('chi').press('Bring in rocks');
  await sees('Read it');
  await cairn.as('chi').submit({ 'Or cells, pasted': pasted });
  await sees('Which column holds what?');
  await cairn.as('chi').submit({});
  await sees('3 to add');
  await cairn.as('chi').submit({});
  await sees('Brought in:');
  await cairn.as('chi').close({ all: true });
  await cairn.turnTo('2026-11-23T12:00:00+01:00');
  await expect.poll(async () => (await newest('ana'))?.text).toContain('is listed as yours');
  await expect.poll(async () => (await newest('ben'))?.text).toContain('2 rocks are listed as yours');
  await cairn.as('ana').press('Mine');
  await expect.poll(async () => (await newest('ana'))?.text).not.toContain('listed as yours');

  await cairn.as('chi').command('/cairn import');
  await cairn.as('chi').press('Undo');
  await expect.poll(rocks).toEqual(['Payouts']);
  // In the transaction of the undo, not with a later beat of the clock.
  expect(
    (await cairn.db.selectFrom('messages').select('text').execute()).map(({ text }) => text),
  ).toContainEqual(expect.stringContaining('What was listed as yours was taken back'));
  await expect
    .poll(async () => (await newest('ben'))?.text)
    .toContain('What was listed as yours was taken back');
  expect(buttonsOf(await newest('ben'))).not.toContain('All mine');
  expect(await cairn.db.selectFrom('stints').select('confirmed_at').execute()).toEqual([
    { confirmed_at: expect.anything() },
  ]);
});
