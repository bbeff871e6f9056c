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

const newest = async (person: string) => (await cairn.slack.messages(`@${person}`)).at(-1);
const titleFor = async (person: string) => (await cairn.as(person).modal())?.title.text;
const rockId = async (key: string) =>
  (await cairn.db.selectFrom('rocks').select('id').where('key', '=', key).executeTakeFirstOrThrow()).id;

describe('/handoff bulk', () => {
  it('spreads rocks over people in three steps, and says how all stand', async () => {
    const ana = cairn.as('ana');
    await ana.command('/handoff bulk', { in: 'general' });
    await expect.poll(async () => await titleFor('ana')).toBe('Hand off several');
    await ana.submit({ 'Who takes over': ['U0BEN', 'U0CHI'] });
    await expect.poll(async () => await titleFor('ana')).toBe('Who takes what');
    // Chi is the backup of Payments, so it is proposed for her.
    expect(JSON.stringify(await ana.modal())).toContain(
      '"initial_option":{"text":{"type":"plain_text","text":"chi"',
    );
    const ben = await cairn.db
      .selectFrom('people')
      .select('id')
      .where('handle', '=', 'ben')
      .executeTakeFirstOrThrow();
    await ana.submit({ [`rock-${await rockId('refunds')}`]: String(ben.id) });
    await expect.poll(async () => await titleFor('ana')).toBe('Look it over');
    // On a slow machine it says that it takes a moment, and then what came of it.
    const sent = await ana.submit({ 'Why they move': 'Ana leads the new team.' });
    if (sent.ok && sent.modal === 'updated') {
      await expect.poll(async () => JSON.stringify(await ana.modal())).toContain('2 rocks were offered.');
      await ana.close({ all: true });
    }
    expect(await titleFor('ana')).toBeUndefined();

    await expect.poll(async () => buttonsOf(await newest('ben'))).toEqual(['Read the brief', 'Decline']);
    await expect.poll(async () => buttonsOf(await newest('ana'))).toEqual(['Withdraw', 'Withdraw']);
    await cairn.as('ben').press('Read the brief');
    await expect.poll(async () => await titleFor('ben')).toBe('The brief');
    expect(JSON.stringify(await cairn.as('ben').modal())).toContain('Ana leads the new team.');
    await cairn.as('ben').submit();
    await expect
      .poll(async () => (await newest('ana'))?.text)
      .toContain('You offered 2 rocks to 2 people: 1 accepted, 1 waits.');

    await cairn.as('chi').press('Decline');
    await expect.poll(async () => await titleFor('chi')).toBe('Decline');
    await cairn.as('chi').submit({});
    const state = async () =>
      (await cairn.slack.messages('@ana')).find(({ text }) => text.startsWith('You offered'));
    await expect.poll(async () => buttonsOf(await state())).toEqual(['Offer to another']);
    await ana.press('Offer to another');
    await expect.poll(async () => await titleFor('ana')).toBe('Offer to another');
    await ana.submit({ 'Who takes it': 'U0BEN' });
    await expect
      .poll(async () => (await state())?.text)
      .toContain('You offered 2 rocks to one person: 1 accepted, 1 waits.');
    await expect.poll(async () => (await newest('ben'))?.text).toContain('Payments');
  });

  it('says that it takes a moment when it does, and what came of it', async () => {
    const ana = cairn.as('ana');
    await ana.command('/handoff bulk', { in: 'general' });
    await expect.poll(async () => await titleFor('ana')).toBe('Hand off several');
    await ana.submit({ 'Who takes over': ['U0BEN'] });
    await expect.poll(async () => await titleFor('ana')).toBe('Who takes what');
    await ana.submit({});
    await expect.poll(async () => await titleFor('ana')).toBe('Look it over');
    const letGo = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const holding = cairn.db.transaction().execute(async (tx) => {
      await tx.selectFrom('rocks').select('id').where('key', '=', 'refunds').forUpdate().execute();
      held.resolve();
      await letGo.promise;
    });
    await held.promise;
    expect(await ana.submit({ 'Why they move': 'Ana leads the new team.' })).toEqual({
      ok: true,
      modal: 'updated',
    });
    expect(JSON.stringify(await ana.modal())).toContain('2 rocks are being offered.');
    letGo.resolve();
    await holding;
    await expect.poll(async () => JSON.stringify(await ana.modal())).toContain('2 rocks were offered.');
    await expect
      .poll(async () => (await newest('ana'))?.text)
      .toContain('You offered 2 rocks to one person: 2 wait.');
  });

  it('says in place of the third step, which nothing can cover, that its sender may not use Cairn any more', async () => {
    const ana = cairn.as('ana');
    await ana.command('/handoff bulk', { in: 'general' });
    await expect.poll(async () => await titleFor('ana')).toBe('Hand off several');
    await ana.submit({ 'Who takes over': ['U0BEN'] });
    await expect.poll(async () => await titleFor('ana')).toBe('Who takes what');
    await ana.submit({});
    await expect.poll(async () => await titleFor('ana')).toBe('Look it over');
    await cairn.db.updateTable('people').set({ kind: 'guest' }).where('handle', '=', 'ana').execute();
    expect(await ana.submit({ 'Why they move': 'Ana leads the new team.' })).toEqual({
      ok: true,
      modal: 'updated',
    });
    expect(JSON.stringify(await ana.modal())).toContain('full members of this workspace');
  });

  it('is refused in plain words', async () => {
    const ben = cairn.as('ben');
    await ben.command('/handoff bulk @ana', { in: 'general' });
    await expect
      .poll(async () => (await ben.ephemerals('general')).map(({ text }) => text))
      .toEqual([
        'What <@U0ANA> carries can be moved by themselves, a lead of theirs and admins. Ask one of them.',
      ]);
    const ana = cairn.as('ana');
    await ana.command('/handoff bulk', { in: 'general' });
    await expect.poll(async () => await titleFor('ana')).toBe('Hand off several');
    expect(await ana.submit({ 'Who takes over': ['U0ANA'] })).toMatchObject({
      ok: false,
      errors: { receivers: 'ana carries them already. Who takes over?' },
    });
    await ana.submit({ 'Who takes over': ['U0BEN'] });
    await expect.poll(async () => await titleFor('ana')).toBe('Who takes what');
    await ana.submit({
      [`rock-${await rockId('payments')}`]: 'stays',
      [`rock-${await rockId('refunds')}`]: 'stays',
    });
    await expect
      .poll(async () => JSON.stringify(await ana.modal()))
      .toContain('Every rock stays where it is, so there is nothing to offer.');
  });
});

