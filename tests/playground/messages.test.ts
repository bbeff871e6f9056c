import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { errorOf, type Scene, startScene } from '../support/fake-slack/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => scene.slack.reset());
afterAll(() => scene.close());

describe('posting', () => {
  const channel = 'C0PAYMENTS';

  test('timestamps are unique and grow, even when time stands still', async () => {
    const posts = await Promise.all([1, 2, 3].map(() => scene.web.chat.postMessage({ channel, text: 'x' })));
    const stamps = posts.map((it) => it.ts ?? '');
    expect(new Set(stamps).size).toBe(3);
    expect(stamps.every((ts) => /^\d{10}\.\d{6}$/.test(ts))).toBe(true);
  });

  test('where the bot is not, where nobody is, where it is archived', async () => {
    const to = (where: string) => errorOf(scene.web.chat.postMessage({ channel: where, text: 'x' }));
    expect(await to('C0RANDOM')).toBe('not_in_channel');
    expect(await to('C0NONE')).toBe('channel_not_found');
    expect(await to('G0SECRET')).toBe('channel_not_found');
    await scene.client.changeChannel('payments', { is_archived: true });
    expect(await to(channel)).toBe('is_archived');
  });

  test('to a person goes to their talk with the bot', async () => {
    const { channel: direct } = await scene.web.chat.postMessage({ channel: 'U0ANA', text: 'hello' });
    expect(direct).toBe('D0ANA');
    expect(await scene.client.as('ana').messages('dm')).toMatchObject([{ text: 'hello' }]);
  });

  test('a message says something, in text, whatever its blocks say', async () => {
    expect(await errorOf(scene.web.chat.postMessage({ channel, text: '' }))).toBe('no_text');
    const blocks = [{ type: 'divider' }];
    expect(await errorOf(scene.web.apiCall('chat.postMessage', { channel, blocks }))).toBe('no_text');
    const [, refused] = await scene.client.refused();
    expect(refused?.messages[0]).toContain('Cairn gives every message a text');
  });

  test('blocks that are none, wrong ones, and too much of them', async () => {
    const send = (blocks: unknown) =>
      errorOf(scene.web.apiCall('chat.postMessage', { channel, text: 'x', blocks }));
    const section = { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3000) } };
    expect(await send('nonsense')).toBe('invalid_blocks_format');
    expect(await send({ type: 'divider' })).toBe('invalid_blocks_format');
    expect(await send([{ type: 'nonsense' }])).toBe('invalid_blocks');
    expect(await send([section, section, section, section])).toBe('ok');
    expect(await send([section, section, section, section, section])).toBe('msg_blocks_too_long');
  });

  test('text is cut at 40,000 when posted and refused above 4,000 when updated', async () => {
    const { ts = '', message } = await scene.web.chat.postMessage({ channel, text: 'x'.repeat(40_001) });
    expect(message?.text).toHaveLength(40_000);
    const update = (length: number) =>
      errorOf(scene.web.chat.update({ channel, ts, text: 'x'.repeat(length) }));
    expect(await update(4_000)).toBe('ok');
    expect(await update(4_001)).toBe('msg_too_long');
  });

  test('an update keeps the blocks unless it brings others', async () => {
    const blocks = [{ type: 'divider' as const }];
    const { ts = '' } = await scene.web.chat.postMessage({ channel, text: 'one', blocks });
    await scene.web.chat.update({ channel, ts, text: 'two' });
    expect(await scene.client.messages('payments')).toMatchObject([
      { text: 'two', edited: true, blocks: [{ type: 'divider' }] },
    ]);
    await scene.web.chat.update({ channel, ts, text: 'three', blocks: [] });
    expect(await scene.client.messages('payments')).toMatchObject([{ text: 'three', blocks: [] }]);
  });

  test('only the bot’s own messages can be updated and deleted', async () => {
    const { ts } = await scene.client.as('ana').say('mine', { in: 'payments' });
    expect(await errorOf(scene.web.chat.update({ channel, ts, text: 'x' }))).toBe('cant_update_message');
    expect(await errorOf(scene.web.chat.delete({ channel, ts }))).toBe('cant_delete_message');
    expect(await errorOf(scene.web.chat.delete({ channel, ts: '1.000000' }))).toBe('message_not_found');
  });

  test('a thread needs its parent', async () => {
    const { ts = '' } = await scene.web.chat.postMessage({ channel, text: 'parent' });
    await scene.web.chat.postMessage({ channel, thread_ts: ts, text: 'reply' });
    const [parent, reply] = await scene.client.messages('payments');
    expect(parent).toMatchObject({ reply_count: 1 });
    expect(reply).toMatchObject({ thread_ts: ts });
    const nowhere = scene.web.chat.postMessage({ channel, thread_ts: '1.000000', text: 'x' });
    expect(await errorOf(nowhere)).toBe('thread_not_found');
  });

  test('an ephemeral message is seen by one person, and beyond update and delete', async () => {
    const { message_ts: ts = '' } = await scene.web.chat.postEphemeral({
      channel,
      user: 'U0ANA',
      text: 'psst',
    });
    expect(await scene.client.as('ana').ephemerals()).toMatchObject([{ text: 'psst', ephemeral: true }]);
    expect(await scene.client.as('ben').messages('payments')).toEqual([]);
    expect(await errorOf(scene.web.chat.update({ channel, ts, text: 'x' }))).toBe('message_not_found');
    expect((await scene.web.conversations.history({ channel })).messages).toEqual([]);
    const absent = scene.web.chat.postEphemeral({ channel, user: 'U0CHI', text: 'x' });
    expect(await errorOf(absent)).toBe('user_not_in_channel');
  });

  test('a permanent link', async () => {
    const { ts = '' } = await scene.web.chat.postMessage({ channel, text: 'x' });
    const { permalink } = await scene.web.chat.getPermalink({ channel, message_ts: ts });
    expect(permalink).toBe(`https://test-company.slack.com/archives/C0PAYMENTS/p${ts.replace('.', '')}`);
  });
});

