import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeAll(async () => {
  const company = smallCompany.replace('state: active', 'state: active, nudge_after: P1D, close_after: P2D');
  cairn = await startCairn({ company });
  // Chi stands in for both.
  const chi = await cairn.db
    .selectFrom('people')
    .select('id')
    .where('slack_id', '=', 'U0CHI')
    .executeTakeFirstOrThrow();
  await cairn.db.updateTable('key_results').set({ backup_id: chi.id }).execute();
});
afterAll(async () => cairn.close());

const newest = async (who: string) => (await cairn.as(who).messages()).filter((it) => !it.ephemeral).at(-1);
const told = async (who: string) => (await cairn.as(who).ephemerals('dm')).at(-1);
const modal = async (who: string) => JSON.stringify((await cairn.as(who).modal()) ?? null);
const channel = async () =>
  (await cairn.slack.messages('payments')).filter(({ text }) => text.startsWith('OKR check-in')).at(-1)?.text;

describe('/cadence rehearse', () => {
  it('shows the whole run to who may change it, and sends nothing', async () => {
    await cairn.as('chi').command('/cadence rehearse weekly-okr', { in: 'general' });
    await expect.poll(async () => (await cairn.as('chi').ephemerals('general')).length).toBe(1);
    const shown = (await cairn.as('chi').ephemerals('general')).at(-1);
    expect(shown?.text).toContain('A rehearsal, for you alone: the run of Mon 23 Nov');
    expect(shown?.text).toContain('It would ask');
    expect(JSON.stringify(shown?.blocks)).toContain('[ Check in ]');
    expect(buttonsOf(shown)).toEqual([]);
    expect(await cairn.slack.messages('payments')).toEqual([]);
    expect(await cairn.as('ana').messages()).toEqual([]);
  });

  it('refuses whoever may not', async () => {
    await cairn.as('ben').command('/cadence rehearse weekly-okr', { in: 'general' });
    await expect.poll(async () => (await cairn.as('ben').ephemerals('general')).length).toBe(1);
    expect((await cairn.as('ben').ephemerals('general')).at(-1)?.text).toMatch(
      /^You can look at this cadence/,
    );
  });
});

describe('the buttons below a question', () => {
  it('say why somebody sees it, and how it stops', async () => {
    await cairn.turnTo('2026-11-23T09:00:00+01:00');
    await cairn.as('ana').press('Why am I seeing this?');
    await expect
      .poll(async () => (await told('ana'))?.text)
      .toContain('You are asked because you own one key result of Checkout.');
  });

  it('put it off for two hours, and ask again then, in a message that is edited', async () => {
    const ana = cairn.as('ana');
    await ana.press('Snooze');
    await expect.poll(async () => buttonsOf(await told('ana'))).toEqual(['In 2 hours', 'Tomorrow']);
    await ana.press('In 2 hours');
    await expect
      .poll(async () => (await told('ana'))?.text)
      .toMatch(/^I ask you again (today|Mon 23 Nov).*11:0/);
    await cairn.turnTo('2026-11-23T10:00:00+01:00');
    expect((await newest('ana'))?.text).toBe('Put off, as you asked. It comes again.');
    await cairn.turnTo('2026-11-23T11:05:00+01:00');
    expect((await newest('ana'))?.text).toContain('Where do you stand with one key result?');
  });

  it('do not put it off past its end', async () => {
    await cairn.turnTo('2026-11-24T12:00:00+01:00');
    const ana = cairn.as('ana');
    await ana.press('Snooze');
    await expect.poll(async () => buttonsOf(await told('ana'))).toEqual(['In 2 hours', 'Tomorrow']);
    await ana.press('Tomorrow');
    await expect
      .poll(async () => (await told('ana'))?.text)
      .toBe('The check-in closes before that: Wed 25 Nov, 09:00. It takes about a minute.');
  });

  it('open the modal where nothing can be repeated, and repeat what was said last time with one press', async () => {
    const ben = cairn.as('ben');
    await ben.press('No change');
    await expect.poll(async () => await modal('ben')).toContain('Check in');
    await ben.submit({ Value: '5', Confidence: '6' });
    await cairn.turnTo('2026-11-30T16:00:00+01:00');
    await ben.press('No change');
    await expect.poll(async () => (await told('ben'))?.text).toBe('Thank you, you are in.');
    await expect.poll(channel).toContain('1 of 2 in.');
  });

  it('let the backup answer while somebody is away', async () => {
    const ana = cairn.as('ana');
    await ana.press("I'm away");
    await expect.poll(async () => await modal('ana')).toContain('Your last day away');
    expect(await ana.submit({ 'Your last day away': '2026-11-29' })).toMatchObject({
      errors: { until: expect.any(String) },
    });
    await ana.submit({ 'Your last day away': '2026-12-01' });
    expect(await modal('ana')).toBe('null');
    await cairn.turnTo('2026-11-30T16:05:00+01:00');
    expect((await newest('ana'))?.text).toBe(
      'You are away, so somebody else answers your check-in of 30 November 2026. Have a good time.',
    );
    expect(JSON.stringify((await newest('chi'))?.blocks)).toContain('You stand in for <@U0ANA> here.');
    await expect.poll(channel).toContain('1 of 3 in, 1 away.');
  });

  it('find another owner, who is asked whether it is theirs', async () => {
    const chi = cairn.as('chi');
    await chi.press('Not mine');
    await expect.poll(async () => await modal('chi')).toContain('Which is not yours?');
    expect(await chi.submit({ 'Who may have it?': 'U0CHI' })).toMatchObject({
      errors: { who: 'That is you. Name whoever may have it.' },
    });
    await chi.submit({ 'Who may have it?': 'U0BEN' });
    await expect.poll(async () => (await newest('ben'))?.text).toContain('thinks that it is yours');
    expect(buttonsOf(await newest('ben'))).toEqual(["It's mine", 'Not mine either']);
    await cairn.as('ben').press('Not mine either');
    await expect
      .poll(async () => (await newest('chi'))?.text)
      .toBe(
        '<@U0BEN> says that Failed payment rate is not theirs either. It stays with you for now; `/okr edit failed-rate` names another owner.',
      );
  });

  it('send nothing that the strict fake refuses', async () => {
    expect(await cairn.slack.refused()).toEqual([]);
  });
});
