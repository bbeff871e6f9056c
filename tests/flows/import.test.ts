import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, startCairn, type TestCairn } from '../support/cairn.ts';
import { smallWorkspace } from '../support/fake-slack/server.ts';

/** Chi is an admin of Slack; Lev has left; two channels speak of something to own. */
const seed = {
  ...smallWorkspace,
  users: [...smallWorkspace.users, { id: 'U0LEFT', name: 'lev', real_name: 'Lev Gone', deleted: true }],
  channels: [
    ...(smallWorkspace.channels ?? []),
    {
      id: 'C0INVOICES',
      name: 'team-invoices',
      topic: 'Invoices for companies. Owner: <@U0BEN>',
      members: ['ben'],
    },
  ],
};
const pasted = 'Rock\tOwner\tTeam\nPayouts\tana@test.example\tMoney\nLedger\tben@test.example\tMoney\n';

let cairn: TestCairn;
const shown = async (person = 'chi') => JSON.stringify((await cairn.as(person).modal()) ?? null);
const sees = (person = 'chi') => expect.poll(async () => await shown(person), { timeout: 8_000 });
async function answer(command: string, person = 'chi') {
  await cairn.as(person).command(command);
  const message = (await cairn.as(person).ephemerals('dm')).at(-1);
  return { text: message?.text ?? '', buttons: buttonsOf(message) };
}
async function rocks(): Promise<string[]> {
  const rows = await cairn.db.selectFrom('rocks').select('name').orderBy('name').execute();
  return rows.map(({ name }) => name);
}
async function begin(person = 'chi') {
  if ((await cairn.as(person).modal()) !== undefined) await cairn.as(person).close({ all: true });
  await answer('/cairn import rocks', person);
  await cairn.as(person).press('Bring in rocks');
  await sees(person).toContain('Read it');
}
/** One rock, from the open form to the end, where nothing has to be asked. */
async function bringIn(cells: string) {
  await cairn.as('chi').submit({ pasted: cells });
  await sees().toContain('Which column holds what?');
  await cairn.as('chi').submit({});
  await sees().toContain('*1 to add*');
  await cairn.as('chi').submit({});
  await sees().toContain('*Brought in:* 1 added');
}

