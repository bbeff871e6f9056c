import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';

const strategy = `
strategy:
  vision: Money moves as easily as a message.
  intents:
    - key: trust
      title: The payment partner that never loses a cent
      owner: ana
      rank: 1
      measure: Disputed volume under 0.1 %
      horizon: 2028
      not_doing: [New countries]
      initiatives:
        - { key: fewer-failures, title: Halve failed payments, metric: Failed payment rate }
        - { key: calm, title: Calm refunds }
`;
const company = `${smallCompany
  .replace(
    'summary: Cards, wallets and payouts.',
    'summary: Cards, wallets and payouts.\n    supports: trust',
  )
  .replace(
    '    cycle: 2026-Q4\n    key_results',
    '    cycle: 2026-Q4\n    supports: fewer-failures\n    key_results',
  )}${strategy}`;

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

describe('/strategy', () => {
  it('shows the tree with what hangs from each line, work without a line, and lines without work', async () => {
    expect((await ask('ben', '/strategy')).split('\n')).toEqual([
      'Strategy',
      'Version 1, 20 November 2026',
      'Vision',
      '> Money moves as easily as a message.',
      '1. The payment partner that never loses a cent',
      '<@U0ANA> · Measure: Disputed volume under 0.1 % · Horizon: 2028',
      'We will not do: New countries',
      'Rocks: Payments',
      '› Halve failed payments',
      'Metric: Failed payment rate',
      '• Checkout that just works · 2 key results: :white_circle: 2 no answer yet',
      '› Calm refunds',
      'Work without a line',
      '• 3 rocks: Payment partners, Pricing, Refunds',
      'Lines without work',
      '• Calm refunds',
    ]);
    expect(buttonsOf(await newest('ben'))).toEqual([]);
  });

  it('answers below /cairn, and an unknown verb with the nearest', async () => {
    expect(await ask('ben', '/cairn strategy')).toContain('Halve failed payments');
  });
});

async function form(who: string, press: string, title: string): Promise<void> {
  await cairn.as(who).press(press);
  await expect.poll(async () => (await cairn.as(who).modal())?.title.text).toBe(title);
}
async function shown(who: string): Promise<string> {
  return JSON.stringify((await cairn.as(who).modal())?.blocks);
}
const isAdmin = async (who: string, is: boolean) =>
  await cairn.db.updateTable('people').set({ is_admin: is }).where('slack_id', '=', who).execute();
const posts = async () =>
  (await cairn.slack.messages('general')).filter(({ text }) => text?.startsWith('Our strategy'));

