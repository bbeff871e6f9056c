import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { parseManifest } from '../../src/playground/fake-slack/manifest.ts';
import { type Scene, startScene } from '../support/fake-slack/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene({
    manifest: (it) => ({
      ...it,
      features: {
        ...it.features,
        shortcuts: [
          { name: 'Who owns this?', type: 'message', callback_id: 'who', description: 'Finds the owner' },
          { name: 'New rock', type: 'global', callback_id: 'new', description: 'Adds a rock' },
        ],
      },
    }),
  });
});
afterEach(() => {
  scene.slack.reset();
  scene.bot.received.length = 0;
});
afterAll(() => scene.close());

test('an entry in the menu of a message sends the message, and a response_url for whoever chose it', async () => {
  const message = await scene.client.as('ana').say('See https://bi.example/x', { in: 'random' });
  expect(await scene.client.as('ben').shortcut('Who owns this?', message)).toEqual({ ok: true });
  const payload = scene.bot.received.at(-1)?.payload;
  expect(payload).toMatchObject({
    type: 'message_action',
    callback_id: 'who',
    user: { id: 'U0BEN' },
    team: { id: 'T0CAIRN' },
    channel: { id: 'C0RANDOM', name: 'random' },
    message_ts: message.ts,
    message: { user: 'U0ANA', text: 'See <https://bi.example/x>', ts: message.ts },
    trigger_id: expect.any(String),
  });
  const answered = await fetch(String(payload?.response_url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'Ana owns it.' }),
  });
  expect(answered.status).toBe(200);
  expect((await scene.client.as('ben').ephemerals('random')).map(({ text }) => text)).toEqual([
    'Ana owns it.',
  ]);
  expect(await scene.client.as('ana').ephemerals('random')).toEqual([]);
});

test('people see the entries of messages alone', async () => {
  expect((await scene.client.as('ana').state()).shortcuts).toEqual([
    { name: 'Who owns this?', description: 'Finds the owner' },
  ]);
});

test('what is not there cannot be chosen', async () => {
  const message = await scene.client.as('ana').say('hello', { in: 'random' });
  const chi = scene.client.as('chi');
  await expect(chi.shortcut('New rock', message)).rejects.toThrow('no message has "New rock" in its menu');
  await expect(chi.shortcut('who', message)).rejects.toThrow('chi sees no such message');
  await scene.web.chat.postEphemeral({ channel: 'C0GENERAL', user: 'U0CHI', text: 'for you' });
  const [own] = await chi.ephemerals('general');
  if (own === undefined) throw new Error('nothing was posted');
  await expect(chi.shortcut('who', own)).rejects.toThrow('a message that one person sees has no such menu');
});

test('a manifest whose optional scope is none of its scopes is refused', () => {
  const manifest = (scopes: object) =>
    JSON.stringify({
      display_information: { name: 'Cairn' },
      features: {},
      oauth_config: { scopes },
      settings: {},
    });
  expect(() => parseManifest(manifest({ bot: ['chat:write'], bot_optional: ['dnd:read'] }))).toThrow(
    'an optional scope has to stand among the bot scopes as well',
  );
});
