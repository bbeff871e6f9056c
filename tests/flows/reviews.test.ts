import { afterAll, beforeAll, expect, test } from 'vitest';
import { buttonsOf, smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeAll(async () => {
  const company = `${smallCompany}  - { key: monthly, ritual: roadmap-review, channel: "#payments", schedule: "0 10 * * THU", timezone: Europe/Berlin, teams: [checkout], state: active }
  - { key: sync, ritual: sync, channel: "#payments", schedule: "0 11 * * FRI", timezone: Europe/Berlin, teams: [checkout], nudge_after: P1D, close_after: P2D, state: active }
roadmap:
  - { key: retries, title: Smart retries, horizon: now, owner: ana, team: checkout, rock: payments, due: 2026-12-01, impact: 5, effort: 3, alignment: 4 }
playbook:
  - { key: sync, name: Weekly sync, purpose: Know what others do., agenda: [Who is stuck?], questions: [What did you learn?, Where are you stuck?] }
`;
  cairn = await startCairn({ company });
});
afterAll(async () => await cairn.close());

const modalOf = async (who: string) => JSON.stringify((await cairn.as(who).modal()) ?? null);
const channel = async () => await cairn.slack.messages('payments');
const agenda = async () => (await channel()).findLast(({ text }) => text.startsWith('Roadmap review'));

test('two working days before, those who owe something to it are asked to bring it', async () => {
  await cairn.turnTo('2026-11-24T09:30:00+01:00');
  const told = (await cairn.as('ana').messages()).map(({ text }) => text).join('\n');
  expect(told).toContain('Roadmap review is on Thu 26 Nov, 10:00, in');
  expect(told).toContain('Smart retries: a word on what changed, and the date you believe in, if it has one');
});

test('at its time the agenda stands in the channel, each line with its facts and buttons', async () => {
  await cairn.turnTo('2026-11-26T10:01:00+01:00');
  const message = await agenda();
  expect(message?.text).toContain('Changed on the roadmap\n1. Smart retries');
  expect(buttonsOf(message)).toContain('Close review');
  expect(buttonsOf(message).slice(0, 3)).toEqual(['Decide', 'Add action', 'Defer']);
});

test('a line is decided, another given to somebody, a third put off', async () => {
  const ana = cairn.as('ana');
  await ana.press('Decide');
  await expect.poll(() => modalOf('ana')).toContain('What is decided?');
  expect(
    await ana.submit({
      'What did you decide?': 'We ship it to one bank first.',
      'Why?': 'It is the smallest step.',
      'Who approved it?': 'U0ANA',
    }),
  ).toMatchObject({ ok: true });
  await expect
    .poll(async () => (await agenda())?.text)
    .toContain('Decision 1: We ship it to one bank first.');
  const ben = cairn.as('ben');
  await ben.press('Add action');
  await expect.poll(() => modalOf('ben')).toContain('By when?');
  expect(
    await ben.submit({
      'What is to be done?': 'Ask the bank',
      'Who does it?': 'U0ANA',
      'By when?': '2026-11-20',
    }),
  ).toMatchObject({
    errors: { due: 'That day is over. Pick today or a later one.' },
  });
  expect(
    await ben.submit({
      'What is to be done?': 'Ask the bank',
      'Who does it?': 'U0ANA',
      'By when?': '2026-12-01',
    }),
  ).toMatchObject({ ok: true });
  await expect.poll(async () => (await agenda())?.text).toContain('<@U0ANA>: Ask the bank, by Tue 1 Dec');
  await ben.press('Defer');
  await expect.poll(async () => (await agenda())?.text).toContain('Put off to the next one by <@U0BEN>');
});

test('whoever closes it posts the minutes in the thread and in the channel', async () => {
  const ana = cairn.as('ana');
  await ana.press('Close review');
  await expect.poll(() => modalOf('ana')).toContain('So far: one decision, one action, one line put off.');
  expect(await ana.submit({})).toMatchObject({ ok: true });
  await expect.poll(async () => (await agenda())?.text).toContain('Closed by <@U0ANA>.');
  const minutes = async () =>
    (await channel()).filter(({ text }) => text.startsWith('Minutes: Roadmap review, 26 November 2026'));
  await expect.poll(async () => (await minutes()).length).toBe(2);
  expect((await minutes()).map(({ text }) => text)).toEqual(
    expect.arrayContaining([expect.stringContaining('Put off to the next one\n• ')]),
  );
  expect(buttonsOf(await agenda())).toEqual([]);
});

test('the buttons of a review that is closed say so, and what works at any time', async () => {
  const heard = async () => (await cairn.as('ben').ephemerals('payments')).map(({ text }) => text);
  const closed = await agenda();
  if (closed === undefined) throw new Error('no agenda');
  const line = await cairn.db.selectFrom('agenda_lines').select('id').orderBy('id').executeTakeFirstOrThrow();
  for (const verb of ['decide', 'action', 'defer']) {
    const before = (await heard()).length;
    await cairn.as('ben').press(`review:${verb}/${line.id}`, { message: closed, stale: true });
    await expect.poll(async () => (await heard()).length).toBe(before + 1);
    expect((await heard()).at(-1)).toBe(
      '*Roadmap review, 26 November 2026* is closed, and its minutes are in the thread. What still matters comes back next time.',
    );
  }
});

test('what the next one would talk about is read before it, in the text as in the blocks', async () => {
  await cairn.as('ben').command('/roadmap review', { in: 'payments' });
  const told = (await cairn.as('ben').ephemerals('payments')).at(-1);
  expect(told?.text).toMatch(
    /^The next one is on Thu 3 Dec, 04:00, in <#C0PAYMENTS>. This is what its agenda has so far:\nPut off last time\n1\. /,
  );
  expect(buttonsOf(told)).toEqual([]);
});

test('the next one begins with what was put off, and closes itself where nobody comes', async () => {
  await cairn.turnTo('2026-12-03T10:01:00+01:00');
  expect((await agenda())?.text).toContain('Put off last time\n1. ');
  await cairn.turnTo('2026-12-07T10:05:00+01:00');
  await expect.poll(async () => (await agenda())?.text).toContain('Closed by itself.');
  const last = (await channel()).findLast(({ text }) => text.startsWith('Minutes'));
  expect(last?.text).toContain(
    'Two working days went by and nobody wrote anything down, so it closed by itself.',
  );
});

test('a ritual of one’s own asks its questions, and the answers stand in its thread', async () => {
  await cairn.turnTo('2026-12-11T20:00:00+01:00');
  const chi = cairn.as('chi');
  await chi.press('Answer');
  await expect.poll(() => modalOf('chi')).toContain('What did you learn?');
  expect(await chi.submit({ 'What did you learn?': 'Banks are slow.' })).toMatchObject({ ok: true });
  const all = async () => (await channel()).map(({ text }) => text).join('\n');
  await expect.poll(all).toContain('What did you learn?\n> Banks are slow.');
  await expect.poll(all).toContain('1 of 1 have answered');
});

test('an action is not for a guest or for somebody who left', async () => {
  const ana = cairn.as('ana');
  await ana.press('Add action');
  await expect.poll(() => modalOf('ana')).toContain('About *Who is stuck?*');
  const sent = { 'What is to be done?': 'Ask the bank', 'By when?': '2026-12-18' };
  const refused = (words: string) => ({ ok: false, errors: { owner: expect.stringMatching(words) } });
  expect(await ana.submit({ ...sent, 'Who does it?': 'U0GUEST' })).toMatchObject(
    refused(' is a guest\\. Only full members can take an action\\.$'),
  );
  await cairn.slack.changeUser('chi', { deleted: true });
  const chi = cairn.db.selectFrom('people').select('deactivated_at').where('slack_id', '=', 'U0CHI');
  await expect.poll(async () => (await chi.executeTakeFirstOrThrow()).deactivated_at).not.toBeNull();
  expect(await ana.submit({ ...sent, 'Who does it?': 'U0CHI' })).toMatchObject(
    refused(' is deactivated in Slack\\. Only full members can take an action\\.$'),
  );
  await ana.close({ all: true });
});

test('a guest is turned away at each of its buttons', async () => {
  const words =
    'I answer full members of this workspace only. Ask one of them: they can surely look it up for you.';
  for (const [index, label] of ['Decide', 'Add action', 'Defer', 'Close review'].entries()) {
    await cairn.as('gus').press(label);
    const told = async () => (await cairn.as('gus').ephemerals('payments')).map(({ text }) => text);
    await expect.poll(told).toEqual(Array.from({ length: index + 1 }, () => words));
  }
});

test('a button of a review that was closed meanwhile says so', async () => {
  const [ben, ana] = [cairn.as('ben'), cairn.as('ana')];
  await ana.press('Decide');
  await expect.poll(() => modalOf('ana')).toContain('What is decided?');
  await ben.press('Close review');
  await expect.poll(() => modalOf('ben')).toContain('Close the review?');
  expect(await ben.submit({})).toMatchObject({ ok: true });
  const sent = { 'What did you decide?': 'We meet less.', 'Why?': 'Calm.', 'Who approved it?': 'U0ANA' };
  expect(await ana.submit(sent)).toMatchObject({
    errors: {
      outcome:
        'Weekly sync, 11 December 2026 is closed. /decide and /handoff take what you wrote: copy it before you close this form.',
    },
  });
  await ana.close({ all: true });
  const sync = async () => (await channel()).findLast(({ text }) => text.startsWith('Weekly sync,'));
  await expect.poll(async () => buttonsOf(await sync())).toEqual([]);
  const message = await sync();
  if (message === undefined) throw new Error('the agenda is not there');
  await ana.press('Defer', { message, stale: true });
  const told = async () => (await ana.ephemerals('payments')).at(-1)?.text;
  await expect
    .poll(told)
    .toContain('*Weekly sync, 11 December 2026* is closed, and its minutes are in the thread.');
});

test('Slack refused nothing of it', async () => {
  expect(await cairn.slack.refused()).toEqual([]);
});