describe('/handoff reorg', () => {
  it('is prepared in the author’s direct messages and released together', async () => {
    const chi = cairn.as('chi');
    await chi.command('/handoff reorg', { in: 'general' });
    await expect.poll(async () => await titleFor('chi')).toBe('Reorganisation');
    await chi.submit({ 'What is it called?': 'One checkout' });
    await expect.poll(async () => buttonsOf(await newest('chi'))).toEqual(['Add moves', 'Drop it']);

    await chi.press('Add moves');
    await expect.poll(async () => await titleFor('chi')).toBe('Add moves');
    expect(await chi.submit({ 'Who takes over': ['U0BEN'] })).toMatchObject({
      errors: { person: 'Whose rocks move? A person’s, a team’s, or one rock.' },
    });
    await chi.submit({ 'A person’s': 'U0ANA', 'Who takes over': ['U0BEN'] });
    await expect.poll(async () => await titleFor('chi')).toBe('Who takes what');
    await chi.submit({});
    await expect
      .poll(async () => (await newest('chi'))?.text)
      .toContain('2 rocks move, 2 people are concerned.');
    expect(await cairn.slack.messages('@ben')).toEqual([]);

    await chi.command('/handoff reorg', { in: 'general' });
    await expect
      .poll(async () => (await chi.ephemerals('general')).at(-1)?.text)
      .toBe('You prepare one reorganisation.\nOne checkout: 2 moves');

    await chi.press('Release …');
    await expect.poll(async () => await titleFor('chi')).toBe('Release');
    await chi.submit({ 'Why they move': 'Two teams become one.' });
    await expect
      .poll(async () => buttonsOf(await newest('ben')))
      .toEqual(['Read the brief', 'Decline', 'Read the brief', 'Decline']);
    expect((await newest('ana'))?.text).toContain(
      '<@U0CHI> would like others to carry on with 2 rocks of yours.',
    );
    await expect
      .poll(async () => (await newest('chi'))?.text)
      .toContain('You offered 2 rocks to one person: 2 wait.');
  });
});
