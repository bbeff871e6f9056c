import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { errorOf, type Scene, startScene } from '../support/fake-slack/scene.ts';

/** Talks between two people, in which the bot is not. */
let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.client.reset();
  scene.bot.received.length = 0;
  scene.bot.answer(() => undefined);
});

const ana = () => scene.client.as('ana');
const ben = () => scene.client.as('ben');

async function talkOf(person: string, other: string): Promise<string> {
  const { channels } = await scene.client.as(person).state();
  const talk = channels.find((it) => it.with === other);
  if (talk === undefined) throw new Error(`${person} sees no talk with ${other}`);
  return talk.id;
}

describe('a talk between two people', () => {
  test('is one for both, and nobody else sees it', async () => {
    await ana().say('Do you carry Payments?', { in: '@ben' });
    await ben().say('I do.', { in: '@ana' });
    const texts = (await ana().messages('@ben')).map((it) => it.text);
    expect(texts).toEqual(['Do you carry Payments?', 'I do.']);
    expect(await ben().messages('@ana')).toEqual(await ana().messages('@ben'));
    const { channels } = await scene.client.as('chi').state();
    expect(channels.filter((it) => it.kind === 'im').map((it) => it.with)).toEqual(['U0CAIRN']);
    const talk = await talkOf('ana', 'U0BEN');
    await expect(scene.client.as('chi').say('And I?', { in: talk })).rejects.toThrow(
      'chi is not in that talk',
    );
  });

  test('waits for whoever has not read it, and says where', async () => {
    await ana().say('Do you carry Payments?', { in: '@ben' });
    const talk = await talkOf('ana', 'U0BEN');
    expect((await ben().state()).me).toMatchObject({ waiting: 1, waiting_in: talk });
    expect((await ana().state()).me).toMatchObject({ waiting: 0, waiting_in: null });
  });

  test('is listed only once something was said, or for whoever looks into it', async () => {
    const channel = await ana().openTalk('@ben');
    const listed = async (person: string, looksInto?: string) =>
      (await scene.client.as(person).state(looksInto)).channels.some((it) => it.id === channel);
    expect(await listed('ana')).toBe(false);
    expect(await listed('ana', channel)).toBe(true);
    expect(await listed('ben')).toBe(false);
    await ana().say('Hello', { in: channel });
    expect(await listed('ben')).toBe(true);
  });

  test('is refused with somebody who is not there, and silent with somebody who has left', async () => {
    await expect(ana().say('Hello', { in: '@nobody' })).rejects.toThrow('there is no person called @nobody');
    await expect(ana().say('Hello', { in: '@slackbot' })).rejects.toThrow(
      'there is no person called @slackbot',
    );
    await scene.client.changeUser('ben', { deleted: true });
    await expect(ana().say('Hello', { in: '@ben' })).rejects.toThrow(
      'ben is deactivated: nobody can write to them',
    );
  });
});

describe('the bot and a talk that it is not in', () => {
  test('hears nothing of it, and the Web API does not find it', async () => {
    await ana().say('Between us', { in: '@ben' });
    const channel = await talkOf('ana', 'U0BEN');
    expect(scene.bot.received).toEqual([]);
    const calls = [
      scene.web.chat.postMessage({ channel, text: 'x' }),
      scene.web.chat.postEphemeral({ channel, user: 'U0ANA', text: 'x' }),
      scene.web.conversations.info({ channel }),
      scene.web.conversations.members({ channel }),
    ];
    for (const call of calls) expect(await errorOf(call)).toBe('channel_not_found');
  });

  test('commands work there, and their answers, through the response_url and shared with both', async () => {
    let answerTo = '';
    scene.bot.answer(({ form }) => {
      answerTo = form['response_url'] ?? '';
      return { json: { text: 'Ana carries Payments.' } };
    });
    await ana().command('/owner payments', { in: '@ben' });
    expect(scene.bot.received[0]?.form).toMatchObject({
      channel_id: await talkOf('ana', 'U0BEN'),
      channel_name: 'directmessage',
      command: '/owner',
    });
    expect((await ana().messages('@ben')).map((it) => [it.text, it.ephemeral])).toEqual([
      ['Ana carries Payments.', true],
    ]);
    const shared = await fetch(answerTo, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type: 'in_channel', text: 'Shared by Ana' }),
    });
    expect(shared.status).toBe(200);
    expect((await ben().messages('@ana')).map((it) => it.text)).toEqual(['Shared by Ana']);
  });
});
