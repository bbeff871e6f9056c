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

const brief = {
  'Why it matters': 'Every booking ends here.',
  'Where it stands': 'Stable, two open questions.',
};
const newest = async (person: string) => (await cairn.slack.messages(`@${person}`)).at(-1);
const ownerOf = async (rock: string) => {
  const row = await cairn.db
    .selectFrom('stints as s')
    .innerJoin('rocks as r', 'r.id', 's.rock_id')
    .innerJoin('people as p', 'p.id', 's.person_id')
    .where('r.key', '=', rock)
    .where('s.ended_at', 'is', null)
    .select('p.handle')
    .execute();
  return row.map(({ handle }) => handle);
};

/** Ana offers Payments to Ben, and both have their message. */
async function offer(): Promise<void> {
  const ana = cairn.as('ana');
  await ana.command('/handoff payments @ben', { in: 'payments' });
  await expect.poll(async () => (await ana.modal())?.title.text).toBe('Hand over');
  await ana.submit(brief);
  await expect.poll(async () => buttonsOf(await newest('ben'))).toEqual(['Read the brief', 'Decline']);
  await expect.poll(async () => buttonsOf(await newest('ana'))).toEqual(['Withdraw']);
}

async function readBrief(): Promise<void> {
  const ben = cairn.as('ben');
  await ben.press('Read the brief');
  await expect.poll(async () => (await ben.modal())?.title.text).toBe('The brief');
}

describe('a handoff, from the offer to the thanks', () => {
  it('moves the rock when the receiver has read the brief and accepts', async () => {
    await offer();
    expect((await newest('ben'))?.text).toMatch(/^<@U0ANA> would like to hand Payments over to you\.\n/);
    expect((await newest('ana'))?.text).toBe(
      'You offered Payments to <@U0BEN>. It stays yours until they accept.',
    );
    expect(await ownerOf('payments')).toEqual(['ana']);

    await readBrief();
    const modal = JSON.stringify(await cairn.as('ben').modal());
    expect(modal).toContain('Every booking ends here.');
    expect(modal).toContain('Carried by <@U0ANA> since 20 November 2026');
    expect((await cairn.as('ben').modal())?.submit?.text).toBe('Accept');
    await cairn.as('ben').submit();

    await expect.poll(async () => await ownerOf('payments')).toEqual(['ben']);
    await expect
      .poll(async () => (await newest('ana'))?.text)
      .toBe('<@U0BEN> accepted Payments and carries it from now on.');
    await expect
      .poll(async () => (await cairn.slack.messages('payments')).map((message) => message.text))
      .toEqual(['<@U0ANA> has handed Payments over to <@U0BEN>. Thank you, <@U0ANA>.']);
    await expect
      .poll(async () => buttonsOf((await cairn.slack.messages('@ben'))[0]))
      .toEqual(['Read the brief']);

    const events = await cairn.db
      .selectFrom('events')
      .select('type')
      .where('actor', '=', 'person')
      .orderBy('id')
      .execute();
    expect(events.map(({ type }) => type)).toEqual([
      'handoff.offered',
      'rock.handed-over',
      'handoff.accepted',
    ]);
  });

  it('thanks for the months that somebody carried it', async () => {
    await cairn.db.updateTable('stints').set({ began_at: '2025-03-03T09:00:00Z' }).execute();
    await offer();
    await readBrief();
    await cairn.as('ben').submit();
    await expect
      .poll(async () => (await cairn.slack.messages('payments'))[0]?.text)
      .toBe('<@U0ANA> carried Payments for 20 months. <@U0BEN> has it now. Thank you, <@U0ANA>.');
  });

  it('keeps the rock where it is when the receiver declines, and tells the sender alone why', async () => {
    await offer();
    await cairn.as('ben').press('Decline');
    await expect.poll(async () => (await cairn.as('ben').modal())?.title.text).toBe('Decline');
    await cairn.as('ben').submit({ 'Why not now?': 'Too much until January.' });
    await expect
      .poll(async () => (await newest('ana'))?.text)
      .toBe('<@U0BEN> cannot take Payments now. It stays with you.\n> Too much until January.');
    expect(await ownerOf('payments')).toEqual(['ana']);
    expect(await cairn.slack.messages('payments')).toEqual([]);
  });

  it('can be withdrawn, and then asks nothing of anybody', async () => {
    await offer();
    await cairn.as('ana').press('Withdraw');
    await expect
      .poll(async () => (await newest('ben'))?.text)
      .toBe('<@U0ANA> withdrew the offer of Payments. Nothing is asked of you.');
    expect(buttonsOf(await newest('ben'))).toEqual([]);
  });

  it('says nothing more to a second press of Withdraw', async () => {
    await offer();
    const ana = cairn.as('ana');
    const message = await newest('ana');
    if (message === undefined) throw new Error('ana has no message');
    await Promise.all([ana.press('Withdraw', { message }), ana.press('Withdraw', { message })]);
    await expect
      .poll(async () => (await newest('ana'))?.text)
      .toContain('You withdrew the offer of Payments');
    expect((await ana.ephemerals()).map(({ text }) => text)).toEqual([]);
  });

  it('withdrawn in the list, the list says what waits then', async () => {
    await offer();
    const ana = cairn.as('ana');
    await ana.command('/handoff', { in: 'general' });
    await ana.press('Withdraw');
    const list = async () => (await ana.ephemerals('general')).map(({ text }) => text);
    await expect.poll(list).toEqual(['No handoff waits for you or for others.']);
    await expect.poll(async () => (await newest('ben'))?.text).toContain('withdrew the offer');
  });

  it('asks for the receiver when none is named', async () => {
    const ana = cairn.as('ana');
    await ana.command('/handoff refunds', { in: 'payments' });
    await expect.poll(async () => (await ana.modal())?.title.text).toBe('Hand over');
    await ana.submit({ ...brief, To: 'U0BEN' });
    await expect.poll(async () => (await newest('ben'))?.text).toContain('hand Refunds over to you');
  });

  it('lists what waits, for both sides', async () => {
    await offer();
    await cairn.as('ben').command('/handoff', { in: 'general' });
    expect(JSON.stringify((await cairn.as('ben').ephemerals('general')).at(-1))).toContain(
      '*Payments* from <@U0ANA> waits for you since 20 November 2026.',
    );
    await cairn.as('ana').command('/handoff', { in: 'general' });
    expect(buttonsOf((await cairn.as('ana').ephemerals('general')).at(-1))).toEqual(['Withdraw']);
  });
});