describe('/strategy edit', () => {
  it('is refused kindly to who is no editor, with whom to tell', async () => {
    await isAdmin('U0CHI', true);
    const words =
      'The strategy is written by its editors, so that it has one voice. If you would change something in it, tell <@U0CHI>.';
    expect(await ask('ben', '/strategy edit')).toBe(words);
    expect(await ask('ben', '/strategy publish')).toBe(words);
  });

  it('admins name editors, who then write', async () => {
    await ask('chi', '/strategy edit');
    expect(buttonsOf(await newest('chi'))).toEqual([
      'Vision',
      'Add an intent',
      'Add an initiative',
      'Edit a line',
      'Editors',
    ]);
    await form('chi', 'Editors', 'Editors');
    await cairn.as('chi').submit({ Editors: ['U0ANA'] });
    await expect.poll(() => shown('chi')).toContain('Admins and 1 editor write the strategy now.');
    await cairn.as('chi').close({ all: true });
    expect(await ask('ana', '/strategy edit')).toBe(
      'Draft of the strategy\nVersion 1 is in force. The draft says the same.',
    );
    expect(buttonsOf(await newest('ana'))).toEqual([
      'Vision',
      'Add an intent',
      'Add an initiative',
      'Edit a line',
    ]);
  });

  it('keeps a new intent in the draft, which only editors see', async () => {
    await form('ana', 'Add an intent', 'Add an intent');
    await cairn.as('ana').submit({
      'What do we intend?': 'Grow without ads',
      Owner: 'U0BEN',
      Rank: '1',
      Horizon: '2027',
      'What we will not do': 'Television',
    });
    await expect.poll(() => shown('ana')).toContain('Kept. The draft has 1 change now.');
    await cairn.as('ana').close({ all: true });
    expect(await ask('ben', '/strategy')).not.toContain('Grow without ads');
    expect(await ask('ana', '/strategy')).toContain(
      'The draft has 1 change: `/strategy edit`, `/strategy publish`',
    );
    expect(await ask('ana', '/strategy edit')).toContain('• Added the intent Grow without ads');
  });

  it('opens a line by its name, changes it, and says beside the field what cannot be', async () => {
    await cairn.as('ana').command('/strategy edit trust', { in: 'general' });
    await expect.poll(async () => (await cairn.as('ana').modal())?.title.text).toBe('Edit an intent');
    const refused = await cairn.as('ana').submit({ 'What we will not do': 'x'.repeat(201) });
    expect(JSON.stringify(refused)).toContain('A line has 200 characters at most; this one has 201.');
    await cairn
      .as('ana')
      .submit({ Measure: 'Disputed volume under 0.05 %', 'What we will not do': 'New countries' });
    await expect.poll(() => shown('ana')).toContain('2 changes now');
    await cairn.as('ana').close({ all: true });
  });

  it('refuses a form that was filled before somebody else changed the line', async () => {
    const open = async (who: string) => {
      await cairn.as(who).command('/strategy edit calm', { in: 'general' });
      await expect.poll(async () => (await cairn.as(who).modal())?.title.text).toBe('Edit an initiative');
    };
    await open('ana');
    await open('chi');
    await cairn.as('chi').submit({ Metric: 'Days to refund' });
    await cairn.as('chi').close({ all: true });
    expect(JSON.stringify(await cairn.as('ana').submit({ Metric: 'Complaints' }))).toContain(
      'Somebody has changed it since you opened this form.',
    );
    await cairn.as('ana').close({ all: true });
  });

  it('drops a line, and changes the vision', async () => {
    await ask('ana', '/strategy edit');
    const calm = (
      await cairn.db
        .selectFrom('strategy_lines')
        .select('id')
        .where('key', '=', 'calm')
        .executeTakeFirstOrThrow()
    ).id;
    await form('ana', 'Edit a line', 'Edit a line');
    await cairn.as('ana').submit({ 'Which line?': String(calm) });
    await expect.poll(async () => (await cairn.as('ana').modal())?.title.text).toBe('Edit an initiative');
    await cairn.as('ana').submit({ 'What becomes of it?': 'dropped' });
    await cairn.as('ana').close({ all: true });
    await form('ana', 'Vision', 'Vision');
    await cairn.as('ana').submit({ 'Where are we going?': 'Money moves like water.' });
    await cairn.as('ana').close({ all: true });
    expect((await ask('ana', '/strategy edit')).split('\n').slice(1)).toEqual([
      'Version 1 is in force. The draft has 4 changes that nobody but editors sees:',
      '• Vision: Money moves as easily as a message. → Money moves like water.',
      '• Added the intent Grow without ads',
      '• The payment partner that never loses a cent: measure: Disputed volume under 0.1 % → Disputed volume under 0.05 %',
      '• Dropped the initiative Calm refunds',
    ]);
  });
});

