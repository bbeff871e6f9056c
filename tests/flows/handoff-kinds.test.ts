import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttonsOf, startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeEach(async () => {
  cairn = await startCairn();
});
afterEach(async () => {
  expect(await cairn.slack.refused()).toEqual([]);
  await cairn.close();
});

const brief = { 'Why it matters': 'Every booking ends here.', 'Where it stands': 'Stable.' };
const newest = async (person: string) => (await cairn.slack.messages(`@${person}`)).at(-1);
const texts = async (person: string) => (await cairn.slack.messages(`@${person}`)).map(({ text }) => text);
const title = async (person: string) => (await cairn.as(person).modal())?.title.text;
const ownerOf = async (rock: string) =>
  (
    await cairn.db
      .selectFrom('stints as s')
      .innerJoin('rocks as r', 'r.id', 's.rock_id')
      .innerJoin('people as p', 'p.id', 's.person_id')
      .where('r.key', '=', rock)
      .where('s.ended_at', 'is', null)
      .select('p.handle')
      .execute()
  ).map(({ handle }) => handle);

async function opened(person: string, wanted: string): Promise<void> {
  await expect.poll(async () => await title(person)).toBe(wanted);
}

async function readAndAccept(person: string): Promise<void> {
  // Not in the newest message, once the brief was changed: that one stands in its thread.
  const buttons = async () => (await cairn.slack.messages(`@${person}`)).flatMap(buttonsOf);
  await expect.poll(buttons).toContain('Read the brief');
  await cairn.as(person).press('Read the brief');
  await opened(person, 'The brief');
  await cairn.as(person).submit();
}

