import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, startCairn, type TestCairn } from '../support/cairn.ts';
import type { PersonClient } from '../support/fake-slack/client.ts';

let cairn: TestCairn;
let noor: PersonClient;

beforeAll(async () => {
  cairn = await startCairn();
  noor = cairn.as('chi');
});
afterAll(async () => cairn.close());

/** What the asker sees after a command. */
async function answer(
  command: string,
  asker = noor,
  where = 'general',
): Promise<{ text: string; buttons: string[] }> {
  await asker.command(command, { in: where });
  const message = (await asker.ephemerals(where)).at(-1);
  return { text: message?.text ?? '', buttons: buttonsOf(message) };
}

describe('/owner payments', () => {
  it('says who owns it, how fresh that is, who stands in, where to ask, to the asker alone', async () => {
    const { text, buttons } = await answer('/owner payments');
    expect(text).toBe(
      'Payments: Owner <@U0ANA> · 12:00 their time · confirmed today · Backup <@U0CHI> · Team Checkout · Channel <#C0PAYMENTS> · Cards, wallets and payouts. · <https://bi.test.example/payments|Dashboard> · <https://run.test.example/payments|Runbook>',
    );
    expect(buttons).toEqual(['Share', 'Ask the owner', 'Ask for it', 'History']);
    expect(await cairn.slack.messages('general')).toSatisfy((all: { ephemeral: boolean }[]) =>
      all.every((message) => message.ephemeral),
    );
  });

  it('offers the owner herself to hand it off', async () => {
    expect((await answer('/owner payments', cairn.as('ana'))).buttons).toEqual([
      'Share',
      'Hand off',
      'History',
    ]);
  });

  it.each(['/owner billing', '/owner PSP', '/owner páyments', '/owner payment', '/cairn owner payments'])(
    'understands %s',
    async (command) => {
      expect((await answer(command)).text).toMatch(/^Payments: Owner <@U0ANA>/);
    },
  );

  it('sees through a typo and says what it took it for', async () => {
    await noor.command('/owner paymnets', { in: 'general' });
    const message = (await noor.ephemerals('general')).at(-1);
    expect(message?.text).toMatch(/^Closest to “paymnets”\. Payments: Owner <@U0ANA>/);
    expect(JSON.stringify(message?.blocks)).toContain('Closest to “paymnets”.');
  });

  it('finds a rock by the address of one of its pages, and of a page below it', async () => {
    expect((await answer('/owner https://bi.test.example/payments')).text).toMatch(/^Payments: /);
    expect((await answer('/owner https://bi.test.example/payments/failed?week=3')).text).toMatch(
      /^Payments: /,
    );
  });
});

describe('lists', () => {
  it('shows all that a person carries', async () => {
    const { text } = await answer('/owner @ana');
    expect(text).toBe(
      '<@U0ANA> carries 2 rocks:\n• Payments · Checkout · confirmed today\n• Refunds · Checkout · confirmed today\nLoad 2 of 15.',
    );
  });

  it('shows what has its home in a channel', async () => {
    const { text } = await answer('/owner #payments');
    expect(text).toContain('2 rocks with a home in <#C0PAYMENTS>:');
    expect(text).toContain('• Refunds · Checkout · <@U0ANA>');
  });

  it('shows what nobody owns', async () => {
    expect((await answer('/owner unowned')).text).toBe('Nobody owns this rock yet:\n• Pricing');
  });
});