describe('bringing rocks in', () => {
  beforeAll(async () => {
    cairn = await startCairn({ company: 'version: 1\n', fake: { seed } });
  });
  afterAll(async () => {
    expect(await cairn.slack.refused()).toEqual([]);
    await cairn.close();
  });

  it('from a spreadsheet: columns, questions, a preview, and what was brought in can be taken back', async () => {
    expect(await answer('/cairn import rocks')).toEqual({
      text: 'Nothing was brought in yet.',
      buttons: ['Bring in rocks'],
    });
    await begin();
    const bytes = new Uint8Array(await readFile('src/playground/sample/rocks.xlsx'));
    const file = await cairn.as('chi').attach('rocks.xlsx', bytes);
    await cairn.as('chi').submit({ file: [file] });
    await sees().toContain('*Which column holds what?* I have guessed. 120 rows were read.');
    await cairn.as('chi').submit({});
    await sees().toContain('What I could not tell by myself');
    expect(await shown()).toContain('“Payments” and “Payment” (rows 4 and 5) look the same.');
    await cairn.as('chi').submit({});
    await sees().toContain('Bring them in');
    expect(await shown()).toContain('Nobody is told by this. Owners are asked once their team is live.');
    expect(await rocks()).toEqual([]);
    await cairn.as('chi').submit({});
    await sees().toContain('*Brought in:*');
    const many = (await rocks()).length;
    expect(await shown()).toContain(`*Brought in:* ${many} added, 0 changed.`);
    expect(await shown()).toContain('You can take all of it back until 27 Nov.');
    expect(await shown()).toContain('Nobody was told. Each owner is asked once, when their team is live.');
    expect((await answer('/cairn import')).text.split('\n')).toEqual([
      expect.stringMatching(new RegExp(`^${many} rocks, \\d+ with an owner\\.$`)),
      `rocks.xlsx: ${many} added, 0 changed. Brought in on 20 Nov by <@U0CHI>; undo until 27 Nov.`,
    ]);
    await cairn.as('chi').press('Undo');
    await sees().toContain(`Taken back: ${many}. All is as it was before.`);
    expect(await rocks()).toEqual([]);
  });

  it('from pasted cells, left at the questions and taken up again, with the way back from each step', async () => {
    await begin();
    await cairn.as('chi').submit({ pasted });
    await sees().toContain('Which column holds what?');
    await begin();
    expect(await shown()).toContain('*Begun already:* Pasted cells, by <@U0CHI>');
    await cairn.as('chi').press('Go on');
    await sees().toContain('There is no team “Money”');
    await cairn.as('chi').press('Back to the columns');
    await sees().toContain('Which column holds what?');
    await cairn.as('chi').press('Another sheet');
    await sees().toContain('Read it');
    await cairn.as('chi').press('Go on');
    await sees().toContain('There is no team “Money”');
    await cairn.as('chi').submit({ 'There is no team “Money” (rows 2 and 3).': 'Make the team Money' });
    await sees().toContain('with the new team Money');
    await cairn.as('chi').press('Questions (1)');
    await sees().toContain('There is no team “Money”');
    await cairn.as('chi').submit({});
    await sees().toContain('with the new team Money');
    await cairn.as('chi').close({ all: true });
    expect(await rocks()).toEqual([]);
    expect((await answer('/cairn import')).text).toContain(
      'Pasted cells: begun by <@U0CHI>, not brought in yet.',
    );
    await cairn.as('chi').press('Go on');
    await sees().toContain('*2 to add*');
    await cairn.as('chi').submit({});
    await sees().toContain('*Brought in:* 2 added, 0 changed.');
    expect(await rocks()).toEqual(['Ledger', 'Payouts']);
  });

  it('twice pressed, they come in once', async () => {
    await begin();
    await cairn.as('chi').submit({ pasted: 'Rock\tOwner\nTaxes\tben@test.example\n' });
    await sees().toContain('Which column holds what?');
    await cairn.as('chi').submit({});
    await sees().toContain('*1 to add*');
    const view = (await cairn.as('chi').modal())?.id ?? '';
    expect(view).not.toBe('');
    await Promise.allSettled([cairn.as('chi').submit({}), cairn.as('chi').submit({})]);
    await sees().toMatch(/Brought in:|That import is in already. Nothing was written twice./);
    expect((await rocks()).filter((name) => name === 'Taxes')).toEqual(['Taxes']);
  });

  it('from channels, without what the register has', async () => {
    await begin();
    await cairn.as('chi').press('Propose from channels');
    await sees().toContain('2 public channels look like something to own.');
    await cairn.as('chi').submit({});
    await sees().toContain('*2 to add*');
    await cairn.as('chi').submit({});
    await sees().toContain('*Brought in:* 2 added, 0 changed.');
    const owner = await cairn.db
      .selectFrom('stints as s')
      .innerJoin('rocks as r', 'r.id', 's.rock_id')
      .innerJoin('people as p', 'p.id', 's.person_id')
      .select(['r.name as rock', 'p.name as owner'])
      .where('r.name', '=', 'Invoices')
      .execute();
    expect(owner).toEqual([{ rock: 'Invoices', owner: 'ben' }]);
    await cairn.as('chi').close({ all: true });
    await answer('/cairn import');
    await cairn.as('chi').press('Bring in rocks');
    await sees().toContain('Read it');
    await cairn.as('chi').press('Propose from channels');
    await sees().toContain('All that your public channels speak of is in the register.');
    expect(await shown()).toContain('*In the register already:* Payments, Invoices');
  });

  it('one that is not the last is taken back, and the later ones stay', async () => {
    await begin();
    await bringIn('Rock\nLevies\n');
    await cairn.as('chi').press('Bring in more');
    await sees().toContain('Read it');
    await cairn.as('chi').press('Pick from a starter list');
    await sees().toContain('Tick what you do');
    await cairn.as('chi').submit({ Data: ['Data quality'] });
    await sees().toContain('*1 to add*');
    await cairn.as('chi').submit({});
    await sees().toContain('*Brought in:* 1 added');
    await cairn.as('chi').close({ all: true });
    const { text, buttons } = await answer('/cairn import');
    expect(text.split('\n').slice(1, 3)).toEqual([
      'The starter list: 1 added, 0 changed. Brought in on 20 Nov by <@U0CHI>; undo until 27 Nov.',
      'Pasted cells: 1 added, 0 changed. Brought in on 20 Nov by <@U0CHI>; undo until 27 Nov.',
    ]);
    expect(buttons.slice(0, 5)).toEqual([
      'Bring in rocks',
      'Bring in OKRs',
      'Bring in the roadmap',
      'Undo: The starter list',
      'Undo: Pasted cells',
    ]);
    await cairn.as('chi').press('Undo: Pasted cells');
    await sees().toContain('Taken back: 1.');
    const left = await rocks();
    expect(left).toContain('Data quality');
    expect(left).not.toContain('Levies');
    await cairn.as('chi').close({ all: true });
  });

  it('from the starter list, of which the register has one under another name', async () => {
    await begin();
    await bringIn('Rock\nChangelog\n');
    await begin();
    await cairn.as('chi').press('Pick from a starter list');
    await sees().toContain('*In the register already:* Release notes');
    expect(await cairn.as('chi').submit({})).toMatchObject({
      errors: { 'starter-product-marketing': 'Tick one at least.' },
    });
    await cairn.as('chi').submit({ 'starter-product-marketing': ['pricing'] });
    await sees().toContain('*1 to add*');
    await cairn.as('chi').submit({});
    await sees().toContain('*Brought in:* 1 added, 0 changed.');
    expect(await rocks()).toContain('Pricing and packaging');
  });

  it('whose preview is long has its pages turned', async () => {
    const many = Array.from({ length: 90 }, (_, row) => `Area ${row + 1} of the map`).join('\n');
    await begin();
    await cairn.as('chi').submit({ pasted: `Rock\n${many}\n` });
    await sees().toContain('90 rows were read');
    await cairn.as('chi').submit({});
    await sees().toContain('Page 1 of 3');
    await cairn.as('chi').press('Next page');
    await sees().toContain('Page 2 of 3');
    await cairn.as('chi').press('Page before');
    await sees().toContain('Page 1 of 3');
  });
});
