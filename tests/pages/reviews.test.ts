import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, openBrowser } from '../support/browser.ts';
import { startCairn, type TestCairn } from '../support/cairn.ts';
import { smallWorkspace } from '../support/fake-slack/server.ts';
import { type Visit, visit } from './playground.ts';

const chromium = findChromium();

/** A company that reviews its roadmap each month and its strategy and rocks each quarter, and tells its leaders each Monday. */
const company = `
version: 1
people:
  ana: { email: ana@test.example }
  ben: { email: ben@test.example }
  chi: { email: chi@test.example }
teams:
  - { key: checkout, name: Checkout, lead: chi, channel: "#payments", members: [ana, ben] }
rocks:
  - { key: payments, name: Payments, summary: "Cards, wallets and payouts.", owner: ana, backups: [chi], team: checkout, importance: critical }
  - { key: refunds, name: Refunds, owner: ana, team: checkout }
  - { key: payment-partners, name: Payment partners, owner: ben, team: checkout }
  - { key: pricing, name: Pricing, type: activity, importance: important }
strategy:
  vision: Money moves as easily as a message.
  intents:
    - key: trust
      title: The payment partner that never loses a cent
      measure: Failed payments below 2 %
      owner: chi
      rank: 1
      initiatives: [{ key: fewer-failures, title: Halve failed payments }]
    - { key: everywhere, title: Pay in every country we travel to, rank: 2 }
cycles: [{ key: 2026-Q4, starts: 2026-10-01, ends: 2026-12-31 }]
objectives:
  - key: reliable
    title: Checkout that just works
    owner: ana
    team: checkout
    cycle: 2026-Q4
    supports: fewer-failures
    key_results:
      - { key: failed-rate, title: Failed payment rate, owner: ana, type: percent, start: 4.2, target: 2, current: 3.1, commitment: committed }
      - { key: refund-days, title: Days to refund, owner: ben, type: number, unit: days, start: 6, target: 2, current: 5, commitment: aspirational }
roadmap:
  - { key: retries, title: Smart retries, summary: A failed card is tried again by another way., horizon: now, owner: ana, team: checkout, rock: payments, supports: reliable, due: 2026-11-20, impact: 5, effort: 3, alignment: 4 }
  - { key: wallets, title: Wallets in one tap, horizon: next, owner: ben, team: checkout, supports: everywhere, impact: 4, effort: 2, alignment: 4 }
  - { key: pay-later, title: Pay later for groups, horizon: later, owner: ben, team: checkout }
cadences:
  - { key: monthly, ritual: roadmap-review, channel: "#leaders", schedule: second Thursday of the month at 14:00, timezone: Europe/Berlin, state: active }
  - { key: strategy, ritual: strategy-review, channel: "#leaders", schedule: second Tuesday of the quarter at 14:00, timezone: Europe/Berlin, state: active }
  - { key: audit, ritual: ownership-audit, channel: "#general", schedule: third Tuesday of the quarter at 10:00, timezone: Europe/Berlin, close_after: P5D, state: active }
  - { key: digest, ritual: digest, channel: "#leaders", schedule: every Monday at 14:00, timezone: Europe/Berlin, state: active }
`;
const seed = {
  ...smallWorkspace,
  channels: [
    ...(smallWorkspace.channels ?? []),
    { id: 'C0LEADERS', name: 'leaders', members: 'all' as const },
    { id: 'G0OPS', name: 'ops', members: ['chi', 'ana'], is_private: true },
  ],
};
const kept = 'We keep it until March.';
const dropped = 'We drop it at the end of the year.';