describe('questions that are not sure', () => {
  it('offers the best few as buttons, and one press shows the card', async () => {
    const { text, buttons } = await answer('/owner pay');
    expect(text).toBe('Which one do you mean by “pay”? Payments, Payment partners');
    expect(buttons).toEqual(['Payments', 'Payment partners', 'Something else']);
    await noor.press('Payment partners');
    await expect
      .poll(async () => (await noor.ephemerals('general')).at(-1)?.text)
      .toMatch(/^Payment partners: Owner <@U0BEN>/);
  });

  it('says so when nothing is found, and keeps the question without the asker', async () => {
    const { text } = await answer('/owner teleporter');
    expect(text).toMatch(/^I don't know “teleporter” yet\. I have noted the question/);
    const misses = await cairn.db.selectFrom('misses').selectAll().execute();
    expect(misses).toMatchObject([{ query: 'teleporter', normal: 'teleporter' }]);
    expect(JSON.stringify(misses)).not.toContain('U0CHI');
  });

  it.each([
    ['/owner', 'Who owns what? Type a name after it, such as `/owner payments`, or `/owner help`.'],
    [`/owner ${'x'.repeat(10_000)}`, "That is longer than any rock's name (200 characters at most)."],
    ['/owner @nobody', "I don't know anybody called “@nobody” in this workspace."],
    [
      '/owner \u0000\u0007',
      'Who owns what? Type a name after it, such as `/owner payments`, or `/owner help`.',
    ],
    [
      '/cairn onwer payments',
      "I don't know `onwer`. Did you mean `/cairn owner`? `/cairn help` shows what I can do.",
    ],
  ])('answers %.30s in words', async (command, words) => {
    expect((await answer(command)).text).toBe(words);
  });

  it('lists what it can do on help', async () => {
    expect((await answer('/owner help')).text).toContain(
      '`/owner payments`  who owns it, and how to reach them',
    );
    expect((await answer('/cairn help')).text).toContain('`/handoff payments @ben`');
  });
});

describe('people', () => {
  it('turns guests away kindly', async () => {
    expect((await answer('/owner payments', cairn.as('gus'), 'payments')).text).toBe(
      'I answer full members of this workspace only. Ask one of them: they can surely look it up for you.',
    );
  });

  it('says that an owner has left and whom to ask instead', async () => {
    await cairn.slack.changeUser('ana', { deleted: true });
    await expect
      .poll(async () => (await answer('/owner payments')).text)
      .toContain('Payments: Backup <@U0CHI> stands in · Owner <@U0ANA> has left Slack · confirmed today');
    expect((await answer('/owner @ana')).text).toMatch(/^<@U0ANA> has left Slack and still carries 2 rocks:/);
    await cairn.slack.changeUser('ana', { deleted: false });
    await expect.poll(async () => (await answer('/owner payments')).text).toContain('confirmed today');
  });
});

describe('buttons', () => {
  it('shares the card in the channel once, however often Share is pressed', async () => {
    const own = await startCairn();
    const chi = own.as('chi');
    await chi.command('/owner payments', { in: 'general' });
    await Promise.all([chi.press('Share'), chi.press('Share'), chi.press('Share')]);
    // Presses are acknowledged before they are done: stopping waits for all three.
    await own.app.stop();
    const shared = (await own.slack.messages('general')).filter((message) => !message.ephemeral);
    expect(shared).toHaveLength(1);
    expect(shared[0]?.text).toMatch(/^Payments: Owner <@U0ANA>/);
    expect(JSON.stringify(shared[0]?.blocks)).toContain('Shared by <@U0CHI>');
    expect(buttonsOf(shared[0])).toEqual([]);
    await own.close();
  });

  it('lets somebody take what nobody owns', async () => {
    expect((await answer('/owner pricing')).buttons).toEqual(['Share', 'Take it', 'History']);
    await noor.press('Take it');
    await expect
      .poll(async () => (await noor.ephemerals('general')).at(-1)?.text)
      .toMatch(/^Pricing: Owner <@U0CHI>/);
  });

  it('tells who carried it', async () => {
    await answer('/owner payments');
    await noor.press('History');
    await expect
      .poll(async () => (await noor.ephemerals('general')).at(-1)?.text)
      .toBe('Payments\n• <@U0ANA> from 20 November 2026 (from the start) until today');
  });
});

it('sends nothing that the strict fake refuses', async () => {
  expect(await cairn.slack.refused()).toEqual([]);
});
