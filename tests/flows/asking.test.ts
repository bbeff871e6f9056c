import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../src/playground/fake-slack/control/seen.ts';
import { smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';
import { smallWorkspace } from '../support/fake-slack/server.ts';

const company = smallCompany.replace(
  '  - { key: pricing,',
  `  - { key: skunkworks, name: Skunkworks, owner: ben }
  - { key: pricing,`,
);
const seed = {
  ...smallWorkspace,
  usergroups: [{ id: 'S0PMS', handle: 'pms', name: 'Product managers', members: ['ana', 'ben'] }],
};

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn({ company, fake: { seed } });
  await cairn.db.updateTable('rocks').set({ visibility: 'people' }).where('key', '=', 'skunkworks').execute();
});
afterAll(() => cairn?.close());

const buttonsOf = (message: SeenMessage | undefined): string[] =>
  (message?.blocks ?? []).flatMap((block) =>
    'elements' in block
      ? block.elements.flatMap((it) => ('type' in it && it.type === 'button' ? [it.text.text] : []))
      : [],
  );

/** What Cairn said in the thread of a message, for all to see. */
async function repliesTo({ channel, ts }: SeenMessage): Promise<SeenMessage[]> {
  const all = await cairn.slack.messages(channel);
  return all.filter((one) => one.thread_ts === ts && one.user === 'U0CAIRN' && !one.ephemeral);
}

async function mention(by: string, text: string, where = 'payments'): Promise<SeenMessage> {
  return await cairn.as(by).say(text, { in: where });
}

/** The public answer to what is said in a channel, once it is there. */
async function answerTo(by: string, text: string): Promise<SeenMessage | undefined> {
  const said = await mention(by, text);
  await expect.poll(async () => (await repliesTo(said)).length).toBe(1);
  return (await repliesTo(said))[0];
}

/** The newest that this person alone sees. */
async function toldPrivately(who: string, where = 'payments'): Promise<SeenMessage | undefined> {
  return (await cairn.as(who).ephemerals(where)).at(-1);
}

/** What Cairn answers in the direct conversation. */
async function directAnswer(by: string, text: string): Promise<SeenMessage | undefined> {
  const count = async () => (await cairn.as(by).messages()).length;
  const before = await count();
  await cairn.as(by).say(text);
  await expect.poll(count).toBe(before + 2);
  return (await cairn.as(by).messages()).at(-1);
}

const help =
  'I know who owns what. Ask me `who owns payments?`, or give me a name, a person, a #channel or a link. `/cairn help` shows all that I can do.';