describe('reading back', () => {
  const channel = 'C0PAYMENTS';
  const metadata = { event_type: 'cairn_delivery', event_payload: { id: 'd-1' } };

  test('metadata comes back only when it is asked for', async () => {
    await scene.web.chat.postMessage({ channel, text: 'x', metadata });
    const { messages: plain } = await scene.web.conversations.history({ channel });
    expect(plain?.[0]).not.toHaveProperty('metadata');
    const { messages: full } = await scene.web.conversations.history({ channel, include_all_metadata: true });
    expect(full?.[0]).toMatchObject({ metadata });
  });

  test('metadata has a shape', async () => {
    const call = scene.web.apiCall('chat.postMessage', { channel, text: 'x', metadata: { id: 1 } });
    expect(await errorOf(call)).toBe('invalid_metadata_format');
  });

  test('a history is newest first, in pages, between two moments, without replies', async () => {
    const stamps: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      stamps.push((await scene.web.chat.postMessage({ channel, text })).ts ?? '');
      scene.time.ms += 1000;
    }
    const [first = '', second = ''] = stamps;
    await scene.web.chat.postMessage({ channel, text: 'reply', thread_ts: first });
    const page = await scene.web.conversations.history({ channel, limit: 2 });
    expect(page).toMatchObject({ has_more: true, messages: [{ text: 'three' }] });
    const cursor = page.response_metadata?.next_cursor ?? '';
    for (const inclusive of [true, false]) {
      const rest = await scene.web.conversations.history({ channel, limit: 2, cursor, inclusive });
      expect(rest).toMatchObject({
        has_more: false,
        messages: [{ text: 'two' }, { text: 'one', reply_count: 1 }],
      });
    }
    const since = await scene.web.conversations.history({ channel, oldest: second });
    expect(since.messages).toMatchObject([{ text: 'three' }]);
    const from = await scene.web.conversations.history({ channel, oldest: second, inclusive: true });
    expect(from.messages).toHaveLength(2);
    const thread = await scene.web.conversations.replies({ channel, ts: first });
    expect(thread.messages).toMatchObject([{ text: 'one' }, { text: 'reply' }]);
  });

  test('needs membership', async () => {
    expect(await errorOf(scene.web.conversations.history({ channel: 'C0RANDOM' }))).toBe('not_in_channel');
    expect(await errorOf(scene.web.conversations.replies({ channel, ts: '1.000000' }))).toBe(
      'thread_not_found',
    );
  });
});

test('a message that pings everybody goes out and is kept as odd', async () => {
  const channel = 'C0PAYMENTS';
  const mrkdwn = (text: string) => [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text } }];
  await scene.web.chat.postMessage({ channel, text: 'x', blocks: mrkdwn('&lt;!channel&gt;') });
  expect(await scene.client.refused()).toEqual([]);
  await scene.web.chat.postMessage({ channel, text: 'x', blocks: mrkdwn('hey <!channel>') });
  expect(await scene.client.refused()).toMatchObject([{ error: 'broadcast' }]);
});
