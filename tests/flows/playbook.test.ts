import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';

const company = `${smallCompany}
playbook:
  - key: retro
    name: Retro
    purpose: To learn from what happened.
    agenda: [What went well, What did not]
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
async function shown(who: string): Promise<string> {
  return JSON.stringify((await cairn.as(who).modal())?.blocks);
}
async function form(who: string, press: string, title: string): Promise<void> {
  await cairn.as(who).press(press);
  await expect.poll(async () => (await cairn.as(who).modal())?.title.text).toBe(title);
}

describe('/playbook', () => {
  it('lists the pages that come with Cairn, then the company’s own', async () => {
    const text = await ask('ben', '/playbook');
    expect(text.split('\n').filter((line) => /^(From|Your|•)/.test(line))).toEqual([
      'From Cairn',
      expect.stringMatching(/^• OKR planning · /),
      expect.stringMatching(/^• OKR check-in · /),
      expect.stringMatching(/^• OKR close · /),
      expect.stringMatching(/^• Roadmap review · /),
      expect.stringMatching(/^• Strategy review · /),
      expect.stringMatching(/^• Ownership audit · /),
      expect.stringMatching(/^• Weekly digest for leaders · /),
      expect.stringMatching(/^• Monthly readout for sales and marketing · /),
      'Your own',
      '• Retro · To learn from what happened.',
    ]);
    expect(buttonsOf(await newest('ben'))).toEqual(Array.from({ length: 9 }, () => 'Read'));
  });

  it('shows a page below the list when `Read` is pressed', async () => {
    await cairn.as('ben').press('playbook:read/retro');
    await expect
      .poll(async () => (await newest('ben'))?.text)
      .toBe(
        [
          'Retro',
          'A page of your own. Its key is retro.',
          'To learn from what happened.',
          'Agenda',
          '1. What went well',
          '2. What did not',
        ].join('\n'),
      );
    expect(buttonsOf(await newest('ben'))).toEqual(['Put on the calendar']);
  });

  it('shows a page by its key, its name, or nearly so, also below /cairn', async () => {
    for (const typed of ['roadmap-review', 'Roadmap Review', 'raodmap review', 'roadmap']) {
      expect(await ask('ben', `/playbook ${typed}`)).toMatch(/^Roadmap review\nThis page comes with Cairn\./);
    }
    expect(await ask('ben', '/cairn playbook digest')).toMatch(/^Weekly digest for leaders\n/);
  });

  it('offers the nearest pages where nothing is called so', async () => {
    expect(await ask('ben', '/playbook okr')).toBe(
      'No page of the playbook is called “okr”. Did you mean one of these?\n• OKR planning\n• OKR check-in\n• OKR close',
    );
    await cairn.as('ben').press('OKR close');
    await expect.poll(async () => (await newest('ben'))?.text).toMatch(/^OKR close\n/);
  });

  it('puts a page on the calendar in the form of a cadence, with the page picked and this channel', async () => {
    await ask('ben', '/playbook retro');
    await form('ben', 'Put on the calendar', 'New cadence');
    const picked = JSON.stringify((await cairn.as('ben').modal())?.blocks.slice(0, 2));
    expect(picked).toContain('"initial_option":{"text":{"type":"plain_text","text":"Retro"');
    expect(picked).toContain('"initial_conversation":"C0GENERAL"');
    await cairn.as('ben').submit({ When: 'every Friday at 10:00', Teams: ['Checkout'] });
    await expect
      .poll(() => shown('ben'))
      .toContain('Looks at the work of Checkout; nobody has to answer as things stand');
    await cairn.as('ben').close({ all: true });
  });
});

describe('a page of one’s own', () => {
  it('is made of a page that comes with Cairn, by a lead, and read by everybody', async () => {
    await ask('chi', '/playbook roadmap-review');
    await form('chi', 'Copy and change', 'Copy a page');
    expect(await shown('chi')).toContain('A ritual of your own, made of *Roadmap review*.');
    const refused = await cairn.as('chi').submit({ Name: 'Roadmap review', Agenda: ' ' });
    expect(JSON.stringify(refused)).toContain(
      'A ritual needs an agenda: write one point at least, one a line.',
    );
    const taken = await cairn.as('chi').submit({ Name: 'Roadmap review', Agenda: 'What moved' });
    expect(JSON.stringify(taken)).toContain('The page “Roadmap review” is called so already.');
    await cairn.as('chi').submit({
      Name: 'Pricing review',
      Agenda: 'What moved\nWhat we decide',
      Questions: 'What did customers say?',
    });
    await expect
      .poll(() => shown('chi'))
      .toContain('Kept. Everybody can read *Pricing review* with `/playbook pricing-review`');
    await cairn.as('chi').close({ all: true });
    const text = await ask('ben', '/playbook pricing-review');
    expect(text).toContain('1. What moved\n2. What we decide\nOutputs');
    expect(text).toContain(
      'What it asks\n• What did customers say?\nWhat is gathered for it\n• Lines deferred',
    );
  });

  it('is changed, unless somebody else has changed it meanwhile', async () => {
    const open = async () => {
      await ask('chi', '/playbook pricing-review');
      await form('chi', 'Change', 'Change a page');
    };
    await open();
    await cairn.db
      .updateTable('playbook_pages')
      .set({ timing: 'Never' })
      .where('key', '=', 'pricing-review')
      .execute();
    const refused = await cairn.as('chi').submit({ Timing: 'Weekly' });
    expect(JSON.stringify(refused)).toContain('Somebody has changed it since you opened this form.');
    await cairn.as('chi').close({ all: true });
    await open();
    await cairn.as('chi').submit({ Timing: 'Weekly' });
    await expect.poll(() => shown('chi')).toContain('Kept. ');
    await cairn.as('chi').close({ all: true });
    expect(await ask('ben', '/playbook pricing-review')).toContain('Timing\n• Weekly');
  });

  it('stays while a cadence holds it, and goes afterwards', async () => {
    await cairn.db
      .updateTable('cadences')
      .set({ ritual: 'pricing-review', state: 'paused' })
      .where('key', '=', 'weekly-okr')
      .execute();
    await ask('chi', '/playbook pricing-review');
    await form('chi', 'Change', 'Change a page');
    const refused = await cairn.as('chi').submit({ 'What becomes of it?': 'deleted' });
    expect(JSON.stringify(refused)).toContain('weekly-okr in #payments still uses it.');
    await cairn.db
      .updateTable('cadences')
      .set({ ritual: 'okr-check-in' })
      .where('key', '=', 'weekly-okr')
      .execute();
    await cairn.as('chi').submit({ 'What becomes of it?': 'deleted' });
    await expect.poll(() => shown('chi')).toContain('Deleted. *Pricing review* is not in the playbook');
    await cairn.as('chi').close({ all: true });
    expect(await ask('ben', '/playbook pricing-review')).toContain('No page of the playbook is called');
  });

  it('is written only by who may at the moment of the press', async () => {
    const lead = async (slackId: string) =>
      await cairn.db
        .updateTable('teams')
        .set((eb) => ({ lead_id: eb.selectFrom('people').select('id').where('slack_id', '=', slackId) }))
        .where('key', '=', 'checkout')
        .execute();
    const words =
      'Pages of the playbook are written by team leads and Cairn admins. Tell one of them what you would change.';
    await lead('U0BEN');
    await ask('ben', '/playbook digest');
    await lead('U0CHI');
    await cairn.as('ben').press('Copy and change');
    await expect.poll(async () => (await newest('ben'))?.text).toBe(words);
    await lead('U0BEN');
    await ask('ben', '/playbook digest');
    await form('ben', 'Copy and change', 'Copy a page');
    await lead('U0CHI');
    await cairn.as('ben').submit({ Name: 'Too late' });
    await expect.poll(() => shown('ben')).toContain(words);
    await cairn.as('ben').close({ all: true });
  });
});
