import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, startCairn, type TestCairn } from '../support/cairn.ts';
import { pressInHome, readHome } from '../support/home.ts';

/** Chi leads Checkout; Ana and Ben own a key result of it each, and nobody stands in. */
let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn();
  await cairn.turnTo('2026-11-23T16:00:00+01:00');
});
afterAll(async () => {
  expect(await cairn.slack.refused()).toEqual([]);
  await cairn.close();
});

const menu = 'check-in:later';
const told = async (who: string) => (await cairn.as(who).ephemerals('dm')).at(-1);
const prompt = async (who: string) =>
  (await cairn.as(who).messages()).findLast(({ ephemeral }) => !ephemeral);
const card = async (who: string) => {
  await cairn.as(who).command('/cadence weekly-okr', { in: 'general' });
  return (await cairn.as(who).ephemerals('general')).at(-1);
};

describe('the menu below a question', () => {
  it('stands beside the buttons, of which `Snooze` is one as before', async () => {
    expect(buttonsOf(await prompt('ana'))).toContain('Snooze');
    const text = JSON.stringify(await prompt('ana'));
    for (const choice of [
      'Snooze until tomorrow: busy today',
      'Snooze until tomorrow: waiting for numbers',
      'Leave this ritual: not my area any more',
      'Leave this ritual: asked too often',
      'Leave this ritual: my team does it elsewhere',
    ])
      expect(text).toContain(choice);
  });

  it('puts it off in one press', async () => {
    await cairn.as('ben').press(menu, { value: 'Snooze until tomorrow: waiting for numbers' });
    await expect.poll(async () => (await told('ben'))?.text).toMatch(/^I ask you again /);
  });

  it('leaves the ritual in one press, and says how to come back', async () => {
    await cairn.as('ana').press(menu, { value: 'Leave this ritual: asked too often' });
    await expect
      .poll(async () => (await told('ana'))?.text)
      .toBe(
        'You have left `weekly-okr`: asked too often. It asks you nothing any more. Nobody is asked about one key result now. <@U0CHI> reads it in the message of the day.',
      );
    expect(buttonsOf(await told('ana'))).toEqual(['Come back']);
    await expect
      .poll(async () => (await prompt('ana'))?.text)
      .toBe('You have left `weekly-okr`, so nothing of it is asked of you.');
  });

  it('the lead reads it once, in their message of the day', async () => {
    await cairn.turnTo('2026-11-24T12:00:00+01:00');
    expect((await prompt('chi'))?.text).toContain(
      '<@U0ANA> has left the ritual `weekly-okr`: asked too often. Nobody is asked about one key result of theirs now.',
    );
  });
});

describe('who has left', () => {
  it('stands on the card for whoever may change it, with the reason, and for themself', async () => {
    expect((await card('chi'))?.text).toContain('Left by <@U0ANA> (asked too often)');
    const own = await card('ana');
    expect(own?.text).toContain('You have left it, so it asks you nothing');
    expect(own?.text).not.toContain('asked too often');
    expect(buttonsOf(own)).toContain('Come back');
    expect((await card('ben'))?.text).not.toContain('Left by');
  });

  it('comes back from their Home', async () => {
    await cairn.as('ana').openHome();
    await expect.poll(async () => (await readHome(cairn, 'ana')).join('\n')).toContain('you have left it');
    await pressInHome(cairn, 'ana', 'Come back', 'you have left it');
    await expect
      .poll(async () => JSON.stringify(await cairn.as('ana').modal()))
      .toContain('Welcome back. `weekly-okr` asks you again from its next time on.');
    await cairn.as('ana').close();
    await cairn.turnTo('2026-11-30T09:00:00+01:00');
    expect(buttonsOf(await prompt('ana'))).toContain('Check in');
  });
});
