import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn();
});
afterAll(() => cairn?.close());

const newest = async (who: string) => (await cairn.as(who).ephemerals('general')).at(-1);

async function ask(who: string, command: string): Promise<string | undefined> {
  await cairn.as(who).command(command, { in: 'general' });
  return (await newest(who))?.text;
}

async function form(who: string, command: string, title: string): Promise<void> {
  await cairn.as(who).command(command, { in: 'general' });
  await expect.poll(async () => (await cairn.as(who).modal())?.title.text).toBe(title);
}

async function shown(who: string): Promise<string> {
  return JSON.stringify((await cairn.as(who).modal())?.blocks);
}

describe('/rock add', () => {
  it('puts a rock into the register, which is then found by all of its names', async () => {
    await form('ana', '/rock add Loyalty points', 'Add a rock');
    await cairn.as('ana').submit({
      'What is it?': 'Points for each booking.',
      'Other names': 'miles, stars',
      Links: 'Dashboard https://bi.test.example/loyalty',
    });
    await expect.poll(() => shown('ana')).toContain('Loyalty points');
    await cairn.as('ana').close({ all: true });
    expect(await ask('ben', '/owner stars')).toContain('Loyalty points: Owner <@U0ANA>');
    expect(await ask('ben', '/owner https://bi.test.example/loyalty/week')).toContain('Loyalty points');
  });

  it('asks somebody who is named as the owner, and says unconfirmed until then', async () => {
    await form('ana', '/rock add Gift cards', 'Add a rock');
    await cairn.as('ana').submit({ Owner: 'U0BEN' });
    await cairn.as('ana').close({ all: true });
    const proposal = async () => (await cairn.as('ben').messages()).at(-1);
    await expect
      .poll(async () => (await proposal())?.text)
      .toBe('<@U0ANA> says that Gift cards is yours. Is it? Until you say so, answers call it unconfirmed.');
    expect(await ask('ana', '/owner gift cards')).toContain('unconfirmed');
    await cairn.as('ben').press('Confirm');
    await expect.poll(() => ask('ana', '/owner gift cards')).toContain('confirmed today');
  });

  it.each([
    [{ Name: ' ' }, 'Give it a name, such as Payments.'],
    [{ Name: '!!!' }, 'That has no letter or digit to be found by.'],
    [{ 'Other names': 'billing, Billing' }, '“Billing” stands there twice.'],
    [
      { 'Other names': 'stars' },
      '“stars” is an alias of Loyalty points already. Choose another, or leave it out.',
    ],
    [
      { 'Other names': 'Loyalty point' },
      '“Loyalty point” is the name of Loyalty points already. Choose another, or leave it out.',
    ],
    [{ Name: 'Stars' }, '“Stars” is an alias of Loyalty points already. Choose another name.'],
    [
      { Links: 'Bad javascript:alert(1)' },
      '“javascript:alert(1)” is not a web address. Begin it with https:// or http://.',
    ],
    [{ Backups: ['U0ANA'] }, 'The owner cannot stand in for themself. Pick somebody else as backup.'],
    [{ 'Who may see it?': 'people' }, 'Name the people who may see it.'],
  ])('says beside the field what cannot be: %j', async (entries, words) => {
    await form('ana', '/rock add Something new', 'Add a rock');
    const sent = await cairn.as('ana').submit(entries);
    expect(JSON.stringify(sent)).toContain(words.replaceAll('"', '\\"'));
    await cairn.as('ana').close({ all: true });
  });

  it('says that somebody who is picked has been deactivated since the form was opened', async () => {
    const left = async (at: string | null) =>
      await cairn.db
        .updateTable('people')
        .set({ deactivated_at: at })
        .where('slack_id', '=', 'U0BEN')
        .execute();
    await form('ana', '/rock add Something new', 'Add a rock');
    await left('2026-11-20T11:00:00Z');
    const words = (what: string) => `ben is deactivated in Slack. Only full members can ${what}.`;
    expect(JSON.stringify(await cairn.as('ana').submit({ Owner: 'U0BEN' }))).toContain(words('carry a rock'));
    expect(JSON.stringify(await cairn.as('ana').submit({ Owner: 'U0ANA', Backups: ['U0BEN'] }))).toContain(
      words('stand in'),
    );
    await left(null);
    await cairn.as('ana').close({ all: true });
  });

  it('says that a name of 300 characters is too long', async () => {
    expect(await ask('ana', `/rock add ${'x'.repeat(300)}`)).toBe(
      'A name has 100 characters at most; this one has 300.',
    );
  });
});