/** One company, one quarter: each walk goes on where the one before it ended. */
describe.skipIf(chromium === null)('a quarter of reviews (skipped where there is no Chromium)', () => {
  let browser: Browser;
  let cairn: TestCairn;
  let seen: Visit;
  beforeAll(async () => {
    [browser, cairn] = await Promise.all([
      openBrowser(chromium ?? ''),
      startCairn({ company, at: '2026-10-02T12:00:00+02:00', fake: { page: true, seed } }),
    ]);
    const { id } = await cairn.db
      .selectFrom('channels')
      .select('id')
      .where('slack_id', '=', 'G0OPS')
      .executeTakeFirstOrThrow();
    await cairn.db.updateTable('workspaces').set({ product_operations_channel_id: id }).execute();
    seen = await visit(browser, cairn.fake.url);
    await seen.page.setViewportSize({ width: 1280, height: 1400 });
  });
  afterAll(async () => {
    await browser.close();
    await cairn.close();
  });

  /** A picture to look at, where a folder for them is named. */
  const shot = async (name: string, of: Locator): Promise<void> => {
    const folder = process.env['CAIRN_SHOTS'];
    if (folder !== undefined) await of.screenshot({ path: `${folder}/${name}.png` });
  };
  const modalOf = async (who: string) => JSON.stringify((await cairn.as(who).modal()) ?? null);
  const leaders = async () => await cairn.slack.messages('leaders');
  const agenda = async (day: string, name = 'Roadmap review') =>
    (await leaders()).find(({ text }) => text.startsWith(`${name}, ${day}`));
  const told = async (who: string) => (await cairn.as(who).messages()).map(({ text }) => text).join('\n');
  /** Presses what stands below a line of the newest agenda that has it. */
  const press = async (who: string, verb: 'decide' | 'action' | 'defer', day: string, title: string) => {
    const { id } = await cairn.db
      .selectFrom('agenda_lines')
      .select('id')
      .where('title', '=', title)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    const message = await agenda(day);
    if (message === undefined) throw new Error(`no review of ${day} is in the channel`);
    await cairn.as(who).press(`review:${verb}/${id}`, { message });
  };
  const close = async (who: string, day: string) => {
    const message = await agenda(day);
    if (message === undefined) throw new Error(`no review of ${day} is in the channel`);
    await cairn.as(who).press('Close review', { message });
    await expect.poll(() => modalOf(who)).toContain('Close the review?');
    expect(await cairn.as(who).submit({})).toMatchObject({ ok: true });
    await expect
      .poll(async () => (await leaders()).filter(({ text }) => text.startsWith('Minutes')).at(-1)?.text)
      .toContain(day);
  };

  it('begins with a digest that product operations sees four hours ahead', async () => {
    await cairn.turnTo('2026-10-05T10:00:30+02:00');
    await seen.open('ops');
    await seen.message('This goes to').waitFor();
    await seen
      .message('This goes to')
      .getByRole('img', { name: /Load by person/ })
      .waitFor();
    await shot('digest-preview', seen.message('This goes to'));
    expect((await leaders()).filter(({ text }) => text.startsWith('Digest'))).toEqual([]);
    await cairn.turnTo('2026-10-05T14:01:00+02:00');
    await seen.open('leaders');
    await seen.message('Digest for leaders, 5 October 2026').waitFor();
    await shot('digest', seen.message('Digest for leaders, 5 October 2026'));
  });

  it('asks two working days before the first review what people bring', async () => {
    await cairn.as('ana').command('/decide Do we keep the old checkout?', { in: 'general' });
    await expect.poll(() => modalOf('ana')).toContain('Do we keep the old checkout?');
    expect(
      await cairn
        .as('ana')
        .submit({ Approver: 'U0CHI', 'Decide by': '2026-10-16', Options: `${kept}\n${dropped}` }),
    ).toMatchObject({ ok: true });
    await cairn.as('ana').close({ all: true });
    await cairn.turnTo('2026-10-06T10:00:00+02:00');
    await expect.poll(() => told('ana')).toContain('Roadmap review is on Thu 8 Oct, 14:00');
  });

  it('talks through an agenda that wrote itself: one line decided, one given to somebody, one put off', async () => {
    await cairn.turnTo('2026-10-08T14:01:00+02:00');
    const { page, modal } = seen;
    const message = seen.message('Roadmap review, 8 October 2026');
    await message.getByRole('button', { name: 'Close review' }).waitFor();
    await shot('review', message);
    const text = (await agenda('8 October 2026'))?.text ?? '';
    expect(text).toContain('Wallets in one tap');
    const position = Number(/(\d+)\. Do we keep the old checkout\?/.exec(text)?.[1]);
    await message
      .getByRole('button', { name: 'Decide' })
      .nth(position - 1)
      .click();
    await modal.getByRole('heading', { name: 'Decision 1' }).waitFor();
    await modal
      .getByRole('textbox', { name: 'Why?' })
      .fill('Two banks cannot take the new one before spring.');
    await shot('review-decide', modal);
    await modal.getByRole('button', { name: 'Cancel' }).click();
    await modal.waitFor({ state: 'detached' });
    await press('chi', 'decide', '8 October 2026', 'Do we keep the old checkout?');
    await expect.poll(() => modalOf('chi')).toContain('Which option?');
    expect(
      await cairn.as('chi').submit({
        'Which option?': kept,
        'Why?': 'Two banks cannot take the new one before spring.',
        'Look at it again on': '2026-11-10',
      }),
    ).toMatchObject({ ok: true });
    await press('ana', 'action', '8 October 2026', 'Pricing');
    await expect.poll(() => modalOf('ana')).toContain('What is to be done?');
    const action = { 'What is to be done?': 'Find somebody who carries pricing', 'Who does it?': 'U0BEN' };
    expect(await cairn.as('ana').submit({ ...action, 'By when?': '2026-10-15' })).toMatchObject({ ok: true });
    await press('ben', 'defer', '8 October 2026', 'Wallets in one tap');
    await expect
      .poll(async () => (await agenda('8 October 2026'))?.text)
      .toMatch(
        /Decision 1: We keep it until March[\s\S]*Put off to the next one by <@U0BEN>|Put off to the next one by <@U0BEN>[\s\S]*Decision 1/,
      );
    await message.getByText('Find somebody who carries pricing').waitFor();
    await message.getByText('Put off to the next one by').waitFor();
    await shot('review-worked', message);
    await close('ana', '8 October 2026');
    await seen.message('Minutes: Roadmap review, 8 October 2026').waitFor();
    await shot('review-minutes', seen.message('Minutes: Roadmap review, 8 October 2026'));
    await expect
      .poll(() => page.locator('#channel').getByRole('button', { name: 'Close review' }).count())
      .toBe(0);
  });

  it('reviews the strategy, and closes that by itself where nobody does', async () => {
    await cairn.turnTo('2026-10-13T14:01:00+02:00');
    const message = seen.message('Strategy review, 13 October 2026');
    await message.getByText('Pay in every country we travel to').first().waitFor();
    await shot('strategy-review', message);
    await cairn.turnTo('2026-10-15T14:05:00+02:00');
    await expect
      .poll(async () => (await agenda('13 October 2026', 'Strategy review'))?.text)
      .toContain('Closed by itself.');
  });

  it('reminds of an action once before its day and once after, and then never again', async () => {
    await cairn.turnTo('2026-10-17T12:00:00+02:00');
    const reminders = await cairn.db
      .selectFrom('daily_parts')
      .select(['key', 'state'])
      .where('key', 'like', 'action-reminder:%')
      .execute();
    expect(reminders).toHaveLength(2);
    await expect.poll(() => told('ben')).toContain('Find somebody who carries pricing');
  });

  it('asks each owner once in the quarter whether their rocks are still theirs', async () => {
    await cairn.turnTo('2026-10-20T16:00:00+02:00');
    await cairn.as('ana').press('All still mine');
    await expect
      .poll(
        async () =>
          (await cairn.slack.messages('general')).find(({ text }) => text.startsWith('Ownership audit'))
            ?.text,
      )
      .toContain('2 of 3 confirmed');
  });

  it('brings back in the second review what was put off, what is to be looked at again, and what nobody did', async () => {
    await cairn.turnTo('2026-11-12T14:01:00+01:00');
    const text = (await agenda('12 November 2026'))?.text ?? '';
    expect(text).toContain('Put off last time\n1. Wallets in one tap');
    expect(text).toContain('Decisions due for another look');
    expect(text).toContain('Actions to follow up');
    await seen.open('leaders');
    const message = seen.message('Roadmap review, 12 November 2026');
    await message.getByRole('button', { name: 'Close review' }).waitFor();
    await shot('review-second', message);
    await press('chi', 'decide', '12 November 2026', 'Do we keep the old checkout?');
    await expect.poll(() => modalOf('chi')).toContain('Instead of decision 1');
    expect(
      await cairn.as('chi').submit({
        'What did you decide?': dropped,
        'Why?': 'Both banks are ready.',
      }),
    ).toMatchObject({ ok: true });
    await cairn.as('ben').command('/cairn actions', { in: 'general' });
    await expect
      .poll(async () => (await cairn.as('ben').ephemerals('general')).at(-1)?.text)
      .toContain('Find somebody who carries pricing');
    await cairn.as('ben').press('Done');
    await expect
      .poll(async () => (await cairn.db.selectFrom('actions').select('state').executeTakeFirst())?.state)
      .toBe('done');
    await close('chi', '12 November 2026');
  });

  it('has in the third one only what is new', async () => {
    await cairn.as('ana').command('/roadmap move retries shipped', { in: 'general' });
    await expect
      .poll(async () => (await cairn.as('ana').ephemerals('general')).at(-1)?.text)
      .toContain('Smart retries');
    await cairn.turnTo('2026-12-10T14:01:00+01:00');
    const text = (await agenda('10 December 2026'))?.text ?? '';
    expect(text).toMatch(/Changed on the roadmap\n1\. Smart retries\nshipped/);
    expect(text).not.toContain('Put off last time');
    expect(text).not.toContain('Do we keep the old checkout?');
    expect(text).not.toContain('Find somebody');
    await close('ben', '10 December 2026');
  });

  it('tells leaders on each of its thirteen Mondays, shortly where there is little', async () => {
    await cairn.turnTo('2026-12-28T14:01:00+01:00');
    const digests = (await leaders()).filter(({ text }) => text.startsWith('Digest for leaders'));
    expect(digests).toHaveLength(13);
    expect(digests.find(({ text }) => text.includes('12 October 2026'))?.text).toContain(
      'Do we keep the old checkout?',
    );
    await seen.open('leaders');
    await seen.message('Digest for leaders, 28 December 2026').waitFor();
    await shot('digest-last', seen.message('Digest for leaders, 28 December 2026'));
  });

  it('has kept what was decided: the later decision, and the earlier one that it took the place of', async () => {
    await seen.open('general');
    await seen.send('/decide list "old checkout"');
    const found = seen.message('Decisions with “old checkout”');
    await found.getByText('superseded by decision 2').waitFor();
    await shot('decisions', found);
    await seen.send('/roadmap all');
    const roadmap = seen.message('Only visible to you');
    await roadmap.getByText('Pay later for groups').waitFor();
    await shot('roadmap', roadmap);
    await seen.send('/playbook roadmap-review');
    await seen.message('Roadmap review').waitFor();
    await shot('playbook', seen.message('Roadmap review'));
  });

  it('broke no limit of Slack, and the page complained of nothing', async () => {
    expect(await cairn.slack.refused()).toEqual([]);
    expect(seen.complaints).toEqual([]);
  });
});
