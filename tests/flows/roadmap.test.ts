import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';

const company = `${smallCompany
  .replace('teams:\n', 'teams:\n  - { key: risk, name: Risk }\n')
  .replace(
    '    cycle: 2026-Q4\n    key_results',
    '    cycle: 2026-Q4\n    supports: fewer-failures\n    key_results',
  )}
strategy:
  intents:
    - { key: trust, title: Win trust, rank: 1, initiatives: [{ key: fewer-failures, title: Halve failed payments }] }
roadmap:
  - { key: retry-engine, title: Smart retries, horizon: now, owner: ben, team: checkout, rock: payments, supports: reliable, needs: [risk], impact: 5, effort: 3, alignment: 4, due: 2026-12-01, first_due: 2026-11-03, slips: 2 }
  - { key: wallets, title: Wallets, horizon: next, owner: ana }
  - { key: receipts, title: Receipts, horizon: later, owner: ben }
  - { key: loyalty, title: Loyalty, horizon: stopped, owner: ana, why: Nobody asked for it }
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
const title = async (who: string) => (await cairn.as(who).modal())?.title.text;
const shown = async (who: string) => JSON.stringify((await cairn.as(who).modal())?.blocks);
async function form(who: string, command: string, named: string): Promise<void> {
  await cairn.as(who).command(command, { in: 'general' });
  await expect.poll(() => title(who)).toBe(named);
}
const isAdmin = async (who: string, is: boolean) =>
  await cairn.db.updateTable('people').set({ is_admin: is }).where('slack_id', '=', who).execute();

const retries = [
  '• Smart retries `retry-engine` · <@U0BEN> · Checkout · due 1 Dec, slipped twice, first 3 Nov',
  '   Priority 6.7 = impact 5 × alignment 4 ÷ effort 3 · supports Win trust > Halve failed payments / Checkout that just works · needs Risk',
];

describe('/roadmap', () => {
  it('shows what is planned by horizon, with who, when, what for and of whom', async () => {
    expect((await ask('ana', '/roadmap')).split('\n')).toEqual([
      'Roadmap',
      'Now (1)',
      ...retries,
      'Next (1)',
      '• Wallets `wallets` · <@U0ANA>',
      'Later (1)',
      '• Receipts `receipts` · <@U0BEN>',
      '1 stopped: `/roadmap stopped`',
    ]);
    expect(buttonsOf(await newest('ana'))).toEqual(['Add an item']);
  });

  it('shows a horizon, a person, a team with what needs it, and what serves an initiative, an intent or an objective', async () => {
    expect((await ask('ana', '/cairn roadmap stopped')).split('\n')).toEqual([
      'Roadmap: stopped',
      'Stopped (1)',
      '• Loyalty `loyalty` · <@U0ANA> · why: Nobody asked for it',
    ]);
    expect((await ask('ana', '/roadmap @ben')).split('\n')).toEqual([
      'Roadmap of ben',
      'Now (1)',
      ...retries,
      'Later (1)',
      '• Receipts `receipts` · <@U0BEN>',
    ]);
    for (const [asked, heading] of [
      ['checkout', 'Roadmap of Checkout'],
      ['risk', 'Roadmap of Risk'],
      ['fewer-failures', 'Roadmap for Halve failed payments'],
      ['trust', 'Roadmap for Win trust'],
      ['reliable', 'Roadmap for Checkout that just works'],
    ])
      expect((await ask('ana', `/roadmap ${asked}`)).split('\n')).toEqual([heading, 'Now (1)', ...retries]);
  });

  it('says what is empty, and where a slip of a verb or a name may lead', async () => {
    expect(await ask('ana', '/roadmap later risk')).toBe(
      'Nothing is in later of Risk yet. `/roadmap add` puts something there.',
    );
    expect(await ask('ana', '/roadmap scroe wallets')).toBe(
      "I don't know `/roadmap scroe`. Did you mean `/roadmap score`? `/roadmap help` shows what I can do.",
    );
    expect(await ask('ana', '/roadmap "now"')).toBe(
      "I don't know a team, initiative, objective, person or roadmap item called “now”. `/roadmap` shows everything.",
    );
    expect(await ask('ana', '/roadmap move wallets lter')).toBe(
      "I don't know where “lter” is. It is now, next, later, shipped or stopped. Did you mean `/roadmap move wallets later`?",
    );
    expect(await ask('ana', '/roadmap edit')).toBe('Which one? For example `/roadmap edit smart-retries`.');
    expect(await ask('ana', '/roadmap edit walets')).toBe(
      "I don't know a roadmap item called “walets”. Did you mean one of these?\nWallets",
    );
    await cairn.as('ana').press('Wallets');
    await expect.poll(async () => (await newest('ana'))?.text).toContain('Owner <@U0ANA>');
  });

  it('help names the verbs, and a review is set up as a ritual', async () => {
    expect(await ask('ana', '/roadmap help')).toContain('`/roadmap moved since 1 Nov`');
    expect(await ask('ana', '/roadmap review')).toBe(
      'No roadmap review is on the calendar yet. `/cadence add` sets one up; `/playbook roadmap-review` says how it goes.',
    );
  });

  it('show has all of an item, and its rock only for who sees it', async () => {
    const facts = [
      'Smart retries',
      'Owner <@U0BEN> · team Checkout',
      'Due 1 Dec, slipped twice, first 3 Nov',
      'Priority 6.7 = impact 5 × alignment 4 ÷ effort 3',
      'Supports Win trust > Halve failed payments / Checkout that just works',
      'Rock Payments `payments`, owned by <@U0ANA>',
      'Needs something of Risk',
      '`retry-engine` · Now since 20 Nov',
    ];
    expect((await ask('ben', '/roadmap show retry-engine')).split('\n')).toEqual(facts);
    expect(buttonsOf(await newest('ben'))).toEqual(['Edit', 'Move', 'Score']);
    const seenBy = async (visibility: 'team' | 'workspace') =>
      await cairn.db.updateTable('rocks').set({ visibility }).where('key', '=', 'payments').execute();
    await seenBy('team');
    expect(await ask('ben', '/roadmap show retry-engine')).not.toContain('Payments');
    await seenBy('workspace');
  });
});

describe('changing it', () => {
  it('adds an item with what it is for, and refuses a date for what is not in now beside the field', async () => {
    await form('ana', '/roadmap add Faster refunds', 'Add to the roadmap');
    await cairn.as('ana').suggest('Rock', 'refunds');
    const given = { 'When?': 'Next', Due: '2026-12-10', Rock: 'Refunds · Checkout' };
    expect(JSON.stringify(await cairn.as('ana').submit(given))).toContain(
      'Only what is in now has a date. Move it to now, or leave the date out.',
    );
    await cairn.as('ana').submit({
      ...given,
      'When?': 'Now',
      'What does it support?': '› Halve failed payments',
      'Teams of which it needs something': ['Risk'],
    });
    await expect.poll(() => shown('ana')).toContain('is on the roadmap, in now.');
    await cairn.as('ana').close({ all: true });
    expect(await ask('ana', '/roadmap show faster-refunds')).toContain(
      'Due 10 Dec\nNot scored yet: impact × alignment ÷ effort\nSupports Win trust > Halve failed payments\nRock Refunds `refunds`, owned by <@U0ANA>',
    );
  });

  it('is for its owner, the owner of its rock, the lead of its team and admins; others hear whom to ask', async () => {
    expect(await ask('ben', '/roadmap edit faster-refunds')).toBe(
      'You can look at *Faster refunds*, but not change it. Ask <@U0ANA>.',
    );
    expect(await ask('ana', '/roadmap move receipts next')).toBe(
      'You can look at *Receipts*, but not change it. Ask <@U0BEN>.',
    );
    for (const who of ['ben', 'ana', 'chi']) {
      await form(who, '/roadmap edit retry-engine', 'Edit an item');
      await cairn.as(who).close({ all: true });
    }
  });

  it('asks for words when a date moves back, and keeps each slip', async () => {
    await form('ben', '/roadmap edit retry-engine', 'Edit an item');
    expect(JSON.stringify(await cairn.as('ben').submit({ Due: '2026-11-19' }))).toContain(
      'That day is over. Pick today or a later one.',
    );
    expect(JSON.stringify(await cairn.as('ben').submit({ Due: '2026-12-08' }))).toContain(
      'The date moves from 1 December 2026 to 8 December 2026. Please say in a few words why.',
    );
    await cairn
      .as('ben')
      .submit({ Due: '2026-12-08', 'Why does the date move back?': 'The provider was *late*' });
    await expect.poll(() => shown('ben')).toContain('is saved.');
    await cairn.as('ben').close({ all: true });
    expect(await ask('ben', '/roadmap show retry-engine')).toContain(
      'Due 8 Dec, slipped 3 times, first 3 Nov\n• 1 Dec → 8 Dec, <@U0BEN>: The provider was ∗late∗',
    );
  });

  it('refuses a form that was opened before somebody else changed the item', async () => {
    await form('ben', '/roadmap edit retry-engine', 'Edit an item');
    await form('ana', '/roadmap score retry-engine', 'Score an item');
    await cairn.as('ana').submit({ 'Effort: what does it cost?': '2: a week or two' });
    await expect.poll(() => shown('ana')).toContain('Priority 10.0 = impact 5 × alignment 4 ÷ effort 2');
    await cairn.as('ana').close({ all: true });
    const late = await cairn.as('ben').submit({ 'What is it?': 'Smarter retries' });
    expect(JSON.stringify(late)).toContain('Somebody has changed it since you opened this form.');
    await cairn.as('ben').close({ all: true });
  });

  it('moves at once to next and later, and to now with a date', async () => {
    expect(await ask('ana', '/roadmap move wallets later')).toBe(
      'Wallets `wallets` is in later. It was in next.',
    );
    expect(await ask('ana', '/roadmap move wallets later')).toBe(
      '*Wallets* is in later already. `/roadmap edit wallets` changes what it says.',
    );
    await form('ana', '/roadmap move wallets now', 'Move it to now');
    await cairn.as('ana').submit({ Due: '2026-12-15' });
    await expect.poll(() => shown('ana')).toContain('is in now, due 15 December 2026. It was in later.');
    await cairn.as('ana').close({ all: true });
  });

  it('stops with words, also by the button that asks where to', async () => {
    await ask('ben', '/roadmap show receipts');
    await cairn.as('ben').press('Move');
    await expect.poll(() => title('ben')).toBe('Move an item');
    expect(JSON.stringify(await cairn.as('ben').submit({ 'Where to?': 'Stopped' }))).toContain(
      'A sentence is enough: why is it stopped?',
    );
    await cairn.as('ben').submit({ 'Where to?': 'Stopped', 'Why?': 'Too few ask' });
    await expect.poll(() => shown('ben')).toContain('is stopped. It was in later.');
    await cairn.as('ben').close({ all: true });
  });

  it('the score begins with what the item supports, and shows the formula', async () => {
    await form('ana', '/roadmap score faster-refunds', 'Score an item');
    expect(await shown('ana')).toContain('Priority = impact × alignment ÷ effort, so from 0.2 to 25.');
    await cairn.as('ana').submit({
      'Impact: what does it bring?': '4: a number moves clearly',
      'Effort: what does it cost?': '2: a week or two',
    });
    await expect.poll(() => shown('ana')).toContain('Priority 6.0 = impact 4 × alignment 3 ÷ effort 2');
    await cairn.as('ana').close({ all: true });
  });

  it('moved says what changed since a day', async () => {
    expect((await ask('chi', '/roadmap moved since 20 Nov')).split('\n')).toEqual([
      'What moved since 20 Nov',
      '• Smart retries `retry-engine` · added, now · slipped 1 Dec → 8 Dec, <@U0BEN>: The provider was ∗late∗',
      '• Wallets `wallets` · added, now',
      '• Receipts `receipts` · added, stopped: Too few ask',
      '• Loyalty `loyalty` · added, stopped: Nobody asked for it',
      '• Faster refunds `faster-refunds` · added, now',
    ]);
    expect(await ask('chi', '/roadmap moved since 21 Nov')).toBe(
      'That day is still to come. Say one that is over.',
    );
    expect(await ask('chi', '/roadmap moved since yestermonth')).toContain(
      "I can't read “yestermonth” as a day.",
    );
  });

  it('guests are refused', async () => {
    await cairn.db.updateTable('people').set({ kind: 'guest' }).where('slack_id', '=', 'U0CHI').execute();
    expect(await ask('chi', '/roadmap')).toContain('I answer full members of this workspace only.');
    await cairn.db.updateTable('people').set({ kind: 'member' }).where('slack_id', '=', 'U0CHI').execute();
  });
});

describe('what shipped', () => {
  const told = async () => JSON.stringify(await cairn.as('ben').messages());
  const question = '*Smart retries*: did it move the number?';

  it('is asked about after 30 days, with the numbers, once; too early asks once more', async () => {
    await isAdmin('U0CHI', true);
    expect(await ask('chi', '/roadmap move retry-engine shipped')).toBe(
      'Smart retries `retry-engine` is shipped. It was in now. In 30 days its owner is asked whether it moved the number.',
    );
    await cairn.turnTo('2026-12-18T12:00:00+01:00');
    expect(await told()).not.toContain(question);
    // The thirtieth day is a Sunday, and a reminder waits for a working day.
    await cairn.turnTo('2026-12-22T12:00:00+01:00');
    await expect.poll(told).toContain(question);
    expect(await told()).toContain('• Days to refund: 6 days → 5 days, target 2 days');
    await cairn.as('ben').press('Too early');
    await expect.poll(() => title('ben')).toBe('Too early');
    expect(JSON.stringify(await cairn.as('ben').submit())).toContain('required');
    await cairn.as('ben').submit({ 'What do you see?': 'Two weeks of data' });
    await expect.poll(() => shown('ben')).toContain('I ask once more in 30 days.');
    await cairn.as('ben').close({ all: true });
    expect(await ask('chi', '/roadmap show retry-engine')).toContain(
      'Did it move the number? too early to say whether it moved the number: Two weeks of data',
    );
    await expect.poll(told).toContain('I ask once more in 30 days.');
    expect(await told()).not.toContain(question);
    await cairn.turnTo('2027-01-22T12:00:00+01:00');
    await expect.poll(told).toContain(`${question} You said that it was too early.`);
    await cairn.as('ben').press('It did not');
    await expect.poll(() => title('ben')).toBe('It did not');
    await cairn.as('ben').submit({ 'What do you see?': 'The rate is where it was' });
    await expect.poll(() => shown('ben')).toContain('it did not move the number. Thank you.');
    await cairn.as('ben').close({ all: true });
    await cairn.turnTo('2027-03-22T12:00:00+01:00');
    expect(await told()).not.toContain(question);
  });
});