describe('the kinds of handoffs', () => {
  it('a loan returns by the clock, and both read so the next working morning', async () => {
    const ana = cairn.as('ana');
    await ana.command('/handoff lend payments @ben until Wed', { in: 'payments' });
    await opened('ana', 'Lend');
    await ana.submit(brief);
    await readAndAccept('ben');
    await expect
      .poll(async () => buttonsOf((await cairn.slack.messages('@ana'))[0]))
      .toEqual(['Take it back', 'Read the brief']);
    expect(await ownerOf('payments')).toEqual(['ana']);

    await cairn.turnTo('2026-11-26T22:00:00+01:00');
    await expect
      .poll(async () => (await newest('ben'))?.text)
      .toBe(
        'Your loan of Payments ended on 25 November 2026. It is back with its owner. Thank you for carrying it.',
      );
    expect((await newest('ana'))?.text).toBe(
      'The loan of Payments to <@U0BEN> ended on 25 November 2026. You carry it again.',
    );
    await cairn.as('ben').command('/handoff', { in: 'general' });
    expect((await cairn.as('ben').ephemerals('general')).at(-1)?.text).toBe(
      'No handoff waits for you or for others.',
    );
  });

  it('a loan is given back by one press, in the list too', async () => {
    const ana = cairn.as('ana');
    await ana.command('/handoff lend payments @ben until 15 Jan', { in: 'payments' });
    await opened('ana', 'Lend');
    await ana.submit(brief);
    await readAndAccept('ben');
    await expect.poll(async () => buttonsOf(await newest('ben'))).toContain('Give it back');
    const ben = cairn.as('ben');
    await ben.command('/handoff', { in: 'general' });
    await ben.press('Give it back');
    await expect
      .poll(async () => (await newest('ana'))?.text)
      .toBe('<@U0BEN> gives Payments back to you. You carry it again.');
    await expect
      .poll(async () => (await ben.ephemerals('general')).at(-1)?.text)
      .toBe('No handoff waits for you or for others.');
  });

  it('a rock is asked for from its card, handed over, and accepted', async () => {
    const ben = cairn.as('ben');
    await ben.command('/owner payments', { in: 'general' });
    await ben.press('Ask for it');
    await opened('ben', 'Ask for it');
    await ben.submit({ 'Why you?': 'I build it anyway.' });
    await expect.poll(async () => buttonsOf(await newest('ana'))).toEqual(['Hand it over', 'Decline']);
    await cairn.as('ana').press('Hand it over');
    await opened('ana', 'Hand over');
    await cairn.as('ana').submit({ ...brief, 'Why it moves': 'Ben builds it.' });
    await readAndAccept('ben');
    await expect.poll(async () => await ownerOf('payments')).toEqual(['ben']);
    expect(
      await cairn.db.selectFrom('stints').select('end_reason').where('ended', '=', 'handed-over').execute(),
    ).toEqual([{ end_reason: 'Ben builds it.' }]);

    await cairn.as('ana').command('/handoff back payments', { in: 'general' });
    await opened('ana', 'Take back');
    const refused = await cairn.as('ana').submit({});
    expect(refused).toMatchObject({ ok: false });
    await cairn.as('ana').submit({ 'Why it should come back': 'The launch is mine.' });
    await expect.poll(async () => buttonsOf(await newest('ben'))).toEqual(['Read the request', 'Decline']);
    await ben.press('Read the request');
    await opened('ben', 'The request');
    const request = JSON.stringify(await ben.modal());
    for (const part of ['The launch is mine.', 'What it would undo', 'Every booking ends here.'])
      expect(request).toContain(part);
    await ben.submit();
    await expect.poll(async () => await ownerOf('payments')).toEqual(['ana']);
  });

  it('a lead assigns, changes are suggested, and the brief is offered again', async () => {
    const chi = cairn.as('chi');
    const ben = cairn.as('ben');
    await chi.command('/handoff assign refunds @ben', { in: 'general' });
    await opened('chi', 'Hand over');
    await chi.submit({});
    await expect.poll(async () => (await texts('ana')).join()).toContain('It stays yours until they accept.');
    await expect.poll(async () => buttonsOf(await newest('ben'))).toEqual(['Read the brief', 'Decline']);
    await ben.press('Read the brief');
    await opened('ben', 'The brief');
    await ben.press('Suggest changes');
    await opened('ben', 'Suggest changes');
    await ben.submit({ 'What would you change?': 'Say where it stands.' });
    await expect
      .poll(async () => buttonsOf((await cairn.slack.messages('@chi'))[0]))
      .toEqual(['Edit the brief', 'Withdraw']);
    await chi.press('Edit the brief');
    await opened('chi', 'The brief');
    await chi.submit({ 'Where it stands': 'Half done.' });
    await readAndAccept('ben');
    await expect.poll(async () => await ownerOf('refunds')).toEqual(['ben']);
  });

  it('a piece of work is accepted, listed, and done', async () => {
    const ana = cairn.as('ana');
    await ana.command('/handoff "launch deck" @ben by Fri', { in: 'general' });
    await opened('ana', 'A piece of work');
    await ana.submit(brief);
    await readAndAccept('ben');
    const ben = cairn.as('ben');
    const list = async () => {
      await ben.command('/cairn actions', { in: 'general' });
      return (await ben.ephemerals('general')).at(-1)?.text;
    };
    await expect.poll(list).toBe('Yours to do\nlaunch deck · from <@U0ANA> · by Fri 27 Nov');
    // The reminder of the working day before.
    await cairn.turnTo('2026-11-26T22:00:00+01:00');
    await expect
      .poll(async () => (await texts('ben')).join())
      .toContain('launch deck from <@U0ANA> is due Fri 27 Nov.');
    await ben.press('Done');
    await expect
      .poll(async () => (await newest('ana'))?.text)
      .toBe('<@U0BEN> says that launch deck is done.');
    await expect.poll(list).toContain('No piece of work is open');
  });

  it('a piece of work that nobody needs any more is dropped from the list with a word why', async () => {
    const ana = cairn.as('ana');
    await ana.command('/handoff "launch deck" @ben', { in: 'general' });
    await opened('ana', 'A piece of work');
    await ana.submit(brief);
    await readAndAccept('ben');
    await ana.command('/cairn actions', { in: 'general' });
    await expect
      .poll(async () => buttonsOf((await ana.ephemerals('general')).at(-1)))
      .toEqual(['Done', 'No longer needed']);
    await ana.press('No longer needed');
    await opened('ana', 'No longer needed');
    expect(await ana.submit({ 'Why is it not needed?': ' ' })).toMatchObject({
      errors: { why: 'A sentence is enough: why is it not needed any more?' },
    });
    await ana.submit({ 'Why is it not needed?': 'We show the old one.' });
    await expect
      .poll(async () => (await newest('ben'))?.text)
      .toBe('<@U0ANA> says that launch deck is no longer needed:\n> We show the old one.');
    // The list that still shows it says what became of it.
    await ana.press('No longer needed');
    await expect
      .poll(async () => (await ana.ephemerals('general')).at(-1)?.text)
      .toBe('Nobody needs that any more.');
  });

  it('its brief is read again from the history of the rock, by whoever sees the rock', async () => {
    const ana = cairn.as('ana');
    await ana.command('/handoff payments @ben', { in: 'payments' });
    await opened('ana', 'Hand over');
    await ana.submit(brief);
    await readAndAccept('ben');
    await expect.poll(async () => await ownerOf('payments')).toEqual(['ben']);
    const chi = cairn.as('chi');
    await chi.command('/rock history payments', { in: 'general' });
    await expect
      .poll(async () => buttonsOf((await chi.ephemerals('general')).at(-1)))
      .toEqual(['Read the brief']);
    await chi.press('Read the brief');
    await opened('chi', 'The brief');
    const modal = await chi.modal();
    expect(JSON.stringify(modal)).toContain('Every booking ends here.');
    expect(modal?.submit).toBeUndefined();
  });

  it('typed without what they need, or with too much, says what is missing', async () => {
    const ana = cairn.as('ana');
    const said = async (typed: string) => {
      const before = (await ana.ephemerals('general')).length;
      await ana.command(typed, { in: 'general' });
      await expect.poll(async () => (await ana.ephemerals('general')).length).toBe(before + 1);
      return (await ana.ephemerals('general')).at(-1)?.text;
    };
    const long = 'x'.repeat(300);
    const tooLong = 'Please name it in 150 characters at most; the brief has room for the rest.';
    expect(await said('/handoff @ben')).toBe('Which rock? For example `/handoff payments @ben`.');
    expect(await said('/handoff lend @ben')).toBe(
      'Which rock? For example `/handoff lend payments @ben until 15 Jan`.',
    );
    expect(await said('/handoff ask')).toBe('Which rock? For example `/handoff ask payments`.');
    expect(await said('/handoff back')).toBe('Which rock? For example `/handoff back payments`.');
    expect(await said('/handoff assign')).toBe(
      'Which rock, and to whom? For example `/handoff assign payments @ben`.',
    );
    expect(await said(`/handoff "${long}" @ben`)).toBe(tooLong);
    expect(await said(`/handoff ${long} @ben by Fri`)).toBe(tooLong);
    expect(await said(`/handoff ${long} @ben`)).toContain('200 characters');
  });

  it('after a week the former owner sends askers on', async () => {
    const ana = cairn.as('ana');
    await ana.command('/handoff payments @ben', { in: 'payments' });
    await opened('ana', 'Hand over');
    await ana.submit(brief);
    await readAndAccept('ben');
    await expect.poll(async () => await ownerOf('payments')).toEqual(['ben']);
    await cairn.turnTo('2026-11-30T22:00:00+01:00');
    await expect.poll(async () => (await texts('ana')).join()).toContain('Still asked about it?');
    const question = (await cairn.slack.messages('@ana')).find(({ text }) => text.includes('Still asked'));
    expect(buttonsOf(question)[1]).toBe('Not any more');
    await ana.press(buttonsOf(question)[0] ?? '');
    await opened('ana', 'Send askers on');
    await ana.submit({ 'Who asked': ['U0CHI'] });
    await expect
      .poll(async () => (await newest('chi'))?.text)
      .toBe(
        '<@U0ANA> no longer carries Payments: <@U0BEN> has it now. Please ask <@U0BEN> from now on, who is happy to help.',
      );
  });
});
