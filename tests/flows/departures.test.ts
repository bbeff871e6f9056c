import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttonsOf, startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeEach(async () => {
  cairn = await startCairn();
});
afterEach(async () => {
  expect(await cairn.slack.refused()).toEqual([]);
  await cairn.close();
});

const newest = async (person: string) => (await cairn.slack.messages(`@${person}`)).at(-1);
const saturday = '2026-11-21T12:30:00+01:00';

async function leave(): Promise<void> {
  await cairn.slack.changeUser('ana', { deleted: true });
  await cairn.turnTo('2026-11-20T12:10:00+01:00');
  await cairn.turnTo(saturday);
}

describe('somebody who was deactivated in Slack', () => {
  it('is announced to nobody, told to admins after a day, and released by one press, which opens what follows', async () => {
    await cairn.slack.changeUser('ana', { deleted: true });
    await cairn.turnTo('2026-11-21T11:00:00+01:00');
    expect(await cairn.slack.messages('@chi')).toEqual([]);
    await cairn.turnTo(saturday);
    expect(buttonsOf(await newest('chi'))).toEqual(['Release', 'Not now']);
    for (const place of ['payments', 'general', '@ben'])
      expect(await cairn.slack.messages(place)).toEqual([]);

    const chi = cairn.as('chi');
    await chi.press('Not now');
    await expect.poll(async () => buttonsOf(await newest('chi'))).toEqual(['Release']);
    expect((await newest('chi'))?.text).toContain('said: not now');

    await chi.press('Release');
    await expect.poll(async () => (await chi.modal())?.title.text).toBe('Hand off several');
    await chi.close();
    const told = (await cairn.slack.messages('@chi'))[0];
    expect(told?.text).toContain('What <@U0ANA> carried was released by <@U0CHI>');
    expect(buttonsOf(told)).toEqual(['Hand off several']);

    // Chi stands in for Payments, so `Hand off several` moves it from her.
    await chi.press('Hand off several');
    await expect
      .poll(async () => JSON.stringify(await chi.modal()))
      .toContain('What <@U0ANA> has left behind: *2 rocks*');
  });

  it('is told of in other words when they are back, and what was released is theirs again', async () => {
    await leave();
    await cairn.as('chi').press('Release');
    await expect.poll(async () => (await cairn.as('chi').modal())?.title.text).toBe('Hand off several');
    await cairn.as('chi').close();
    await cairn.slack.changeUser('ana', { deleted: false });
    await cairn.turnTo('2026-11-21T12:40:00+01:00');
    await expect
      .poll(async () => (await newest('ana'))?.text)
      .toBe('Good to have you back.\n• Yours again: Payments and Refunds.');
    await expect
      .poll(async () => (await cairn.slack.messages('@chi'))[0]?.text)
      .toBe('<@U0ANA> is back.\n• Theirs again: Payments and Refunds.');
    expect(buttonsOf((await cairn.slack.messages('@chi'))[0])).toEqual([]);
  });
});