describe('what cannot be', () => {
  it.each([
    ['ben', '/handoff payments @chi', '*Payments* is carried by <@U0ANA>, so only they can hand it over.'],
    ['ana', '/handoff payments @ana', 'You carry it already. To whom shall it go?'],
    [
      'ana',
      '/handoff payments @gus',
      '<@U0GUEST> is not a full member of this workspace, so they cannot carry a rock.',
    ],
    ['ana', '/handoff pricing @ben', 'Nobody owns *Pricing* yet. `/owner pricing` lets you take it.'],
    ['ana', '/handoff telepathy @ben', "I don't know a rock called “telepathy”."],
    ['ana', '/handoff payments @zoe', "I don't know anybody called “@zoe” in this workspace."],
    [
      'ana',
      '/handoff lend payments @ben until yesteryear',
      "I can't read “yesteryear” as a day. Write it like Fri, 24 Dec, 2026-12-24, tomorrow or in 2 weeks.",
    ],
    [
      'ana',
      '/handoff lend payments @ben until 19 Nov',
      'Thu 19 Nov is over already. Until when shall they have it? Such as `until Fri`.',
    ],
    [
      'ben',
      '/handoff lend payments @chi until Fri',
      '*Payments* is carried by <@U0ANA>, so only they can lend it.',
    ],
    ['ana', '/handoff ask payments', 'You carry *Payments* already.'],
    ['ana', '/handoff ask pricing', 'Nobody owns *Pricing* now. `/owner pricing` lets you take it.'],
    [
      'ben',
      '/handoff back payments',
      'You have not carried *Payments* before, so you cannot take it back. `/handoff ask payments` asks for it.',
    ],
    [
      'ben',
      '/handoff assign payments @chi',
      'Rocks are assigned by the lead of their team and by admins. `/handoff ask payments` asks its owner for it.',
    ],
    [
      'ana',
      '/handoff "Payments" @ben by Fri',
      '*Payments* is a rock, and a rock is never done by a day. To lend it: `/handoff lend payments @ben until Fri`. For good: `/handoff payments @ben`. A piece of work needs another name.',
    ],
    [
      'ana',
      '/handoff "launch deck" @ben by Thu 19 Nov',
      'Thu 19 Nov is over already. By when shall it be done? Such as `by Fri`.',
    ],
    ['ana', '/handoff "launch deck" @ana', 'That is you. Whom would you like to ask?'],
    [
      'ana',
      '/handoff asign payments @ben',
      "I don't know `/handoff asign`. Did you mean `/handoff assign`? `/handoff help` shows what I can do.",
    ],
    ['ana', '/handoff lend', 'Which rock? For example `/handoff lend payments @ben until 15 Jan`.'],
    ['ana', '/handoff @ben', 'Which rock? For example `/handoff payments @ben`.'],
  ])('%s typing %s is told why', async (person, command, words) => {
    await cairn.as(person).command(command, { in: 'payments' });
    await expect.poll(async () => (await cairn.as(person).ephemerals('payments')).at(-1)?.text).toBe(words);
    expect(await cairn.db.selectFrom('misses').select('query').execute()).toEqual([]);
  });

  it.each([
    ['yourself', 'U0ANA', 'You carry it already. To whom shall it go?'],
    ['a guest', 'U0GUEST', /^[^<>@]+ is not a full member of this workspace, so they cannot carry a rock\.$/],
  ])('an offer to %s is refused beside the field, and the brief stays', async (_who, to, words) => {
    const ana = cairn.as('ana');
    await ana.command('/owner payments', { in: 'payments' });
    await ana.press('Hand off');
    await expect.poll(async () => (await ana.modal())?.title.text).toBe('Hand over');
    const answer = await ana.submit({ ...brief, To: to });
    const errors = { to: typeof words === 'string' ? words : expect.stringMatching(words) };
    expect(answer).toEqual({ ok: false, by: 'cairn', errors });
    await ana.submit({ ...brief, To: 'U0BEN' });
    await expect.poll(async () => (await newest('ben'))?.text).toContain('hand Payments over to you');
  });

  it('an offer that cannot be made any more covers the brief, and does not throw it away', async () => {
    const ana = cairn.as('ana');
    await ana.command('/handoff payments @ben', { in: 'payments' });
    await expect.poll(async () => (await ana.modal())?.title.text).toBe('Hand over');
    await cairn.db.updateTable('people').set({ kind: 'guest' }).where('handle', '=', 'ben').execute();
    expect(await ana.submit(brief)).toEqual({ ok: true, modal: 'pushed' });
    expect(JSON.stringify(await ana.modal())).toContain('<@U0BEN> is not a full member');
    await ana.close();
    expect((await ana.modal())?.title.text).toBe('Hand over');
    expect(JSON.stringify((await ana.modal())?.blocks)).toContain('Why it matters');
  });

  it('keeps words with characters that no database takes', async () => {
    const ana = cairn.as('ana');
    await ana.command('/handoff payments @ben', { in: 'payments' });
    await expect.poll(async () => (await ana.modal())?.title.text).toBe('Hand over');
    await ana.submit({ ...brief, 'Why it matters': 'Every\u0000 booking\u0007 ends\nhere.' });
    await expect
      .poll(async () => await cairn.db.selectFrom('handoffs').select('why_it_matters').execute())
      .toEqual([{ why_it_matters: 'Every  booking  ends\nhere.' }]);
  });

  it('does not hand anything to somebody who has left', async () => {
    await cairn.slack.changeUser('ben', { deleted: true });
    const left = async () => {
      await cairn.as('ana').command('/handoff payments @ben', { in: 'payments' });
      return (await cairn.as('ana').ephemerals('payments')).at(-1)?.text;
    };
    await expect.poll(left).toBe('<@U0BEN> has left Slack, so nothing can be handed to them.');
  });

  it('refuses a second offer of the same rock', async () => {
    await offer();
    await cairn.as('ana').command('/handoff payments @chi', { in: 'payments' });
    expect((await cairn.as('ana').ephemerals('payments')).at(-1)?.text).toBe(
      '*Payments* is offered to <@U0BEN> already. Withdraw that first.',
    );
  });

  it('takes a second Accept for what it is: too late, and changes nothing', async () => {
    await offer();
    await readBrief();
    const first = cairn.as('ben').submit();
    const second = cairn
      .as('ben')
      .submit()
      .catch(() => undefined);
    await Promise.all([first, second]);
    await expect.poll(async () => await ownerOf('payments')).toEqual(['ben']);
    const stints = await cairn.db.selectFrom('stints').select('id').where('began', '=', 'handoff').execute();
    expect(stints).toHaveLength(1);
    await expect.poll(async () => (await cairn.slack.messages('payments')).length).toBe(1);
  });

  it('refuses Accept by anybody but the receiver, whatever they send', async () => {
    await offer();
    const { id } = await cairn.db.selectFrom('handoffs').select('id').executeTakeFirstOrThrow();
    const answer = await forgeAccept('U0CHI', id);
    expect(JSON.stringify(answer)).toContain('This was offered to somebody else, so the answer is theirs.');
    expect(JSON.stringify(await forgeAccept('U0ANA', id))).toContain('so the answer is theirs.');
    expect(await ownerOf('payments')).toEqual(['ana']);
  });

  it('tells a receiver who accepts a withdrawn offer that it is gone', async () => {
    await offer();
    await readBrief();
    await cairn.as('ana').press('Withdraw');
    await expect.poll(async () => (await newest('ben'))?.text).toContain('withdrew');
    await cairn.as('ben').submit();
    expect(JSON.stringify(await cairn.as('ben').modal())).toContain(
      'This offer was withdrawn meanwhile. Nothing is asked of you.',
    );
    expect(await ownerOf('payments')).toEqual(['ana']);
  });
});

/** A submission of the brief that no client would send: signed, but by somebody who never saw the modal. */
async function forgeAccept(slackUserId: string, handoffId: number): Promise<unknown> {
  const payload = {
    type: 'view_submission',
    team: { id: 'T0CAIRN', domain: 'test' },
    user: { id: slackUserId, name: 'x', team_id: 'T0CAIRN' },
    api_app_id: 'A0CAIRN',
    token: 'x',
    trigger_id: '1.2.x',
    view: {
      id: 'V1',
      type: 'modal',
      callback_id: 'handoff:brief',
      private_metadata: JSON.stringify({ handoff: handoffId }),
      state: { values: {} },
    },
  };
  const response = await cairn.post(`payload=${encodeURIComponent(JSON.stringify(payload))}`);
  return await response.json();
}
