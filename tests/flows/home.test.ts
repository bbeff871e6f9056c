import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startCairn, type TestCairn } from '../support/cairn.ts';
import { pressInHome, readHome } from '../support/home.ts';

let cairn: TestCairn;
beforeEach(async () => {
  cairn = await startCairn();
});
afterEach(async () => {
  expect(await cairn.slack.refused()).toEqual([]);
  await cairn.close();
});

const brief = {
  'Why it matters': 'Every booking ends here.',
  'Where it stands': 'Stable, two open questions.',
};
const footer = '`/owner payments` says who owns something, `/cairn help` what else I can do.';
const home = (person: string) => readHome(cairn, person);
const titleOf = (person: string) => async () => (await cairn.as(person).modal())?.title.text;
const publications = async (person: string) =>
  (await cairn.slack.log()).filter(
    ({ name, request }) => name === 'views.publish' && JSON.stringify(request).includes(person),
  ).length;

/** What follows of a team whose check-in is on Monday, and of Ana's one key result. */
const rituals = (time: string) => [
  'Your rituals',
  `• *OKR check-in* in <#C0PAYMENTS> · Mon 23 Nov, ${time}`,
  '`/cadence` has all of them, `/playbook` how each works.',
];
const ofAna = [
  'Your key results',
  ':white_circle: *Failed payment rate* `failed-rate`  3.1 %, target 2 % · 50 % of the way, 55 % expected · no answer yet · <@U0ANA>',
  ...rituals('09:00'),
];

/** Opens the Home of a person and waits until something is in it. */
async function open(person: string): Promise<void> {
  await cairn.as(person).openHome();
  await expect.poll(() => home(person)).not.toEqual([]);
}

describe('a Home that is opened', () => {
  it('shows what the person carries, each with what can be done with it, and what they stand in for', async () => {
    await open('ana');
    expect(await home('ana')).toEqual([
      'Nothing waits for you right now.',
      'Your backpack',
      'You carry 2 rocks.\n*Load* 2 of 15.',
      '*Payments* · Checkout [Hand off]',
      '*Refunds* · Checkout [Hand off]',
      ...ofAna,
      footer,
    ]);
    await open('chi');
    expect(await home('chi')).toEqual([
      'Nothing waits for you right now.',
      'Your backpack',
      'You carry none of your own, and stand in for one rock.',
      '*You stand in for*\n• *Payments* · Checkout · <@U0ANA>',
      ...rituals('08:00'),
      'For admins',
      '• Not set up yet: a channel for product operations and a channel for leaders',
      '[Set up]',
      footer,
    ]);
  });

  it('is kind to whoever carries nothing, and says what to do first', async () => {
    await cairn.slack.addUser({ id: 'U0NEW', name: 'newcomer', real_name: 'New Comer' });
    await open('newcomer');
    const words = (await home('newcomer')).join('\n');
    expect(words).toContain('Nothing waits for you, and you carry nothing yet.');
    expect(words).toContain('`/owner unowned` lists what nobody carries yet; perhaps one of these is yours');
  });

  it('has a friendly line for a guest, and is not kept', async () => {
    await open('gus');
    expect(await home('gus')).toEqual([
      'I answer full members of this workspace only. Ask one of them: they can surely look it up for you.',
    ]);
    expect(await cairn.db.selectFrom('homes').selectAll().execute()).toEqual([]);
  });

  it('does nothing for the tab of messages', async () => {
    const opened = { as: 'ana', tab: 'messages' };
    await fetch(`${cairn.fake.url}/_fake/open-home`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(opened),
    });
    await cairn.turnTo('2026-11-20T12:05:00+01:00');
    expect(await publications('U0ANA')).toBe(0);
  });
});

