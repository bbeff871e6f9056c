import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeAll(async () => {
  const company = smallCompany.replace('state: active', 'state: active, nudge_after: P1D, close_after: P2D');
  cairn = await startCairn({ company: `${company}settings: { product_operations: "#general" }\n` });
});
afterAll(async () => cairn.close());

const newest = async (who: string) => (await cairn.as(who).messages()).filter((it) => !it.ephemeral).at(-1);
const results = async () =>
  (await cairn.slack.messages('general')).filter(({ text }) => text.includes('what people think of it'));
const words = async (who: string) => JSON.stringify((await cairn.as(who).modal()) ?? null);

describe('once a quarter a ritual is asked about', () => {
  it('two weeks before the end, everybody whom it asked, beside its figures', async () => {
    await cairn.turnTo('2026-11-23T09:01:00+01:00');
    await cairn.as('ana').press('Check in');
    await expect.poll(async () => await words('ana')).toContain('Check in');
    await cairn.as('ana').submit({ Value: '2.9', Confidence: '7' });
    await cairn.turnTo('2026-11-23T16:00:00+01:00');
    await cairn.as('ben').press('check-in:later', { value: 'Snooze until tomorrow: waiting for numbers' });
    await expect
      .poll(async () => (await cairn.as('ben').ephemerals('dm')).at(-1)?.text)
      .toMatch(/^I ask you again /);
    await cairn.turnTo('2026-11-26T12:00:00+01:00');
    await cairn.turnTo('2026-12-18T10:01:00+01:00');
    for (const who of ['ana', 'ben']) {
      await expect
        .poll(async () => (await newest(who))?.text)
        .toContain('OKR check-in in <#C0PAYMENTS>: keep it, change it, or stop it?');
    }
    const asked = await newest('ana');
    expect(asked?.text).toMatch(
      /This quarter: held 4 times, 13 % answered, about one minute in all, \d+ nudges\./,
    );
    expect(buttonsOf(asked)).toEqual(['Keep it', 'Change it', 'Stop it']);
    expect((await newest('chi'))?.text ?? '').not.toContain('keep it, change it');
  });

  it('one press keeps it, a change wants words, and either can be said otherwise', async () => {
    await cairn.as('ana').press('Keep it');
    await expect
      .poll(async () => (await newest('ana'))?.text)
      .toBe('OKR check-in: you said keep it. Thank you.');
    await cairn.as('ben').press('Change it');
    await expect.poll(async () => await words('ben')).toContain('What should be different?');
    const refusal = await cairn.as('ben').submit({ 'What should be different?': '   ' });
    expect(JSON.stringify(refusal)).toContain('A sentence is enough: what should be different?');
    await cairn.as('ben').submit({ 'What should be different?': 'Every second week, *please* <!channel>' });
    await expect
      .poll(async () => (await newest('ben'))?.text)
      .toBe('OKR check-in: you said change it. Thank you.\n> Every second week, please &lt;!channel&gt;');
    await cairn.as('ana').press('Stop it');
    await expect.poll(async () => await words('ana')).toContain('Why should it stop?');
    await cairn.as('ana').submit({ 'Why should it stop?': 'We talk every day anyway' });
    await expect.poll(async () => (await newest('ana'))?.text).toContain('you said stop it');
    await cairn.as('ana').press('Keep it');
    await expect
      .poll(async () => (await newest('ana'))?.text)
      .toBe('OKR check-in: you said keep it. Thank you.');
  });

  it('somebody who was not asked cannot say anything for others', async () => {
    const round = await cairn.db.selectFrom('ritual_rounds').select('id').executeTakeFirstOrThrow();
    const { giveOpinion } = await import('../../src/features/feedback/operations.ts');
    const { findPersonBySlackId } = await import('../../src/features/people/store.ts');
    const { isActor } = await import('../../src/features/people/core/person.ts');
    const chi = await findPersonBySlackId(cairn.db, cairn.workspaceId, 'U0CHI');
    if (chi === undefined || !isActor(chi)) throw new Error('chi is not there');
    const deps = { db: cairn.db, rituals: { get: () => undefined, values: () => [].values() } };
    expect(
      await giveOpinion(deps, cairn.workspaceId, chi, round.id, { verdict: 'keep', words: null }),
    ).toMatchObject({ ok: false, words: 'That was asked of somebody else.' });
  });

  it('a week later product operations reads what was said, without names', async () => {
    await cairn.turnTo('2026-12-25T10:01:00+01:00');
    await expect.poll(async () => (await results()).length).toBe(1);
    const [result] = await results();
    expect(result?.text).toMatch(
      /^OKR check-in in <#C0PAYMENTS>: what people think of it \(2026-Q4\)\n1 keep it · 1 change it · 0 stop it · 0 said nothing\nThis quarter: held \d+ times, \d+ % answered, about one minute in all, \d+ nudges\.\nSnoozed once: waiting for numbers\.\nChange it:\n> Every second week, please &lt;!channel&gt;$/,
    );
    expect(buttonsOf(result)).toEqual(['Edit it']);
    expect(JSON.stringify(result)).not.toContain('U0BEN');
  });

  it('and after that it is too late, and nobody is asked a second time', async () => {
    await cairn.as('ben').press('Stop it');
    await expect
      .poll(async () => (await cairn.as('ben').ephemerals('dm')).at(-1)?.text)
      .toBe('This is closed, and product operations has read it. You are asked again next quarter.');
    await cairn.turnTo('2026-12-31T12:00:00+01:00');
    expect((await results()).length).toBe(1);
    expect(await cairn.db.selectFrom('ritual_rounds').select('quarter').execute()).toEqual([
      { quarter: '2026-Q4' },
    ]);
  });
});
