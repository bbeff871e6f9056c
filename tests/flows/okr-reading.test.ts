import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn({ company: smallCompany });
});
afterAll(async () => cairn.close());

const answer = async (typed: string, who = 'ana') => {
  const person = cairn.as(who);
  const before = (await person.ephemerals('general')).length;
  await person.command(typed, { in: 'general' });
  await expect.poll(async () => (await person.ephemerals('general')).length).toBe(before + 1);
  return (await person.ephemerals('general')).at(-1);
};

describe('/okr', () => {
  it('lists what the asker owns, with how it stands', async () => {
    expect((await answer('/okr'))?.text).toBe(
      [
        'Your OKRs now',
        'Checkout that just works `reliable` · 2026-Q4 · Checkout · <@U0ANA>',
        ':white_circle: Failed payment rate `failed-rate`  3.1 %, target 2 % · 50 % of the way, 55 % expected · no answer yet · <@U0ANA>',
        ':white_circle: Days to refund `refund-days`  5 days, target 2 days · 25 % of the way, 55 % expected · no answer yet · <@U0BEN>',
      ].join('\n'),
    );
  });

  it('lists somebody else’s, a team’s, and what needs a look', async () => {
    expect((await answer('/okr list <@U0BEN|ben>'))?.text).toContain('OKRs of ben');
    expect((await answer('/okr list checkout'))?.text).toContain('OKRs of Checkout now');
    expect((await answer('/okr list at-risk'))?.text).toBe(
      'Nothing is at risk, off track or outdated in the current cycle.',
    );
  });

  it('does not know what is not there, and says what is near', async () => {
    expect((await answer('/okr list 2026-Q5'))?.text).toBe(
      "I don't know a cycle called “2026-Q5”. Did you mean `2026-Q4`?",
    );
    expect((await answer('/okr list nobody'))?.text).toBe(
      "I don't know a team or a person called “nobody”. `/okr list all` shows everything.",
    );
    expect((await answer('/okr show nothing'))?.text).toBe(
      "I don't know an objective or key result called “nothing”.",
    );
    expect((await answer('/okr show'))?.text).toBe(
      'Which one? For example `/okr show failed-rate`; `/okr tree` has them all.',
    );
  });

  it('offers what is near as buttons, which show it', async () => {
    const near = await answer('/okr show failed payment rat');
    expect(near?.text).toBe(
      "I don't know an objective or key result called “failed payment rat”. Did you mean one of these?\nFailed payment rate (key result)",
    );
    expect(buttonsOf(near)).toEqual(['Failed payment rate']);
    await cairn.as('ana').press('Failed payment rate');
    await expect
      .poll(async () => (await cairn.as('ana').ephemerals('general')).at(-1)?.text)
      .toContain('Failed payment rate `failed-rate`\nCheckout that just works `reliable`');
  });

  it('shows all of a key result, after a check-in with what was said', async () => {
    await cairn.turnTo('2026-11-23T09:00:00+01:00');
    const ana = cairn.as('ana');
    await ana.press('Check in');
    await expect.poll(async () => (await ana.modal())?.title.text).toBe('Check in');
    await ana.submit({ Value: '2.9', Confidence: '7', 'What changed?': 'Retries <!channel> are live.' });
    const shown = await answer('/okr show failed-rate');
    expect(shown?.text).toContain('2.9 %, target 2 % · started at 4.2 % · 59 % of the way, 59 % expected');
    expect(shown?.text).toContain(':large_yellow_circle: at risk, confidence 7 of 10');
    expect(shown?.text).toContain('<@U0ANA>: Retries &lt;!channel&gt; are live.');
    expect(buttonsOf(shown)).toEqual(['Edit', 'Number from elsewhere']);
    expect((await answer('/okr list at-risk'))?.text).toContain('Failed payment rate');
  });

  it('opens the form of what is shown', async () => {
    const ana = cairn.as('ana');
    await answer('/okr show failed-rate');
    await ana.press('Edit');
    await expect.poll(async () => (await ana.modal())?.title.text).toMatch(/key result/i);
    await ana.close({ all: true });
  });

  it('draws the tree, and shows an objective with its key results', async () => {
    expect((await answer('/okr tree'))?.text).toContain('Without a line of the strategy');
    expect((await answer('/okr show reliable'))?.text).toContain('Days to refund');
  });

  it('hides what is for named people from everybody else', async () => {
    await cairn.db
      .updateTable('objectives')
      .set({ visibility: 'people' })
      .where('key', '=', 'reliable')
      .execute();
    const outsider = await answer('/okr list all', 'chi');
    // Chi is an admin, and sees it all the same.
    expect(outsider?.text).toContain('Checkout that just works');
    await cairn.db
      .updateTable('people')
      .set({ is_slack_admin: false })
      .where('slack_id', '=', 'U0CHI')
      .execute();
    await cairn.db.updateTable('teams').set({ lead_id: null }).execute();
    expect((await answer('/okr list all', 'chi'))?.text).toBe(
      'There is no objective in the current cycle that you can see. `/okr add` writes one.',
    );
    expect((await answer('/okr show failed-rate', 'chi'))?.text).toBe(
      "I don't know an objective or key result called “failed-rate”.",
    );
  });

  it('sends nothing that the strict fake refuses', async () => {
    expect(await cairn.slack.refused()).toEqual([]);
  });
});