describe('a check-in', () => {
  it('waits in the Home of whoever owes it, can be answered there, and is gone when it is', async () => {
    await open('ana');
    await cairn.turnTo('2026-11-23T09:00:00+01:00');
    expect((await home('ana')).slice(0, 2)).toEqual([
      'Waits for you',
      '*OKR check-in, 23 November 2026*\nOne key result to answer. [Check in]',
    ]);
    await pressInHome(cairn, 'ana', 'Check in');
    await expect.poll(titleOf('ana')).toBe('Check in');
    await cairn.as('ana').submit({ Value: '2.9', Confidence: '8' });
    await expect.poll(async () => (await home('ana'))[0]).toBe('Nothing waits for you right now.');
  });

  it('that has closed meanwhile is answered late', async () => {
    await open('ana');
    await cairn.turnTo('2026-11-23T09:00:00+01:00');
    const ana = cairn.as('ana');
    const shown = (await ana.state()).home;
    await cairn.db.updateTable('occurrences').set({ state: 'held' }).execute();
    await ana.press('Check in', { view_id: shown?.id ?? '' });
    await expect.poll(titleOf('ana')).toBe('Check in');
    expect(JSON.stringify(await ana.modal())).toContain('Your answer still counts, as a late one.');
    await ana.close();
  });

  it('leaves the Home of whoever a newer one asks no more', async () => {
    await open('ben');
    await cairn.turnTo('2026-11-23T09:00:00+01:00');
    expect((await home('ben')).join('\n')).toContain('OKR check-in, 23 November 2026');
    await cairn.db
      .updateTable('key_results')
      .set({ owner_id: null })
      .where('key', '=', 'refund-days')
      .execute();
    await cairn.turnTo('2026-11-30T09:00:00+01:00');
    expect((await home('ben')).join('\n')).not.toContain('OKR check-in');
  });
});

describe('a handoff', () => {
  async function offer(): Promise<void> {
    await pressInHome(cairn, 'ana', 'Hand off', '*Payments*');
    await expect.poll(titleOf('ana')).toBe('Hand over');
    await cairn.as('ana').submit({ ...brief, To: 'U0BEN' });
    await expect.poll(async () => (await home('ben'))[0]).toBe('Waits for you');
    await expect.poll(async () => await home('ana')).toContain('You wait for');
  }

  it('is offered, read and accepted in two Homes, which both say so', async () => {
    for (const person of ['ana', 'ben', 'chi']) await open(person);
    await offer();
    expect(await home('ana')).toEqual([
      'Nothing waits for you right now.',
      'You wait for',
      '*Payments* waits for <@U0BEN> since 20 November 2026. [Withdraw]',
      'Your backpack',
      'You carry 2 rocks.\n*Load* 2 of 15.',
      '*Payments* · Checkout · offered to <@U0BEN>',
      '*Refunds* · Checkout [Hand off]',
      ...ofAna,
      footer,
    ]);
    expect((await home('ben')).slice(0, 3)).toEqual([
      'Waits for you',
      '*Payments* from <@U0ANA> waits for you since 20 November 2026.',
      '[Read the brief] [Decline]',
    ]);
    await pressInHome(cairn, 'ben', 'Read the brief');
    await expect.poll(titleOf('ben')).toBe('The brief');
    await cairn.as('ben').submit();
    await expect.poll(() => home('ben')).toContain('*Payments* · Checkout [Hand off]');
    await expect.poll(() => home('ana')).toContain('You carry one rock.\n*Load* 1 of 15.');
    await expect
      .poll(async () => (await home('chi')).join('\n'))
      .toContain('• *Payments* · Checkout · <@U0BEN>');
  });

  it('is declined from Home with a reason', async () => {
    for (const person of ['ana', 'ben']) await open(person);
    await offer();
    await pressInHome(cairn, 'ben', 'Decline');
    await expect.poll(titleOf('ben')).toBe('Decline');
    await cairn.as('ben').submit({ 'Why not now?': 'Too much until January.' });
    await expect.poll(async () => (await home('ben'))[0]).toBe('Nothing waits for you right now.');
    await expect.poll(() => home('ana')).not.toContain('You wait for');
  });

  it('is withdrawn from Home; pressed again in a Home that still shows it, a modal says what became of it', async () => {
    for (const person of ['ana', 'ben']) await open(person);
    await offer();
    const { id } = await cairn.db.selectFrom('handoffs').select('id').executeTakeFirstOrThrow();
    await pressInHome(cairn, 'ana', 'Withdraw');
    await expect.poll(() => home('ana')).not.toContain('You wait for');
    await expect.poll(async () => (await home('ben'))[0]).toBe('Nothing waits for you right now.');

    await sendPress('U0BEN', 'handoff:decline', String(id));
    await expect.poll(titleOf('ben')).toBe('Cairn');
    expect(JSON.stringify(await cairn.as('ben').modal())).toContain('This offer was withdrawn meanwhile.');
  });

  it('that is offered twice is refused in a modal', async () => {
    for (const person of ['ana', 'ben']) await open(person);
    await offer();
    const { id } = await cairn.db
      .selectFrom('rocks')
      .select('id')
      .where('key', '=', 'payments')
      .executeTakeFirstOrThrow();
    await sendPress('U0ANA', 'handoff:start', String(id));
    await expect.poll(titleOf('ana')).toBe('Cairn');
    expect(JSON.stringify(await cairn.as('ana').modal())).toContain('is offered to <@U0BEN> already.');
  });

  /** A press that the Home of that moment does not show any more: a client that has not caught up. */
  async function sendPress(user: string, actionId: string, value: string): Promise<void> {
    const payload = {
      type: 'block_actions',
      team: { id: 'T0CAIRN', domain: 'test' },
      user: { id: user, name: 'x', team_id: 'T0CAIRN' },
      api_app_id: 'A0CAIRN',
      token: 'x',
      container: { type: 'view', view_id: 'V1' },
      trigger_id: cairn.fake.slack.world().triggers.issue(user),
      view: { id: 'V1', type: 'home', blocks: [] },
      actions: [{ type: 'button', action_id: actionId, block_id: 'b', value, action_ts: '1.1' }],
    };
    await cairn.post(`payload=${encodeURIComponent(JSON.stringify(payload))}`);
  }
});

