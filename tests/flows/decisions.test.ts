import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn();
});
afterAll(async () => await cairn.close());

const modalOf = async (who: string) => JSON.stringify((await cairn.as(who).modal()) ?? null);
const said = async (who: string) => (await cairn.as(who).ephemerals('general')).at(-1)?.text ?? '';
const told = async (who: string) =>
  (await cairn.as(who).messages()).map((message) => JSON.stringify(message)).join('\n');
const beat = async (at: string) => await cairn.turnTo(at);

test('a decision is written down, and who approves it is asked in their message of the day', async () => {
  const ana = cairn.as('ana');
  await ana.command('/decide Do we keep the old checkout?', { in: 'general' });
  await expect.poll(() => modalOf('ana')).toContain('Do we keep the old checkout?');
  expect(await ana.submit({ Approver: 'U0CHI', 'Decide by': '2026-11-01' })).toMatchObject({
    errors: { due: 'That day is over. Pick today or a later one.' },
  });
  await ana.suggest('What is it about?', 'paym');
  const filled = {
    Approver: 'U0CHI',
    'Decide by': '2026-11-27',
    Options: 'Keep it\nDrop it',
    Informed: ['U0BEN'],
  };
  const about = { 'What is it about?': 'Payments (rock)' };
  expect(await ana.submit({ ...filled, ...about })).toMatchObject({ ok: true });
  await expect.poll(() => modalOf('ana')).toContain('It is written down.');
  await ana.close({ all: true });
  await beat('2026-11-20T12:05:00+01:00');
  await expect.poll(() => told('chi')).toContain('asks for your decision, by Fri 27 Nov: you approve it.');
});

test('who approves it decides with what and why, and those who have a part in it are told', async () => {
  const chi = cairn.as('chi');
  await chi.press('Decide');
  await expect.poll(() => modalOf('chi')).toContain('Which option?');
  expect(await chi.submit({ 'Which option?': 'Keep it', 'Why?': ' ' })).toMatchObject({
    errors: { why: 'Why? Whoever reads this in half a year will ask.' },
  });
  expect(
    await chi.submit({ 'Which option?': 'Keep it', 'Why?': 'Two banks <!channel> still need it.' }),
  ).toMatchObject({ ok: true });
  await expect.poll(() => modalOf('chi')).toContain('It is decided.');
  expect(await modalOf('chi')).toContain('&lt;!channel&gt;');
  await chi.close({ all: true });
  await beat('2026-11-20T12:10:00+01:00');
  await expect.poll(() => told('ben')).toContain('Decision 1 is made, approved by');
  await expect.poll(() => told('chi')).not.toContain('asks for your decision');
});

test('it is found by its words, its rock and its days, and opened', async () => {
  const ben = cairn.as('ben');
  for (const [typed, found] of [
    ['/decide list payments', 'Decisions about Payments'],
    ['/decide list "old checkout"', 'Decisions with “old checkout”'],
    ['/decide list since 20 Nov', 'Decisions since Fri 20 Nov'],
    ['/decide list banks', 'Keep it'],
    ['/decide list until 19 Nov', 'No decision until Thu 19 Nov that you can see.'],
    ['/decide list since never', 'I can’t read'.replace('’', "'")],
    ['/decide open', 'Nothing waits to be decided.'],
    ['/decide show 1', 'Decision 1: Do we keep the old checkout?'],
    ['/decide show 7', "I don't know decision 7."],
    ['/decide show', 'Which one?'],
    ['/decide opn', "I don't know `/decide opn`. Did you mean `/decide open`?"],
  ] as const) {
    await ben.command(typed, { in: 'general' });
    await expect.poll(() => said('ben')).toContain(found);
  }
  await ben.command('/decide list payments', { in: 'general' });
  await ben.press('Look');
  await expect.poll(() => modalOf('ben')).toContain('What we decided');
  await ben.close({ all: true });
});

test('a later one takes its place, and the first stays readable', async () => {
  const ana = cairn.as('ana');
  await ana.command('/decide 1', { in: 'general' });
  await expect.poll(() => said('ana')).toContain('Decided');
  await ana.press('Decide anew');
  await expect.poll(() => modalOf('ana')).toContain('Instead of decision 1');
  expect(
    await ana.submit({ 'What did you decide?': 'We drop it in January.', 'Why?': 'Both banks moved.' }),
  ).toMatchObject({ ok: true });
  await ana.close({ all: true });
  await ana.command('/decide show 1', { in: 'general' });
  await expect.poll(() => said('ana')).toContain('Superseded by decision 2');
});

test('one begins with a message, whose address stays with it', async () => {
  const message = await cairn.as('ben').say('Shall we open a shop in Oslo?', { in: 'general' });
  const ana = cairn.as('ana');
  await ana.shortcut('Write down a decision', message);
  await expect.poll(() => modalOf('ana')).toContain('Shall we open a shop in Oslo?');
  expect(await ana.submit({ Approver: 'U0CHI' })).toMatchObject({ ok: true });
  await expect.poll(() => modalOf('ana')).toContain('/archives/');
  await ana.close({ all: true });
  await ana.command('/decide open', { in: 'general' });
  await expect.poll(() => said('ana')).toContain('Shall we open a shop in Oslo?');
});

test('Slack refused nothing of it', async () => {
  expect(await cairn.slack.refused()).toEqual([]);
});