describe('/rock edit', () => {
  it('changes what the form shows, keeps the rest, and records only what changed', async () => {
    await form('ana', '/rock edit loyalty points', 'Edit a rock');
    await cairn.as('ana').submit({ Weight: '4', Importance: 'important' });
    await cairn.as('ana').close({ all: true });
    const events = await cairn.db
      .selectFrom('events')
      .select(['type', 'before', 'after'])
      .where('type', '=', 'rock.changed')
      .execute();
    expect(events.at(-1)).toMatchObject({
      before: { weight: 1, importance: null },
      after: { weight: 4, importance: 'important' },
    });
    expect(await ask('ben', '/owner miles')).toContain('Loyalty points');
  });

  it('is refused to who may not, with whom to ask', async () => {
    expect(await ask('ben', '/rock edit loyalty points')).toBe(
      'You can look at *Loyalty points*, but not edit it. Ask <@U0ANA>.',
    );
  });

  it('of a rock that nobody knows says so', async () => {
    expect(await ask('ana', '/rock edit unobtainium')).toBe("I don't know a rock called “unobtainium”.");
  });
});

describe('a rock that the company chose not to carry', () => {
  it('is set down with a reason and a day, is no gap, and can be taken again', async () => {
    await form('ana', '/rock set-down loyalty points', 'Set it down');
    await cairn.as('ana').submit({ 'Why not now?': 'Too few people use it.' });
    await cairn.as('ana').close({ all: true });
    expect(await ask('ben', '/owner loyalty points')).toContain('Too few people use it.');
    expect(await ask('ben', '/owner unowned')).not.toContain('Loyalty points ·');
    await ask('ben', '/rock take loyalty points');
    await expect.poll(async () => (await newest('ben'))?.text).toContain('Owner <@U0BEN>');
  });
});

describe('a rock that goes into another', () => {
  it('retires, and its names say where it went', async () => {
    await form('ben', '/rock merge gift cards into loyalty points', 'Merge it');
    expect(await shown('ben')).toContain('Loyalty points');
    const found = await cairn.as('ben').suggest('Into which rock?', 'loyal');
    expect(JSON.stringify(found)).toContain('Loyalty points');
    const [row] = await cairn.db
      .selectFrom('rocks')
      .select('id')
      .where('key', '=', 'loyalty-points')
      .execute();
    await cairn.as('ben').submit({ 'Into which rock?': String(row?.id) });
    await cairn.as('ben').close({ all: true });
    const answer = await ask('ana', '/owner gift cards');
    expect(answer).toContain('Retired on 20 November 2026');
    expect(answer).toContain('Loyalty points');
    expect(await ask('ben', '/rock edit gift cards')).toContain('is retired, so there is nothing to change.');
  });
});

describe('a rock that is two', () => {
  it('is split: the new one takes the names that are said', async () => {
    await form('ben', '/rock split loyalty points', 'Split it');
    await cairn
      .as('ben')
      .submit({ 'Name of the new one': 'Status tiers', 'Other names that go along': ['stars'] });
    await cairn.as('ben').close({ all: true });
    expect(await ask('ana', '/owner stars')).toContain('Status tiers');
    expect(await ask('ana', '/owner miles')).toContain('Loyalty points');
  });
});