describe('/strategy publish', () => {
  it('shows what is new, posts it, and counts each reader once without a name', async () => {
    await cairn.as('ana').command('/strategy publish', { in: 'general' });
    await expect.poll(async () => (await cairn.as('ana').modal())?.title.text).toBe('Publish version 2');
    expect(await shown('ana')).toContain('*What is new since version 1*');
    await cairn.as('ana').submit({ 'Post it to': ['general'] });
    await expect.poll(() => shown('ana')).toContain('Version 2 is published. It goes to 1 channel.');
    await cairn.as('ana').close({ all: true });

    await expect.poll(async () => (await posts()).length).toBe(1);
    const [post] = await posts();
    expect(post?.text).toContain('• Dropped the initiative Calm refunds\nNobody has said so yet.');
    expect(buttonsOf(post)).toEqual(["I've read it", 'Show the strategy']);
    await cairn.as('ben').press("I've read it");
    await expect.poll(async () => (await newest('ben'))?.text).toContain('your name is not shown');
    await cairn.as('ben').press("I've read it");
    await expect
      .poll(async () => (await newest('ben'))?.text)
      .toBe('You are counted already among those who have read version 2.');
    await expect.poll(async () => (await posts())[0]?.text).toContain('Read by 1 person.');
    expect((await posts())[0]?.text).not.toContain('U0BEN>.');
    await cairn.as('ben').press('Show the strategy');
    await expect.poll(async () => (await newest('ben'))?.text).toContain('1. Grow without ads');
  });

  it('says when there is nothing new', async () => {
    await cairn.as('ana').command('/strategy publish', { in: 'general' });
    await expect.poll(async () => (await cairn.as('ana').modal())?.title.text).toBe('Post the strategy');
    expect(JSON.stringify(await cairn.as('ana').submit({ 'Post it to': [] }))).toContain(
      'There is nothing new. Pick a channel to post this version to.',
    );
    await cairn.as('ana').close({ all: true });
  });
});

describe('/strategy history', () => {
  it('tells versions with what each changed, and coverage in counts', async () => {
    expect((await ask('ben', '/strategy history')).split('\n')).toEqual([
      'Versions of the strategy',
      'Version 2, 20 November 2026, by <@U0ANA>',
      '• Vision: Money moves as easily as a message. → Money moves like water.',
      '• Added the intent Grow without ads',
      '• The payment partner that never loses a cent: measure: Disputed volume under 0.1 % → Disputed volume under 0.05 %',
      '• Dropped the initiative Calm refunds',
      'Read by 1 person.',
      'Version 1, 20 November 2026, from a file',
      '• Vision: nothing → Money moves as easily as a message.',
      '• Added the intent The payment partner that never loses a cent',
      '• Added the initiative Halve failed payments to The payment partner that never loses a cent',
      '• Added the initiative Calm refunds to The payment partner that never loses a cent',
      'Nobody has said yet that they read it.',
    ]);
  });
});

describe('a rock', () => {
  it('supports a line that is picked in its form', async () => {
    await cairn.as('ana').command('/rock edit refunds', { in: 'general' });
    await expect.poll(async () => (await cairn.as('ana').modal())?.title.text).toBe('Edit a rock');
    const line = await cairn.db
      .selectFrom('strategy_lines')
      .select('id')
      .where('key', '=', 'fewer-failures')
      .executeTakeFirstOrThrow();
    await cairn.as('ana').submit({ Supports: String(line.id) });
    await cairn.as('ana').close({ all: true });
    expect(await ask('ben', '/strategy')).toContain('Rocks: Refunds');
  });
});

describe('a long strategy', () => {
  it('comes in pages that take each other’s place', async () => {
    const intents = Array.from(
      { length: 40 },
      (_, i) => `\n    - { key: intent-${i}, title: Intent number ${i}, measure: "${'m'.repeat(250)}" }`,
    ).join('');
    const long = await startCairn({ company: `${smallCompany}\nstrategy:\n  intents:${intents}\n` });
    const seen = async () => (await long.as('ben').ephemerals('general')).at(-1);
    await long.as('ben').command('/strategy', { in: 'general' });
    await expect.poll(async () => (await seen())?.text).toContain('Page 1 of 2');
    expect(buttonsOf(await seen())).toEqual(['More']);
    await long.as('ben').press('More');
    await expect.poll(async () => (await seen())?.text).toContain('Page 2 of 2');
    expect((await seen())?.text).toContain('Intent number 39');
    expect(await long.as('ben').ephemerals('general')).toHaveLength(1);
    await long.as('ben').press('Back');
    await expect.poll(async () => (await seen())?.text).toContain('Page 1 of 2');
    await long.close();
  });
});
