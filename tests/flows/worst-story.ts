import { afterAll, beforeAll, expect, it } from 'vitest';
import { buttonsOf } from '../support/cairn.ts';
import { pressInHome } from '../support/home.ts';
import { WorstWalk } from '../support/worst-walk.ts';

/** All that Cairn can do by now, walked in a company in which every field is full of the worst: to be described. */
export function walkEverywhere(text: (length: number) => string): void {
  let walk: WorstWalk;
  beforeAll(async () => {
    walk = await WorstWalk.start(text, { rocks: 24, keyResults: 20 });
  });
  afterAll(async () => walk.cairn.close());

  const ana = () => walk.cairn.as('ana');
  const ben = () => walk.cairn.as('ben');
  const posted = async () => (await walk.cairn.slack.messages('payments')).filter((it) => !it.ephemeral);

  it('answers every question about it', async () => {
    const names = [
      '@ana',
      '@ben',
      '#payments',
      'unowned',
      'stale',
      'rock',
      'help',
      'https://wiki.test.example/0/1',
    ];
    const strange = [
      `"${walk.typed(150)}"`,
      walk.typed(1_000),
      `https://other.test.example/${'x'.repeat(900)}`,
    ];
    for (const question of [...names, ...strange]) await walk.answerTo('ana', `/owner ${question}`);
    const commands = [
      'cairn help',
      `cairn ${walk.typed(200)}`,
      'handoff help',
      `handoff ${walk.typed(150)} @ben`,
    ];
    const others = [
      `handoff lend ${walk.typed(50)}`,
      'okr',
      `okr ${walk.typed(200)}`,
      `checkin ${walk.typed(100)}`,
    ];
    for (const command of [...commands, ...others]) await walk.answerTo('ana', `/${command}`);
    await walk.answerTo('gus', '/owner rock-0', 'payments');
  });

  it('shows a card, shares it, tells its history, chooses among several and gives what is free', async () => {
    const card = await walk.answerTo('ana', '/owner rock-0', 'payments');
    expect(buttonsOf(card)).toEqual(['Share', 'Hand off', 'History']);
    await ana().press('History');
    await ana().press('Share');
    await expect.poll(async () => (await posted()).length).toBe(1);
    const choice = await walk.answerTo('ana', '/owner rock', 'payments');
    const [first = ''] = buttonsOf(choice);
    await ana().press(first, { message: choice });
    await walk.answerTo('chi', '/owner free');
    await walk.cairn.as('chi').press('Take it');
    const taken = async () => buttonsOf((await walk.cairn.as('chi').ephemerals('general')).at(-1));
    await expect.poll(taken).toContain('Hand off');
  });

  it('hands rocks over with the longest briefs: declined with words, withdrawn, accepted and thanked for', async () => {
    for (const person of ['ana', 'ben', 'chi', 'gus']) await walk.cairn.as(person).openHome();
    await walk.offer('rock-0');
    await ben().press('Decline');
    await walk.modalIs('ben', 'Decline');
    await ben().submit({ 'Why not now?': walk.words(1_000) });
    await expect.poll(async () => (await walk.newest('ana'))?.text).toContain('cannot take');

    await walk.offer('rock-1');
    await ana().press('Withdraw');
    await expect.poll(async () => buttonsOf(await walk.newest('ben'))).toEqual([]);

    const before = (await posted()).length;
    await walk.offer('rock-2');
    await ben().press('Read the brief');
    await walk.modalIs('ben', 'The brief');
    await ben().submit();
    await expect.poll(async () => (await posted()).length).toBe(before + 1);
  });

  it('lists what waits, in Home as well', async () => {
    for (let index = 10; index < 17; index += 1) await walk.offer(`rock-${index}`);
    await walk.answerTo('ana', '/handoff');
    await walk.answerTo('ben', '/handoff');
    await expect.poll(() => walk.homeOf('ben')).toContain('… and 2 more.');
    await pressInHome(walk.cairn, 'ben', 'Read the brief');
    await walk.modalIs('ben', 'The brief');
    await ben().close();
    await pressInHome(walk.cairn, 'ana', 'Withdraw');
    await expect.poll(() => walk.homeOf('ana')).toContain('… and 1 more.');
    await pressInHome(walk.cairn, 'ana', 'More');
    await expect.poll(() => walk.homeOf('ana')).toContain('*You stand in for*');
  });

  it('asks for key results, takes the longest answers, changes them and counts them', async () => {
    await walk.cairn.turnTo('2026-11-23T09:00:00+01:00');
    await expect.poll(() => walk.homeOf('ana')).toContain('20 key results to answer.');
    for (const [button, confidence] of [
      ['Check in', '7'],
      ['Change it', '3'],
    ] as const) {
      await ana().press(button, { message: await walk.promptOfAna() });
      await walk.modalIs('ana', 'Check in');
      expect(await walk.answerSteps(confidence)).toBe(2);
      await expect.poll(async () => buttonsOf(await walk.promptOfAna())).toEqual(['Change it']);
    }
    await expect.poll(async () => (await posted()).some((it) => it.text.includes('1 of 1 in.'))).toBe(true);
    await walk.answerTo('ana', '/okr');
    await walk.answerTo('ben', '/okr list @ana');
  });

  it('shows, sets up, pauses and looks back at what is on the calendar', async () => {
    await walk.answerTo('chi', '/cadence');
    await walk.answerTo('chi', `/cadence ${walk.typed(200)}`);
    await walk.answerTo('chi', `/cadence pause "${walk.typed(150)}"`);
    const chi = walk.cairn.as('chi');
    await chi.command('/cadence add', { in: 'general' });
    await walk.modalIs('chi', 'New cadence');
    await chi.submit({ When: walk.words(200), 'Time zone': walk.words(80), Key: walk.words(80) });
    await chi.submit({ Channel: 'payments' });
    await expect.poll(async () => (await chi.modal())?.submit?.text).toBe('Add it anyway');
    await chi.submit();
    await walk.modalIs('chi', 'It is set up');
    await chi.close({ all: true });
    for (const verb of ['', 'pause ', 'resume ', 'skip ', 'run ', 'history '])
      await walk.answerTo('chi', `/cadence ${verb}weekly-okr`);
    await walk.answerTo('ben', '/cadence pause weekly-okr');
    await walk.answerTo('chi', '/cadence list');
  });

  it('shows admins what could not be delivered', async () => {
    const dead = { state: 'dead' as const, reason: walk.words(300) };
    await walk.cairn.db.updateTable('deliveries').set(dead).where('state', '=', 'sent').execute();
    await walk.cairn.db
      .updateTable('cadences')
      .set({ state: 'paused', pause_reason: walk.words(500) })
      .execute();
    await walk.answerTo('chi', '/cairn health');
    await walk.answerTo('chi', '/cadence');
  });

  it('broke no limit of Slack, and let nobody’s words ping, link or format outside their place', async () => {
    expect(await walk.cairn.slack.refused()).toEqual([]);
    const { said, stray } = await walk.said();
    expect(said.length).toBeGreaterThan(500);
    expect(stray.slice(0, 3)).toEqual([]);
  });
}