describe('a mention in a channel', () => {
  it('is answered in its thread, with the form of the card that is shared', async () => {
    const answer = await answerTo('ben', '@Cairn who owns payments?');
    expect(answer?.text).toMatch(/^Payments: Owner <@U0ANA>/);
    expect(buttonsOf(answer)).toEqual([]);
  });

  it('that stands in a thread is answered there', async () => {
    const first = await mention('ben', 'The terminal is down again.');
    await cairn.as('ana').say('@Cairn owner of billing', { in: 'payments', thread_ts: first.ts });
    await expect.poll(async () => (await repliesTo(first)).at(-1)?.text).toMatch(/^Payments: Owner/);
  });

  it('names the rocks where it is not sure', async () => {
    expect((await answerTo('ben', '@Cairn who owns pay?'))?.text).toBe(
      'Which one do you mean by “pay”? I know Payments, Payment partners.',
    );
  });

  it('says so kindly where nothing is found, and logs the question without the asker', async () => {
    expect((await answerTo('ben', '@Cairn who owns the flux capacitor?'))?.text).toBe(
      "I don't know “flux capacitor” yet. Whoever types `/owner` and the name sees what can be done about it.",
    );
    const misses = await cairn.db.selectFrom('misses').select(['query', 'asker_id']).execute();
    expect(misses).toContainEqual({ query: 'flux capacitor', asker_id: null });
  });

  it('that asks for nothing is told in private what Cairn understands, and is no miss', async () => {
    const said = await mention('ben', '@Cairn you are my favourite robot of all the robots here');
    await expect.poll(async () => (await toldPrivately('ben'))?.text).toBe(help);
    expect(await repliesTo(said)).toEqual([]);
  });

  it('never shows a rock that is not for everybody, and tells the asker alone what they may see', async () => {
    const seen = await mention('ana', '@Cairn who owns skunkworks?');
    const unseen = (await answerTo('ana', '@Cairn who owns wizardry?'))?.text.replace(
      'wizardry',
      'skunkworks',
    );
    await expect.poll(async () => (await repliesTo(seen)).map(({ text }) => text)).toEqual([unseen]);

    const own = await mention('ben', '@Cairn who owns skunkworks?');
    await expect.poll(async () => (await repliesTo(own)).map(({ text }) => text)).toEqual([unseen]);
    await expect.poll(async () => (await toldPrivately('ben'))?.text).toMatch(/^Skunkworks: Owner <@U0BEN>/);
  });

  it('by a guest is turned away kindly, for the guest alone', async () => {
    const said = await mention('gus', '@Cairn who owns payments?');
    await expect
      .poll(async () => (await toldPrivately('gus'))?.text)
      .toBe(
        'I answer full members of this workspace only. Ask one of them: they can surely look it up for you.',
      );
    expect(await repliesTo(said)).toEqual([]);
  });

  it('is answered once, however often Slack tells of it', async () => {
    await cairn.slack.faults.add({ kind: 'duplicate-events', method: 'app_mention' });
    const said = await mention('ben', '@Cairn who owns refunds?');
    await expect.poll(async () => (await repliesTo(said)).length).toBe(1);
    await cairn.slack.faults.clear();
    await mention('ben', '@Cairn who owns payments?');
    expect(await repliesTo(said)).toHaveLength(1);
  });

  it.each([
    ['of a bot', { bot_id: 'B0OTHER', user: 'U0BEN' }],
    ['of Cairn itself', { user: 'U0CAIRN' }],
    ['that was edited', { user: 'U0BEN', edited: { user: 'U0BEN', ts: '1.000000' } }],
    ['with a subtype', { user: 'U0BEN', subtype: 'bot_message' }],
  ])('%s is not answered', async (_name, event) => {
    const said = await mention('ben', 'nothing');
    await sendEvent({
      type: 'app_mention',
      text: '<@U0CAIRN> who owns payments?',
      channel: 'C0PAYMENTS',
      ts: said.ts,
      ...event,
    });
    await answerTo('ben', '@Cairn who owns payments?');
    expect(await repliesTo(said)).toEqual([]);
  });
});

/** Signed, as Slack sends it. */
async function sendEvent(event: object): Promise<void> {
  const body = {
    type: 'event_callback',
    team_id: 'T0CAIRN',
    api_app_id: 'A0CAIRN',
    event_id: `Ev${Math.random()}`,
    event_time: 1,
    event: { event_ts: '1.000000', ...event },
    authorizations: [{ team_id: 'T0CAIRN', user_id: 'U0CAIRN', is_bot: true }],
  };
  const response = await cairn.post(JSON.stringify(body), { contentType: 'application/json' });
  expect(response.status).toBe(200);
}

describe('the direct conversation with Cairn', () => {
  it('answers with the whole card and its buttons', async () => {
    const answer = await directAnswer('ben', 'who owns payments?');
    expect(answer?.text).toMatch(/^Payments: Owner <@U0ANA>/);
    expect(buttonsOf(answer)).toEqual(['Share', 'Ask the owner', 'Ask for it', 'History']);
  });

  it.each([
    ['Payments', /^Payments: Owner/],
    ["who's the owner of billing??", /^Payments: Owner/],
    ['hi, who carries the refunds please', /^Refunds: Owner/],
    ['@ana', /^<@U0ANA> carries 2 rocks:/],
    ['https://bi.test.example/payments/x', /^Payments: Owner/],
  ])('understands %s', async (text, answer) => {
    expect((await directAnswer('ben', text))?.text).toMatch(answer);
  });

  it.each(['hello', 'thank you so much, that was quick', 'help', 'teleporter'])(
    'answers %s with what it understands',
    async (text) => {
      expect((await directAnswer('ben', text))?.text).toBe(help);
    },
  );

  it('offers what can be done about what it does not know', async () => {
    const answer = await directAnswer('ben', 'who owns teleporters?');
    expect(answer?.text).toBe(
      "I don't know “teleporters” yet. I have noted the question, without your name. `/owner unowned` lists what nobody carries.",
    );
    expect(buttonsOf(answer)).toEqual(['Take it', 'Suggest an owner', 'Add as alias', 'Tell me']);
  });

  it('leaves what Cairn or another bot says unanswered', async () => {
    await directAnswer('ben', 'payments');
    const before = (await cairn.as('ben').messages()).length;
    const said = { type: 'message', channel_type: 'im', channel: 'D0BEN', text: 'payments', ts: '2.000000' };
    await sendEvent({ ...said, user: 'U0CAIRN', bot_id: 'B0CAIRN' });
    await sendEvent({ ...said, user: 'U0BEN', subtype: 'message_changed' });
    await directAnswer('ben', 'payments');
    expect(await cairn.as('ben').messages()).toHaveLength(before + 2);
  });
});

