import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';

const company = `${smallCompany}
accounts:
  - { key: acme-bank, name: Acme Bank, cool_down: P30D }
  - { key: nordrail, name: Nordrail }
`;

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn({ company });
});
afterAll(() => cairn?.close());

const newest = async (who: string) => (await cairn.as(who).ephemerals('general')).at(-1);
async function ask(who: string, command: string): Promise<string> {
  await cairn.as(who).command(command, { in: 'general' });
  return (await newest(who))?.text ?? '';
}
const shown = async (who: string) => JSON.stringify((await cairn.as(who).modal())?.blocks);
const titled = async (who: string, title: string) =>
  await expect.poll(async () => (await cairn.as(who).modal())?.title.text).toBe(title);

describe('/research', () => {
  it('says kindly that there is nothing yet, and how to begin', async () => {
    expect(await ask('ana', '/research')).toMatch(
      /^You wait for no account, and have written down no conversation yet\. /,
    );
    expect(await ask('ana', '/cairn research help')).toContain('/research ask Acme');
  });

  it('answers a slip of the finger with the nearest verb', async () => {
    expect(await ask('ana', '/research fnd pricing')).toBe(
      "I don't know `/research fnd`. Did you mean `/research find`? `/research help` shows what I can do.",
    );
  });

  it('answers an account that it does not know with the nearest ones, and can add it', async () => {
    expect(await ask('ana', '/research ask Acme Bnk')).toBe(
      'I know no account called “Acme Bnk”. Did you mean one of these?',
    );
    expect(buttonsOf(await newest('ana'))).toEqual(['Acme Bank', 'Add Acme Bnk']);
    expect(await ask('ana', '/research ask')).toBe(
      'Say which account: `/research ask Acme Bank`. `/research accounts` lists them.',
    );
  });
});

describe('/research log', () => {
  it('keeps a conversation, and the account rests', async () => {
    await cairn.as('ana').command('/research log acme bank', { in: 'general' });
    await titled('ana', 'Log a conversation');
    const fields = { 'About what': 'pricing', Notes: 'They want *one* price for all regions.' };
    await cairn.as('ana').submit({ ...fields, When: '2026-11-21' });
    expect((await cairn.as('ana').modal())?.errors).toEqual({
      'held-on': 'That day is still to come. Log it when you have talked.',
    });
    await cairn.as('ana').submit({ ...fields, When: '2026-11-03', 'Link to the recording': 'calls/1' });
    expect((await cairn.as('ana').modal())?.errors).toEqual({
      recording: 'Write a web address that begins with https://.',
    });
    await cairn
      .as('ana')
      .submit({ ...fields, When: '2026-11-03', 'Link to the recording': 'https://calls.example/1' });
    await expect
      .poll(() => shown('ana'))
      .toContain(
        'Kept. *Acme Bank* was last contacted by <@U0ANA> on 3 Nov, about pricing. 13 days are left',
      );
    await cairn.as('ana').close({ all: true });
    expect(await ask('ana', '/research')).toBe(
      'Your last conversations\n• Acme Bank · 3 Nov · pricing · <https://calls.example/1|Recording>\n`/research log` keeps a conversation. `/research ask Acme` says whether an account should be left in peace. `/research find pricing` looks through all notes.',
    );
  });
});

describe('/research find', () => {
  it('shows the hit in bold', async () => {
    await ask('ben', '/research find prices regions');
    expect(JSON.stringify((await newest('ben'))?.blocks)).toContain(
      'Acme Bank · 3 Nov · <@U0ANA> · <https://calls.example/1|Recording>\\n*pricing*\\n> They want ∗one∗ *price* for all *regions*',
    );
  });

  it('refuses ten thousand characters and nothing at all, kindly', async () => {
    expect(await ask('ben', `/research find ${'pricing '.repeat(1_250)}`)).toBe(
      'That is long. Search with a few words, 200 characters at most.',
    );
    expect(await ask('ben', '/research find')).toBe(
      'Search for a word or two, such as `pricing` or `"price list"`.',
    );
  });
});

describe('the queue', () => {
  it('is joined by a press and a word about what', async () => {
    expect(await ask('ben', '/research ask acme-bank')).toBe(
      "Acme Bank was last contacted by <@U0ANA> on 3 Nov, about pricing. 13 days are left of its 30 days' rest.",
    );
    expect(buttonsOf(await newest('ben'))).toEqual(['Queue for the next slot', 'Log a conversation']);
    for (const who of ['ben', 'chi']) {
      await ask(who, '/research ask acme-bank');
      await cairn.as(who).press('Queue for the next slot');
      await titled(who, 'Queue');
      await cairn.as(who).submit({ 'About what?': 'Onboarding' });
      await expect.poll(() => shown(who)).toContain('You are in the queue.');
      await cairn.as(who).close({ all: true });
    }
    expect(await ask('ana', '/research ask Acme Bank')).toMatch(/ <@U0BEN> and one more wait\.$/);
    expect(await ask('chi', '/research')).toContain('You are number 2 of 2 who wait.');
  });

  it('is left with a press, which takes the place of the answer', async () => {
    await ask('chi', '/research ask acme-bank');
    await cairn.as('chi').press('Withdraw');
    await expect
      .poll(async () => (await newest('chi'))?.text)
      .toMatch(/^You do not wait for them any more\./);
  });

  it('tells the first, in the message of the day, when the account is rested, and the press shows to others', async () => {
    await cairn.turnTo('2026-12-03T09:30:00+01:00');
    const words = 'Acme Bank can be asked again, and you are next.';
    const told = async () => (await cairn.slack.messages('@ben')).at(-1);
    await expect.poll(async () => JSON.stringify((await told())?.blocks)).toContain(words.slice(10));
    await cairn.as('ben').press("I'll contact them");
    await expect
      .poll(() => ask('chi', '/research ask acme-bank'))
      .toContain('<@U0BEN> contacts them until 10 Dec.');
    expect(buttonsOf(await newest('chi'))).toEqual(['Queue for the next slot', 'Log a conversation']);
  });
});

describe('/research accounts', () => {
  it('lists them with their state, and edits one', async () => {
    expect(await ask('ana', '/research accounts')).toBe(
      [
        'Accounts',
        '2 accounts',
        '• Acme Bank `acme-bank` · turn of <@U0BEN> · last 3 Nov by <@U0ANA>',
        '• Nordrail `nordrail` · can be asked',
      ].join('\n'),
    );
    await cairn.as('ana').command('/research edit nordrail', { in: 'general' });
    await titled('ana', 'Edit an account');
    await cairn.as('ana').submit({ Name: 'Acme Bank', 'Rest after a conversation, in days': '14' });
    expect((await cairn.as('ana').modal())?.errors).toEqual({ name: 'Another account is called so.' });
    await cairn.as('ana').submit({ Name: 'NordRail', 'Rest after a conversation, in days': '14' });
    await expect.poll(() => shown('ana')).toContain('Kept. *NordRail* has not been contacted yet');
  });
});