describe('a Home is published', () => {
  it('again when its person takes a rock elsewhere, and not for a change that it does not show', async () => {
    await open('ben');
    expect(await publications('U0BEN')).toBe(1);
    await cairn.as('ben').command('/owner pricing', { in: 'general' });
    await cairn.as('ben').press('Take it');
    await expect.poll(() => home('ben')).toContain('You carry 2 rocks.\n*Load* 2 of 15.');
    expect(await publications('U0BEN')).toBe(2);

    await cairn.db
      .updateTable('homes')
      .set((eb) => ({ wanted_revision: eb('wanted_revision', '+', 1) }))
      .execute();
    await cairn.turnTo('2026-11-20T12:05:00+01:00');
    expect(await publications('U0BEN')).toBe(2);
    const [row] = await cairn.db.selectFrom('homes').selectAll().execute();
    expect(row?.shown_revision).toBe(row?.wanted_revision);
  });

  it('for nobody who never opened theirs', async () => {
    await cairn.turnTo('2026-11-23T16:00:00+01:00');
    expect((await cairn.slack.messages('@ana')).length).toBe(1);
    expect((await cairn.slack.log()).filter(({ name }) => name === 'views.publish')).toEqual([]);
  });

  it('with an apology when it cannot be read, and whole when it is opened again', async () => {
    await open('ana');
    await cairn.db.schema.alterTable('rock_backups').renameTo('rock_backups_away').execute();
    await cairn.as('ana').openHome();
    await expect
      .poll(async () => (await home('ana'))[0])
      .toMatch(/^Sorry, that went wrong on my side\..*\*[A-Z0-9]{6}\*/);
    await cairn.db.schema.alterTable('rock_backups_away').renameTo('rock_backups').execute();
    await cairn.as('ana').openHome();
    await expect.poll(() => home('ana')).toContain('You carry 2 rocks.\n*Load* 2 of 15.');
  });
});
