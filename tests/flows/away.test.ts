import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, startCairn, type TestCairn } from '../support/cairn.ts';
import { readHome } from '../support/home.ts';

/** A Friday, 20 November 2026, at noon in Berlin. */
let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn();
});
afterAll(async () => {
  expect(await cairn.slack.refused()).toEqual([]);
  await cairn.close();
});

async function answer(person: string, command: string): Promise<{ text: string; buttons: string[] }> {
  await cairn.as(person).command(command, { in: 'general' });
  const message = (await cairn.as(person).ephemerals('general')).at(-1);
  return { text: message?.text ?? '', buttons: buttonsOf(message) };
}

describe('/ooo', () => {
  it('alone says that nothing is known, and how to say it', async () => {
    expect((await answer('ana', '/cairn ooo')).text).toBe(
      "I don't know of any day on which you are away. Tell me with `/ooo until Fri`, `/ooo 24 Dec - 2 Jan`, `/ooo tomorrow`, or `/ooo back`.",
    );
  });

  it('with what is no day says so', async () => {
    expect((await answer('ana', '/cairn ooo until skiing')).text).toBe(
      "I can't read “skiing” as a day. Write it like Fri, 24 Dec, 2026-12-24, tomorrow or in 2 weeks.",
    );
    expect((await answer('ana', '/cairn ooo until 13 Nov')).text).toBe(
      'Fri 13 Nov is over already. Which is your last day away? Such as `/ooo until Fri`.',
    );
  });

  it('keeps the days, says who stands in and what nobody stands in for, and lookups and Home show it', async () => {
    await cairn.as('ana').openHome();
    await expect.poll(() => readHome(cairn, 'ana')).not.toEqual([]);
    expect((await answer('ana', '/cairn ooo until Tue')).text).toBe(
      [
        'You are away from Fri 20 Nov to Tue 24 Nov. Whoever looks up what you carry will see it, and check-ins go to who stands in for you.',
        '• <@U0CHI> stands in for Payments',
        'Until Tue 24 Nov nobody stands in for this rock:',
        '• Refunds',
        'Name a backup with `/rock edit refunds`.',
        'Back earlier, or changed your mind? `/ooo back`.',
      ].join('\n'),
    );
    await expect
      .poll(() => readHome(cairn, 'ana'))
      .toContain('*You are away* until Tue 24 Nov. `/ooo back` ends it.');
    expect((await answer('ben', '/owner payments')).text).toContain('away until Tue 24 Nov');
  });

  it('adds days to come, which one press cancels', async () => {
    await answer('ana', '/cairn ooo 24 Dec - 2 Jan');
    const known = await answer('ana', '/cairn ooo');
    expect(known.text).toBe(
      'You are away until Tue 24 Nov. To change it: `/ooo until Fri`, `/ooo 24 Dec - 2 Jan`, `/ooo tomorrow`, or `/ooo back`.\n• Fri 20 Nov to Tue 24 Nov\n• Thu 24 Dec to Sat 2 Jan 2027',
    );
    expect(known.buttons).toEqual(['Cancel it']);
    await cairn.as('ana').press('Cancel it');
    await expect
      .poll(async () => (await cairn.as('ana').ephemerals('general')).at(-1)?.text)
      .toBe('You are not away from Thu 24 Dec to Sat 2 Jan 2027 after all. I have crossed it out.');
  });

  it('sends what would be asked meanwhile to nobody where nobody stands in, and the channel counts who is away', async () => {
    await cairn.turnTo('2026-11-23T09:00:00+01:00');
    expect((await cairn.slack.messages('payments')).at(-1)?.text).toContain('0 of 2 in, 1 away.');
    expect((await cairn.slack.messages('@ana')).filter(({ text }) => text.includes('OKR check-in'))).toEqual(
      [],
    );
  });

  it('back ends it yesterday, and a second one finds nobody away', async () => {
    expect((await answer('ana', '/cairn ooo back')).text).toBe(
      'Welcome back. Your last day away was Sun 22 Nov. Check-ins come to you again.',
    );
    expect((await answer('ana', '/cairn ooo back')).text).toBe(
      'I did not know that you were away, so nothing changes. Good to see you.',
    );
    expect((await answer('ben', '/owner payments')).text).not.toContain('away until');
  });

  it('back asks what was meant by whoever will only be away', async () => {
    await answer('ben', '/cairn ooo 24 Dec - 2 Jan');
    expect((await answer('ben', '/cairn ooo back')).text).toBe(
      "You are not away today. Did you mean that you won't be?\n• Thu 24 Dec to Sat 2 Jan 2027",
    );
  });
});