describe('“Who owns this?” in the menu of a message', () => {
  const ask = async (text: string, where = 'general'): Promise<string | undefined> => {
    const message = await cairn.as('ana').say(text, { in: where });
    const before = (await cairn.as('chi').ephemerals(where)).length;
    expect(await cairn.as('chi').shortcut('Who owns this?', message)).toEqual({ ok: true });
    await expect.poll(async () => (await cairn.as('chi').ephemerals(where)).length).toBe(before + 1);
    return (await toldPrivately('chi', where))?.text;
  };

  it('reads its links first', async () => {
    expect(await ask('Refunds look odd: https://bi.test.example/payments/failed?week=3')).toMatch(
      /^By the link in the message: https:\/\/bi\.test\.example\/payments\/failed\?week=3 Payments: Owner/,
    );
  });

  it('reads its words then, the longest name first', async () => {
    expect(await ask('Do payment partners know about this?')).toMatch(
      /^By the words of the message: “payment partner”\. Payment partners: Owner/,
    );
  });

  it('takes the home of its channel as a last resort', async () => {
    const message = await cairn.as('ana').say('Somebody should look.', { in: 'payments' });
    await cairn.as('ben').shortcut('Who owns this?', message);
    await expect
      .poll(async () => (await toldPrivately('ben'))?.text)
      .toMatch(
        /^Nothing in the message names a rock; this is the home of its channel\. 2 rocks with a home in/,
      );
  });

  it('says so where nothing tells, and logs no miss', async () => {
    expect(await ask('Somebody should look.')).toBe(
      "I don't find a rock in the links and words of this message, and none has its home in this channel. `/owner payments` finds one by its name.",
    );
    const { rows } = { rows: await cairn.db.selectFrom('misses').select('query').execute() };
    expect(rows.map(({ query }) => query)).not.toContain('Somebody should look.');
  });
});

describe('user groups', () => {
  const answer = async () => {
    await cairn.as('ben').command('/owner @pms', { in: 'general' });
    return (await toldPrivately('ben', 'general'))?.text;
  };

  it('shows what their members carry', async () => {
    expect(await answer()).toMatch(/^The people of @pms carry 4 rocks:/);
  });

  it('says what is missing where groups cannot be read', async () => {
    await cairn.slack.scopes('usergroups:read', false);
    expect(await answer()).toBe(
      'I may not read user groups in this workspace. Ask about a person instead, such as `/owner @ana`; a Slack admin can give me the optional scope `usergroups:read`, where the plan has user groups.',
    );
    await cairn.slack.scopes('usergroups:read', true);
  });
});

describe('“Ask the owner”', () => {
  it('sends the question to the owner, once, and says to whom it went', async () => {
    const before = (await cairn.as('ana').messages()).length;
    await cairn.as('ben').command('/owner payments', { in: 'general' });
    await cairn.as('ben').press('Ask the owner');
    await expect.poll(async () => (await cairn.as('ben').modal())?.title.text).toBe('Ask the owner');
    const typed = { 'What would you like to know?': 'Is <!channel> in scope?' };
    expect(await cairn.as('ben').submit(typed)).toEqual({ ok: true, modal: 'updated' });
    expect(JSON.stringify((await cairn.as('ben').modal())?.blocks)).toContain(
      'Your question about *Payments* goes to <@U0ANA>.',
    );
    await expect.poll(async () => (await cairn.as('ana').messages()).length).toBe(before + 1);
    expect((await cairn.as('ana').messages()).at(-1)?.text).toBe(
      '<@U0BEN> asks about Payments:\n> Is &lt;!channel&gt; in scope?\nYou are asked as its owner. A message to <@U0BEN> answers it.',
    );
    await cairn.as('ben').close({ all: true });
  });
});

it('sends nothing that the strict fake refuses', async () => {
  const refused = await cairn.slack.refused();
  expect(refused.filter(({ error }) => error !== 'missing_scope')).toEqual([]);
});