describe('a rock that is over', () => {
  it('retires into the one that is typed, and its names say where it went', async () => {
    await form('ben', '/rock retire status tiers into loyalty points', 'Retire it');
    expect(await shown('ben')).toContain('Loyalty points');
    expect(JSON.stringify(await cairn.as('ben').submit({ 'Why is it over?': ' ' }))).toContain(
      'A sentence is enough: why?',
    );
    await cairn.as('ben').submit({ 'Why is it over?': 'One tier is enough.' });
    await cairn.as('ben').close({ all: true });
    expect(await ask('ana', '/owner stars')).toMatch(
      /^Status tiers: Retired on 20 November 2026: One tier is enough\. · it went into Loyalty points\n?.*Loyalty points: Owner <@U0BEN>/s,
    );
    expect(await ask('ben', '/rock take stars')).toBe(
      '*Status tiers* is retired, so there is nothing to carry.',
    );
    expect(await ask('ben', '/rock retire stars')).toBe(
      '*Status tiers* is retired, so there is nothing to change. `/rock history status-tiers` tells its story.',
    );
    expect(await ask('ana', '/rock history stars')).toMatch(
      /Split from Loyalty points by <@U0BEN> on 20 November 2026.*Retired by <@U0BEN> on 20 November 2026: One tier is enough\. · it went into Loyalty points/s,
    );
    expect(await ask('ana', '/rock history miles')).toContain(
      'Status tiers went into it on 20 November 2026 by <@U0BEN>',
    );
  });

  it.each([
    ['/rock retire payments into nothing known', "I don't know a rock called “nothing known”."],
    ['/rock bring-back', 'Which rock? For example `/rock bring-back payments`.'],
    ['/rock bring-back unobtainium', "I don't know a rock called “unobtainium”."],
    ['/rock bring-back miles', '*Loyalty points* is not retired, so it need not be brought back.'],
    ['/rock bring-back stars @nobody', "I don't know anybody called “@nobody” in this workspace."],
    [
      '/rock bring-back stars <@U0GUEST|gus>',
      expect.stringMatching(/cannot carry a rock: only full members who are in Slack can\.$/),
    ],
    ['/rock list nonsense', expect.stringContaining('There is no team called “nonsense”.')],
  ])('%s is answered with what is wrong', async (typed, words) => {
    expect(await ask('ana', typed)).toEqual(words);
  });

  it('is brought back by who carried it, for nobody, and can be taken from its card', async () => {
    expect(await ask('ana', '/rock bring-back stars')).toContain(
      'You can look at *Status tiers*, but not bring it back. Ask',
    );
    expect(await ask('ben', '/rock bring-back stars')).toContain('Status tiers: Nobody owns this yet.');
    expect(buttonsOf(await newest('ben'))).toContain('Take it');
    expect(await ask('ana', '/owner stars')).toContain('Status tiers: Nobody owns this yet.');
  });
});

describe('what is theirs', () => {
  it('is confirmed by one press, and twice is kindly the same', async () => {
    expect(await ask('ana', '/rock confirm')).toMatch(
      /^(Confirmed: .*|All .* were confirmed a moment ago\.) ?(Thank you\.)$/,
    );
    expect(await ask('ana', '/rock confirm')).toMatch(/confirmed a moment ago\. Thank you\.$/);
  });

  it('is not confirmed by others, who read whose it is', async () => {
    expect(await ask('ana', '/rock confirm loyalty points')).toBe(
      '*Loyalty points* is carried by <@U0BEN>, so only they can confirm it.',
    );
  });

  it('is listed, and can be left to nobody with a reason', async () => {
    await ask('ben', '/rock confirm');
    await cairn.as('ben').press('Show me');
    await expect.poll(async () => buttonsOf(await newest('ben'))).toContain('Not mine any more');
    await cairn.as('ben').press('Not mine any more');
    await expect.poll(async () => (await cairn.as('ben').modal())?.title.text).toBe('Not mine any more');
    await cairn.as('ben').submit({ 'Or leave it unowned. Why?': 'I moved to search.' });
    await cairn.as('ben').close({ all: true });
    const left = await cairn.db
      .selectFrom('stints')
      .select('end_reason')
      .where('ended', '=', 'given-up')
      .execute();
    expect(left).toEqual([{ end_reason: 'I moved to search.' }]);
  });
});

it('tells the story of a rock in the order in which it happened', async () => {
  const story = await ask('ana', '/rock history loyalty points');
  expect(story).toMatch(/Loyalty points\n• <@U0ANA> from 20 November 2026 \(from the start\), set down on/);
  expect(story).toContain('because: Too few people use it.');
  expect(story).toContain('<@U0BEN> from 20 November 2026 (who took it)');
});

it('answers an unknown verb with the nearest', async () => {
  expect(await ask('ana', '/rock edti payments')).toBe(
    "I don't know `/rock edti`. Did you mean `/rock edit`? `/rock help` shows what I can do.",
  );
});

it('lists the register', async () => {
  expect(await ask('ana', '/rock list')).toContain('rocks in the register:');
});

it('sends nothing that the strict fake refuses', async () => {
  expect(await cairn.slack.refused()).toEqual([]);
});
