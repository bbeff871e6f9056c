import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';
import { readHome } from '../support/home.ts';

/** The small company with an ownership audit on Monday, in Berlin. */
const company = `${smallCompany}
  - { key: audit, ritual: ownership-audit, channel: "#general", schedule: "0 9 * * MON", timezone: Europe/Berlin, nudge_after: P1D, close_after: P2D }
`;

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn({ company });
  await cairn.turnTo('2026-11-23T16:00:00+01:00');
});
afterAll(() => cairn?.close());

const newest = async (who: string) => (await cairn.as(who).ephemerals('dm')).at(-1);
const prompt = async (who: string) =>
  (await cairn.as(who).messages()).find((it) => !it.ephemeral && /rocks?\b/i.test(it.text ?? ''))?.text;
const audit = async () =>
  (await cairn.slack.messages('#general')).find(({ text }) => text?.startsWith('Ownership audit'))?.text;

describe('the quarterly audit', () => {
  it('is answered by one press; a second one is kindly the same', async () => {
    expect(await audit()).toMatch(/^Ownership audit, 23 November 2026: 0 of 3 confirmed\./);
    expect(await prompt('ana')).toMatch(
      /^Two things for today: .* · 2 rocks of yours: are they all still yours\?$/,
    );
    const message = (await cairn.as('ana').messages()).find(({ text }) => text?.includes('2 rocks of yours'));
    expect(buttonsOf(message)).toEqual([
      'Check in',
      'No change',
      'Snooze',
      "I'm away",
      'Not mine',
      'Why am I seeing this?',
      'All still mine',
      'Show me',
    ]);
    await cairn.as('ana').press('All still mine');
    await expect.poll(async () => (await newest('ana'))?.text).toBe('Confirmed: 2 rocks. Thank you.');
    await expect.poll(audit).toMatch(/: 2 of 3 confirmed\./);
    await expect.poll(() => prompt('ana')).toMatch(/· Thank you, all 2 rocks of yours are confirmed\.$/);
  });

  it('shows each rock, of which one can be left with a reason, or handed off', async () => {
    await cairn.as('ben').press('Show me');
    await expect.poll(async () => (await newest('ben'))?.text).toMatch(/^Payment partners · confirmed/);
    expect(buttonsOf(await newest('ben'))).toEqual(['Still mine', 'Not mine any more']);
    await cairn.as('ben').press('Not mine any more');
    await expect.poll(async () => (await cairn.as('ben').modal())?.title.text).toBe('Not mine any more');
    expect(buttonsOf(await cairn.as('ben').modal())).toContain('Hand off');
    await cairn.as('ben').submit({ 'Or leave it unowned. Why?': 'I do search now.' });
    await cairn.as('ben').close({ all: true });
    await expect.poll(audit).toMatch(/: 2 of 2 confirmed\. 2 rocks are owned by nobody\./);
  });

  it('answers a stale press with the words for it, and the list as it is', async () => {
    await cairn.as('ben').press('Still mine');
    await expect
      .poll(async () => (await newest('ben'))?.text)
      .toBe(
        'Nobody owns *Payment partners*, so there is nothing to confirm. `/rock take payment-partners` makes it yours.\nNothing here is yours any more, so nothing is asked of you.',
      );
  });

  it('sums up in the thread, without names', async () => {
    await cairn.turnTo('2026-11-25T16:00:00+01:00');
    const summary = (await cairn.slack.messages('#general')).find(({ text }) =>
      text?.startsWith('This audit is closed.'),
    );
    expect(summary?.text).toBe(
      'This audit is closed. 2 of 2 confirmed. 2 rocks are owned by nobody: `/owner unowned`.',
    );
  });
});

it('is told on its card as what it asks, of all rocks and of no cycle', async () => {
  await cairn.as('ana').command('/cadence audit', { in: 'general' });
  const card = (await cairn.as('ana').ephemerals('general')).at(-1)?.text;
  expect(card).toContain('Asks the owners of all rocks; one person as things stand');
  expect(card).not.toContain('cycle');
});

it('a story says which team a rock went to, and why somebody gave it up', async () => {
  const rock = await cairn.db
    .selectFrom('rocks')
    .select(['id', 'team_id'])
    .where('key', '=', 'payment-partners')
    .executeTakeFirstOrThrow();
  const team = await cairn.db
    .selectFrom('teams')
    .select('id')
    .where('key', '=', 'checkout')
    .executeTakeFirstOrThrow();
  await cairn.db
    .insertInto('events')
    .values({
      workspace_id: cairn.workspaceId,
      at: '2026-11-25T12:00:00Z',
      actor: 'operator',
      type: 'rock.changed',
      subject_kind: 'rock',
      subject_id: rock.id,
      before: JSON.stringify({ team_id: null }),
      after: JSON.stringify({ team_id: team.id }),
    })
    .execute();
  await cairn.as('ana').command('/rock history payment partners', { in: 'general' });
  const story = (await cairn.as('ana').ephemerals('general')).at(-1)?.text;
  expect(story).toContain('given up on 23 November 2026 because: I do search now.');
  expect(story).toContain('Nobody since 23 November 2026');
  expect(story).toContain('Changed on 25 November 2026: team from none to Checkout');
});

describe('the menu below an audit', () => {
  it('leaves it in one press with a reason, and says what that means', async () => {
    await cairn.turnTo('2026-11-30T16:00:00+01:00');
    await cairn.as('ana').press('audit:later', { value: 'Leave this ritual: asked too often' });
    await expect
      .poll(async () => (await newest('ana'))?.text)
      .toMatch(
        /^You have left `audit`: asked too often\. It asks you nothing any more\. Nobody is asked about 2 rocks now\./,
      );
    expect(buttonsOf(await newest('ana'))).toEqual(['Come back']);
    const told = async () => (await cairn.as('ana').messages()).map(({ text }) => text ?? '');
    await expect.poll(async () => (await told()).join('\n')).toContain('You have left `audit`');
    const channel = async () =>
      (await cairn.slack.messages('#general')).findLast(({ text }) => text?.startsWith('Ownership audit'))
        ?.text;
    await expect.poll(channel).toContain('unasked: with somebody who has left this ritual.');
  });

  it('and their Home and the ritual’s card have the way back', async () => {
    await cairn.as('ana').openHome();
    await expect.poll(async () => (await readHome(cairn, 'ana')).join('\n')).toContain('you have left it');
    await cairn.as('ana').command('/cadence audit', { in: 'general' });
    const card = (await cairn.as('ana').ephemerals('general')).at(-1);
    expect(card?.text).toContain('You have left it, so it asks you nothing');
    await cairn.as('ana').press('Come back', card === undefined ? {} : { message: card });
    await expect
      .poll(async () => (await cairn.as('ana').ephemerals('general')).at(-1)?.text)
      .toBe('Welcome back. `audit` asks you again from its next time on.');
  });
});
